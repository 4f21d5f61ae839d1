import { ExplainError } from '../error.ts';
import { type Explanation, explainScorecard } from '../scorecard/explain.ts';
import type { Facts, ScorecardModel } from '../scorecard/model.ts';
import { roundExplanation } from '../scorecard/rounding.ts';
import { type WhatIf, whatIfScorecard } from '../scorecard/what-if.ts';
import { readChangeable } from './changeable.ts';
import type { ExplainCommand } from './command.ts';
import { escaped, pageHead, waterfall } from './render.ts';
import type { CsvCase } from './rows.ts';

/** Decimals in text and pages; JSON has them all. */
const DECIMALS = 4;

/**
 * Exact explanations of scorecard cases, one per row, piece by piece.
 * @throws {ExplainError} for cases that do not fit the model, with their line
 */
export function* scorecardReport(
  model: ScorecardModel,
  command: ExplainCommand,
  cases: readonly CsvCase[],
): Generator<string> {
  if (command.against !== undefined) {
    throw new ExplainError(
      'bad-question',
      'against',
      'a scorecard carries its own means and is explained against them; leave --against out',
    );
  }
  const { format, sha256, segments } = model;
  const head = { format, segments: segments.size, sha256 };
  if (command.format === 'json') yield `{"model":${JSON.stringify(head)},"rows":[`;
  if (command.format === 'html')
    yield pageHead(`${escaped(format)}, ${segments.size} segments, sha256 <code>${sha256}</code>`);
  for (const [index, { facts, line }] of cases.entries()) {
    const { why, change } = explainCase(model, facts, line, command);
    if (command.format === 'json') {
      yield `${index === 0 ? '' : ','}\n${JSON.stringify(change === undefined ? why : { ...why, counterfactual: change })}`;
    } else {
      yield command.format === 'text' ? asText(why, change, index) : asSection(why, change, index);
    }
    if (index % 64 === 63) command.progress?.(index + 1, cases.length);
  }
  if (command.format === 'json') yield ']}\n';
  if (command.format === 'html') yield '</body></html>\n';
}

function explainCase(model: ScorecardModel, facts: Facts, line: number, command: ExplainCommand) {
  try {
    const why = explainScorecard(model, facts);
    return { why, change: changeOf(model, facts, command) };
  } catch (error) {
    if (!(error instanceof ExplainError) || error.code === 'bad-question') throw error;
    throw error.inFile(`${command.rows.name}, line ${line}`);
  }
}

function changeOf(
  model: ScorecardModel,
  facts: Facts,
  { counterfactual, changeable }: ExplainCommand,
): WhatIf | undefined {
  if (counterfactual === undefined) return undefined;
  if (counterfactual !== 1 && counterfactual !== 2)
    throw new ExplainError('bad-question', 'counterfactual', 'must be 1 or 2 for a scorecard');
  const names = model.facts.map(({ name }) => name).filter((name) => Object.hasOwn(facts, name));
  const wishes = readChangeable(names, changeable ?? names.join(',')).map(({ name, direction }) =>
    direction === undefined ? { fact: name } : { fact: name, direction },
  );
  return whatIfScorecard(model, facts, { changeable: wishes, maxFacts: counterfactual });
}

function changeText({ flips, none }: WhatIf): string {
  const [first] = flips;
  if (first === undefined)
    return none
      ? 'no allowed change turns the outcome (proven)'
      : 'no change was found; the search was not complete';
  const changes = first.changes.map(({ fact, from, to }) => `${fact} ${from} → ${to}`);
  return `${first.prediction.outcome} with ${changes.join(', ')}`;
}

function asText(why: Explanation, change: WhatIf | undefined, index: number): string {
  const { base, score, threshold, contributions } = roundExplanation(why, DECIMALS);
  const width = Math.max(...contributions.map(({ reason }) => reason.length), 9);
  const line = (name: string, value: string) => `  ${name.padEnd(width)} ${value.padStart(14)}\n`;
  return [
    `${index === 0 ? '' : '\n'}row ${index + 1}: ${why.outcome} (${why.segment})\n`,
    line('base', base),
    ...contributions.map(({ reason, value }) => line(reason, value)),
    line('score', score),
    line('threshold', threshold),
    change === undefined ? '' : `  ${changeText(change)}\n`,
  ].join('');
}

function asSection(why: Explanation, change: WhatIf | undefined, index: number): string {
  const { base, score, threshold, contributions } = roundExplanation(why, DECIMALS);
  const steps = contributions.map(({ reason, value }) => ({
    name: reason,
    value: Number(value),
    shown: value,
  }));
  return `<section><h2>Row ${index + 1}: ${escaped(why.outcome)} (${escaped(why.segment)})</h2>
<p>Score ${score}, threshold ${threshold}</p>
${waterfall({ name: 'base', value: Number(base), shown: base }, steps, { name: 'score', value: Number(score), shown: score })}
${change === undefined ? '' : `<p>${escaped(changeText(change))}</p>`}</section>
`;
}
