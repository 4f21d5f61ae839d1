import type { Explanation } from './explain.ts';
import type { Facts, ScorecardModel } from './model.ts';
import { readCase } from './predict.ts';
import {
  derive,
  type Exact,
  exact,
  minus,
  outcomeOf,
  plain,
  plus,
  segmentOf,
  sign,
  statedOf,
  times,
  valuesOf,
} from './reference.ts';

export interface Check {
  readonly ok: boolean;
  /** base + Σ contributions − replayed score, exact; "0" when the explanation adds up. */
  readonly difference: string;
  readonly replayedScore: string;
  readonly replayedOutcome: string;
  /** What is wrong, one sentence each; empty when `ok`. */
  readonly faults: readonly string[];
}

/**
 * Recomputes everything that an explanation states, from the model's declaration and the facts, with an arithmetic of
 * its own (plain BigInt). The explanation may come from a store or a wire: whatever it claims is compared as text.
 * @throws {ExplainError} when the facts themselves are not acceptable to the model
 */
export function checkScorecardExplanation(
  model: ScorecardModel,
  facts: Facts,
  explanation: Explanation,
): Check {
  readCase(model, facts);
  const segment = segmentOf(model, facts);
  const faults: string[] = [];
  const expect = (what: string, claimed: unknown, replayed: string) => {
    if (claimed !== replayed) faults.push(`${what}: ${String(claimed)} is stated, ${replayed} is replayed`);
  };

  const claims = new Map(
    explanation.contributions.flatMap(({ reason, terms }) =>
      terms.map((term) => [term.id, { term, reason }]),
    ),
  );
  const count = explanation.contributions.reduce((total, { terms }) => total + terms.length, 0);
  if (count !== segment.terms.length)
    faults.push(`${count} terms are stated, the segment has ${segment.terms.length}`);

  let base = exact(String(segment.constant));
  let score = base;
  const totals = new Map<string, Exact>();
  for (const { term, coefficient, mean, atMean, texts } of statedOf(segment)) {
    const derived = derive(term.transform, valuesOf(term.from, facts));
    const worth = times(coefficient, derived);
    const value = times(coefficient, minus(derived, mean));
    const claim = claims.get(term.id);
    expect(`reason of ${term.id}`, claim?.reason, term.reason);
    expect(`derived value of ${term.id}`, claim?.term.derived, plain(derived));
    expect(`mean of ${term.id}`, claim?.term.mean, texts.mean);
    expect(`coefficient of ${term.id}`, claim?.term.coefficient, texts.coefficient);
    expect(`value of ${term.id}`, claim?.term.value, plain(value));
    totals.set(term.reason, plus(totals.get(term.reason) ?? [0n, 0], value));
    base = plus(base, atMean);
    score = plus(score, worth);
  }
  const outcome = outcomeOf(model, score);

  let sum = statedDecimal(explanation.base, faults);
  for (const { reason, value, effect } of explanation.contributions) {
    const total = totals.get(reason);
    expect(`reason ${reason}`, value, total === undefined ? 'none' : plain(total));
    expect(`effect of ${reason}`, effect, effectOf(model, total));
    totals.delete(reason);
    sum = plus(sum, statedDecimal(value, faults));
  }
  for (const reason of totals.keys()) faults.push(`reason ${reason} is not stated`);

  expect('model', explanation.model, model.sha256);
  expect('segment', explanation.segment, segment.name);
  expect('base', explanation.base, plain(base));
  expect('threshold', explanation.threshold, plain(exact(String(model.threshold))));
  expect('score', explanation.score, plain(score));
  expect('outcome', explanation.outcome, outcome);
  expect('favourable', String(explanation.favourable), String(outcome === model.outcomes.favourable));
  expect('sum', explanation.additivity.sum, plain(score));
  expect('difference', explanation.additivity.difference, '0');
  const difference = minus(sum, score);
  if (sign(difference) !== 0) faults.push(`base and contributions miss the score by ${plain(difference)}`);
  return {
    ok: faults.length === 0,
    difference: plain(difference),
    replayedScore: plain(score),
    replayedOutcome: outcome,
    faults,
  };
}

function effectOf(model: ScorecardModel, total: Exact | undefined): string {
  const direction = total === undefined ? 0 : sign(total);
  if (direction === 0) return 'none';
  return direction > 0 === (model.outcomes.favourable === model.outcomes.above) ? 'favourable' : 'adverse';
}

function statedDecimal(text: string, faults: string[]): Exact {
  if (typeof text === 'string' && text.length <= 200 && /^-?[0-9]+(\.[0-9]+)?$/.test(text))
    return exact(text);
  faults.push(`${String(text).slice(0, 40)} is not a plain decimal`);
  return [0n, 0];
}
