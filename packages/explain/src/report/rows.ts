import { ExplainError } from '../error.ts';
import { type Rows, rowsOf } from '../forest/rows.ts';
import type { RowModel } from '../formats/read.ts';
import type { RuleFacts } from '../rules/decide.ts';
import type { RulesModel, RuleValue } from '../rules/model.ts';
import type { FactSpec, Facts, FactValue, ScorecardModel } from '../scorecard/model.ts';
import { type CsvTable, isNumber, numberOf, readCsv } from './csv.ts';

/**
 * Rows of a CSV file for a model: columns by header name where the model names its features, by position where it does
 * not. An empty cell is a missing value.
 * @throws {ExplainError} `bad-rows` for a missing, unknown or repeated column, and for text in a number
 */
export function csvRows(model: Pick<RowModel, 'features' | 'named'>, text: string): Rows {
  const { features, named } = model;
  const table = readCsv(text, named ? true : undefined);
  const places = named ? placesOf(table, features) : features.map((_, place) => place);
  if (!named && table.width !== features.length) {
    throw new ExplainError(
      'bad-rows',
      'line 1',
      `has ${table.width} columns; the model has ${features.length} features without names, taken in order`,
    );
  }
  const numbers = new Numbers();
  for (const { cells, line } of table.records) {
    for (let feature = 0; feature < places.length; feature++) {
      numbers.push(numberOf(cells[places[feature] as number] ?? '', line, features[feature] ?? ''));
    }
  }
  return rowsOf(numbers.taken(), features.length);
}

/** A list of float64 that grows. */
class Numbers {
  private list = new Float64Array(4096);
  private count = 0;

  push(value: number): void {
    if (this.count === this.list.length) {
      const wider = new Float64Array(2 * this.count);
      wider.set(this.list);
      this.list = wider;
    }
    this.list[this.count++] = value;
  }

  taken(): Float64Array {
    return this.list.slice(0, this.count);
  }
}

function placesOf({ header }: CsvTable, features: readonly string[]): number[] {
  const names = header ?? [];
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new ExplainError('bad-rows', 'line 1', `has the column "${twice}" twice`);
  const unknown = names.find((name) => !features.includes(name));
  if (unknown !== undefined) {
    throw new ExplainError(
      'bad-rows',
      'line 1',
      `the column "${unknown.slice(0, 60)}" is not a feature of the model; remove it`,
    );
  }
  return features.map((feature) => {
    const place = names.indexOf(feature);
    if (place < 0) throw new ExplainError('bad-rows', 'line 1', `the column "${feature}" is missing`);
    return place;
  });
}

/** One case of a CSV file and the line where it begins, from 1. */
export interface CsvCase {
  readonly facts: Facts;
  readonly line: number;
}

/** Cases of a CSV file for a scorecard with their lines, columns by fact name; an empty cell leaves the fact out. */
export function csvFacts(model: ScorecardModel, text: string): CsvCase[] {
  const table = readCsv(text, true);
  const names = table.header ?? [];
  const specs = names.map((name) => {
    const spec = model.facts.find((fact) => fact.name === name);
    if (spec === undefined)
      throw new ExplainError(
        'bad-rows',
        'line 1',
        `the column "${name.slice(0, 60)}" is not a fact of the model; remove it`,
      );
    return spec;
  });
  return Array.from(table.records, ({ cells, line }) => ({
    line,
    facts: Object.fromEntries(
      specs.flatMap((spec, place) => {
        const cell = cells[place] ?? '';
        return cell === '' ? [] : [[spec.name, factOf(spec, cell, line)]];
      }),
    ),
  }));
}

function factOf(spec: FactSpec, cell: string, line: number): FactValue {
  if (spec.type !== 'boolean') return cell;
  if (cell === 'true' || cell === 'false') return cell === 'true';
  throw new ExplainError(
    'bad-rows',
    `line ${line}, column ${spec.name}`,
    `${JSON.stringify(cell.slice(0, 40))} is neither true nor false`,
  );
}

/**
 * Cases of a CSV file for rules with their lines, columns by fact name. A cell is a number, true or false where it looks like
 * one, else a text; an empty one is unknown.
 */
export function csvRuleFacts(model: RulesModel, text: string): { facts: RuleFacts; line: number }[] {
  const table = readCsv(text, true);
  const places = placesOf(table, model.facts);
  return Array.from(table.records, ({ cells, line }) => ({
    line,
    facts: Object.fromEntries(
      model.facts.map((fact, index) => [fact, ruleValue(cells[places[index] as number] ?? '', line, fact)]),
    ),
  }));
}

function ruleValue(cell: string, line: number, column: string): RuleValue {
  if (cell === '') return null;
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return isNumber(cell) ? numberOf(cell, line, column) : cell;
}
