import { ExplainError } from '../error.ts';
import { type Rows, rowsOf } from '../forest/rows.ts';
import type { RowModel } from '../formats/read.ts';
import type { FactSpec, Facts, FactValue, ScorecardModel } from '../scorecard/model.ts';
import { type CsvTable, numberOf, readCsv } from './csv.ts';

/**
 * Rows of a CSV file for a model: columns by header name where the model names its features, by position where it does
 * not. An empty cell is a missing value.
 * @throws {ExplainError} `bad-rows` for a missing, unknown or repeated column, and for text in a number
 */
export function csvRows(model: RowModel, text: string): Rows {
  const { features, named } = model;
  const table = readCsv(text, named ? true : undefined);
  const places = named ? placesOf(table, features) : features.map((_, place) => place);
  const width = table.header?.length ?? table.rows[0]?.length ?? features.length;
  if (!named && width !== features.length) {
    throw new ExplainError(
      'bad-rows',
      'line 1',
      `has ${width} columns; the model has ${features.length} features without names, taken in order`,
    );
  }
  const data = new Float64Array(table.rows.length * features.length);
  table.rows.forEach((cells, row) => {
    places.forEach((place, feature) => {
      data[row * features.length + feature] = numberOf(
        cells[place] ?? '',
        table.firstLine + row,
        features[feature] ?? '',
      );
    });
  });
  return rowsOf(data, features.length);
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

/** Cases of a CSV file for a scorecard, columns by fact name; an empty cell leaves the fact out. */
export function csvFacts(model: ScorecardModel, text: string): Facts[] {
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
  return table.rows.map((cells, row) =>
    Object.fromEntries(
      specs.flatMap((spec, place) => {
        const cell = cells[place] ?? '';
        return cell === '' ? [] : [[spec.name, factOf(spec, cell, table.firstLine + row)]];
      }),
    ),
  );
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
