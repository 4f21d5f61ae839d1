import { ExplainError } from '../error.ts';
import { nextUp } from '../forest/split.ts';
import type { LinearModel } from '../formats/linear.ts';
import { predictLinear } from '../linear.ts';
import { combinations } from './combinations.ts';
import type {
  ChangeableFeature,
  Counterfactual,
  CounterfactualQuestion,
  Counterfactuals,
} from './counterfactuals.ts';
import { cheapestMoves, type Lever, type Move } from './linear-search.ts';

/**
 * The cheapest changes of a row that bring the target in a linear model, exact up to the rounding of one addition, over
 * allowed features only: the cheapest gain first, as in the continuous knapsack problem (Dantzig 1957), branch and bound where
 * values are whole.
 * @throws {ExplainError} `bad-question` as `counterfactuals`; `unsupported` for the largest of more than two outputs
 */
export function linearCounterfactuals(
  model: LinearModel,
  row: Float32Array | Float64Array,
  question: CounterfactualQuestion,
): Counterfactuals {
  const columns = model.features.length;
  const { changeable, maxFeatures, count = 1, maxBoxes = 2_000_000 } = question;
  if (row.length !== columns) refuse('row', `has ${row.length} columns; the model has ${columns}`);
  if (!(Number.isInteger(maxFeatures) && maxFeatures >= 1 && maxFeatures <= 4))
    refuse('maxFeatures', 'must be 1, 2, 3 or 4');
  if (new Set(changeable.map(({ feature }) => feature)).size < changeable.length)
    refuse('changeable', 'lists a feature twice');
  const { weights, gapOf } = requirementOf(model, question.target);
  const gap = gapOf(row);
  if (gap <= 0) refuse('target', 'is met by the row as it is');
  const levers = changeable.map((wish) => leverOf(wish, row, weights)).filter((lever) => lever !== null);

  let subsets = 0;
  const budget = { boxes: 0, most: maxBoxes };
  const hits = new Map<string, Counterfactual>();
  for (let size = 1; size <= Math.min(maxFeatures, levers.length); size++) {
    for (const chosen of combinations(levers, size)) {
      subsets++;
      const moves = cheapestMoves(chosen, gap, budget);
      const hit = moves && settle(model, row, moves, gapOf);
      if (hit === null || hit === undefined) continue;
      const key = hit.changes.map(({ feature }) => feature).join(' ');
      if (hit.cost < (hits.get(key)?.cost ?? Number.POSITIVE_INFINITY)) hits.set(key, hit);
    }
  }
  const proven = budget.boxes <= budget.most;
  const found = apart([...hits.values()]).slice(0, count);
  const bound = proven ? (found[0]?.cost ?? Number.POSITIVE_INFINITY) : 0;
  return { found, proven, bound, proof: { subsets, boxes: Math.min(budget.boxes, budget.most) } };
}

/** The margin that is wanted as one weighted sum, and how far a row is from it; 0 or below meets it. */
function requirementOf(model: LinearModel, target: CounterfactualQuestion['target']) {
  const { outputs, features, coefficients } = model;
  const output = 'largest' in target ? target.largest : (target.output ?? 0);
  if (!(Number.isInteger(output) && output >= 0 && output < outputs))
    refuse('target', `names output ${output}; the model has ${outputs}`);
  const weight = (own: number, feature: number) => coefficients[own * features.length + feature] as number;
  const margins = (row: Float32Array | Float64Array) => predictLinear(model, { data: row, count: 1 }).margin;
  if ('largest' in target) {
    if (outputs !== 2)
      throw new ExplainError(
        'unsupported',
        'target',
        'the largest of more than two outputs is not searched in linear models; ask for a bound of one output',
      );
    const other = 1 - output;
    return {
      weights: features.map((_, feature) => weight(output, feature) - weight(other, feature)),
      gapOf: (row: Float32Array | Float64Array) => {
        const margin = margins(row);
        return (margin[other] as number) - (margin[output] as number);
      },
    };
  }
  const [bound, sign] = 'atLeast' in target ? [target.atLeast, 1] : [target.atMost, -1];
  if (!Number.isFinite(bound)) refuse('target', 'needs a finite bound');
  return {
    weights: features.map((_, feature) => sign * weight(output, feature)),
    gapOf: (row: Float32Array | Float64Array) => sign * (bound - (margins(row)[output] as number)),
  };
}

function leverOf(wish: ChangeableFeature, row: ArrayLike<number>, weights: readonly number[]): Lever | null {
  const weight = weights[wish.feature];
  const from = row[wish.feature] as number;
  if (weight === undefined)
    return refuse(`feature ${wish.feature}`, `is not among the ${weights.length} features`);
  const { cost: price = 1, direction, min = -Infinity, max = Infinity, integer = false, values } = wish;
  if (!(price > 0 && Number.isFinite(price)))
    refuse(`feature ${wish.feature}`, 'needs a finite cost above 0');
  if (values?.some((value) => !Number.isFinite(value)))
    refuse(`feature ${wish.feature}`, 'lists a value that is not finite');
  if (weight === 0) return null;
  const way = weight > 0 ? 1 : -1;
  const allowed = (to: number) =>
    to >= min &&
    to <= max &&
    (!integer || Number.isInteger(to)) &&
    (direction === undefined || (direction === 'up') === to > from);
  const common = { wish, from, gain: Math.abs(weight), way, price } as const;
  if (values !== undefined) {
    const jumps = values
      .filter((to) => to !== from && allowed(to))
      .map((to) => ({ to, adds: weight * (to - from) }))
      .filter(({ adds }) => adds > 0);
    return jumps.length === 0 ? null : { ...common, least: 0, most: 0, jumps };
  }
  if (direction !== undefined && (direction === 'up') !== way > 0) return null;
  const end = way > 0 ? max : min;
  const most = (end - from) * way;
  const least = Math.max(0, ((way > 0 ? min : max) - from) * way);
  return most <= 0 || least > most ? null : { ...common, least, most, jumps: null };
}

function settle(
  model: LinearModel,
  row: Float32Array | Float64Array,
  moves: readonly Move[],
  gapOf: (row: Float64Array) => number,
): Counterfactual | null {
  const changed = Float64Array.from(row);
  for (const { lever, to } of moves) changed[lever.wish.feature] = to;
  const last = moves.findLast(({ lever }) => lever.jumps === null)?.lever;
  for (let ulps = 1; gapOf(changed) > 0; ulps *= 2) {
    if (last === undefined || ulps > 2 ** 20) return null;
    const { feature, integer } = last.wish;
    const at = changed[feature] as number;
    changed[feature] = integer ? at + last.way : further(at, last.way, ulps);
    if (((changed[feature] as number) - last.from) * last.way > last.most) return null;
  }
  const changes = moves.map(({ lever }) => ({
    feature: lever.wish.feature,
    from: lever.from,
    to: changed[lever.wish.feature] as number,
  }));
  const cost = moves.reduce((sum, { lever }, place) => {
    const { from, to } = changes[place] as { from: number; to: number };
    return sum + (lever.jumps === null ? Math.abs(to - from) : 1) * lever.price;
  }, 0);
  return { changes, cost, margin: predictLinear(model, { data: changed, count: 1 }).margin };
}

function further(value: number, way: 1 | -1, ulps: number): number {
  const step = (way > 0 ? nextUp(value) : -nextUp(-value)) - value;
  return value + step * ulps;
}

/** Cheapest first; a set of features that contains a cheaper one is left out. */
function apart(hits: readonly Counterfactual[]): Counterfactual[] {
  const kept: { set: Set<number>; hit: Counterfactual }[] = [];
  for (const hit of hits.toSorted((a, b) => a.cost - b.cost)) {
    const set = new Set(hit.changes.map(({ feature }) => feature));
    if (!kept.some((own) => own.set.isSubsetOf(set))) kept.push({ set, hit });
  }
  return kept.map(({ hit }) => hit);
}

function refuse(path: string, what: string): never {
  throw new ExplainError('bad-question', path, what);
}
