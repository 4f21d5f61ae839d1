import type { Explanation } from './explain.ts';
import type { Facts, ScorecardModel } from './model.ts';
import { readCase } from './predict.ts';
import {
  derive,
  type Exact,
  exact,
  minus,
  plain,
  plus,
  replay,
  segmentOf,
  sign,
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
  const { score, outcome } = replay(model, facts);
  const faults: string[] = [];
  const expect = (what: string, claimed: unknown, true_: string) => {
    if (claimed !== true_) faults.push(`${what}: ${String(claimed)} is stated, ${true_} is replayed`);
  };

  const terms = segment?.terms ?? [];
  const stated = new Map(
    explanation.contributions.flatMap(({ reason, terms: list }) =>
      list.map((term) => [term.id, { ...term, reason }]),
    ),
  );
  const count = explanation.contributions.reduce((sum, { terms: list }) => sum + list.length, 0);
  if (count !== terms.length) faults.push(`${count} terms are stated, the segment has ${terms.length}`);

  let base = exact(String(segment?.constant ?? '0'));
  const totals = new Map<string, Exact>();
  for (const term of terms) {
    const [coefficient, mean] = [exact(String(term.coefficient)), exact(String(term.mean))];
    const derived = derive(term.transform, valuesOf(term.from, facts));
    const value = times(coefficient, minus(derived, mean));
    const claim = stated.get(term.id);
    expect(`${term.id} reason`, claim?.reason, term.reason);
    expect(`${term.id} derived`, claim?.derived, plain(derived));
    expect(`${term.id} mean`, claim?.mean, plain(mean));
    expect(`${term.id} coefficient`, claim?.coefficient, plain(coefficient));
    expect(`${term.id} value`, claim?.value, plain(value));
    totals.set(term.reason, plus(totals.get(term.reason) ?? [0n, 0], value));
    base = plus(base, times(coefficient, mean));
  }

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
  expect('segment', explanation.segment, segment?.name ?? '');
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
