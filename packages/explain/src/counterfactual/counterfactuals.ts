import { ExplainError } from '../error.ts';
import { margins } from '../forest/predict.ts';
import type { Rows } from '../forest/rows.ts';
import type { TreesModel } from '../formats/trees-model.ts';
import { type Cells, type ChangeableFeature, cellsOf } from './cells.ts';
import { combinations } from './combinations.ts';
import { type Hit, meets, type Requirement, SearchState, SubsetSearch } from './search.ts';

export type { ChangeableFeature } from './cells.ts';

export interface CounterfactualQuestion {
  /** Only these features are ever changed; a feature that is missing in the row stays missing. */
  readonly changeable: readonly ChangeableFeature[];
  /** At most so many features at once, 1 to 4. */
  readonly maxFeatures: number;
  /**
   * What the margins must meet: one output at least or at most a bound, or one output (a class) at least as large as
   * every other.
   */
  readonly target:
    | { readonly output?: number; readonly atLeast: number }
    | { readonly output?: number; readonly atMost: number }
    | { readonly largest: number };
  /** So many different sets of features, cheapest first, none containing a cheaper one; 1 by default. */
  readonly count?: number;
  /** Boxes that may be opened before the search stops unproven; 2,000,000 by default. */
  readonly maxBoxes?: number;
}

export interface Counterfactual {
  readonly changes: readonly { readonly feature: number; readonly from: number; readonly to: number }[];
  readonly cost: number;
  /** Margins of the changed row, re-run through the model. */
  readonly margin: Float64Array;
}

export interface Counterfactuals {
  /** Cheapest first, each of another set of features; empty when there is none. */
  readonly found: readonly Counterfactual[];
  /** Whether the search was complete: then nothing cheaper than the found ones exists, or nothing at all. */
  readonly proven: boolean;
  /** A proven lower bound of the cost: that of the first found one, or Infinity for "none exists"; 0 when unproven. */
  readonly bound: number;
  readonly proof: { readonly subsets: number; readonly boxes: number };
}

/**
 * The cheapest changes of a row that bring the target, exact, over allowed features only.
 * @param row one row; NaN is missing
 * @throws {ExplainError} `bad-question` for a question that makes no sense, such as a target that the row meets already
 */
export function counterfactuals(
  model: TreesModel,
  row: Float32Array | Float64Array,
  question: CounterfactualQuestion,
): Counterfactuals {
  const { forest, ranker } = model;
  if (row.length !== forest.features)
    refuse('row', `has ${row.length} columns; the model has ${forest.features}`);
  if (!(Number.isInteger(question.maxFeatures) && question.maxFeatures >= 1 && question.maxFeatures <= 4))
    refuse('maxFeatures', 'must be 1, 2, 3 or 4');
  const requirements = requirementsOf(question.target, forest.outputs);
  const ranks = new Int32Array(forest.features);
  ranker.row(row, 0, ranks);
  if (meets(forest, requirements, ranks)) refuse('target', 'is met by the row as it is');
  const cells = question.changeable
    .map((wish) => readWish(model, wish, row))
    .filter((found) => found !== null);
  if (new Set(question.changeable.map(({ feature }) => feature)).size < question.changeable.length)
    refuse('changeable', 'lists a feature twice');

  const state = new SearchState(question.count ?? 1, question.maxBoxes ?? 2_000_000);
  const search = new SubsetSearch(forest, requirements, ranks, state);
  let subsets = 0;
  for (let size = 1; size <= Math.min(question.maxFeatures, cells.length); size++) {
    for (const chosen of combinations(cells, size)) {
      subsets++;
      search.run(chosen);
    }
  }
  const proven = state.boxesLeft >= 0;
  const found = state.best().map((hit) => rerun(model, row, hit, requirements));
  return {
    found,
    proven,
    bound: proven ? (found[0]?.cost ?? Number.POSITIVE_INFINITY) : 0,
    proof: { subsets, boxes: state.boxes },
  };
}

function readWish(
  { forest, ranker }: TreesModel,
  wish: ChangeableFeature,
  row: Float32Array | Float64Array,
): Cells | null {
  const edges = forest.edges[wish.feature];
  if (edges === undefined)
    return refuse(`feature ${wish.feature}`, `is not among the ${forest.features} features`);
  const rankOf = (value: number) => ranker.rank(wish.feature, value);
  return cellsOf(wish, row[wish.feature] as number, edges, forest.inputs === 'float32', rankOf);
}

function requirementsOf(target: CounterfactualQuestion['target'], outputs: number): Requirement[] {
  const output = 'largest' in target ? target.largest : (target.output ?? 0);
  if (!(Number.isInteger(output) && output >= 0 && output < outputs))
    refuse('target', `names output ${output}; the model has ${outputs}`);
  const weights = (sign: number, other?: number) => {
    const list = new Float64Array(outputs);
    list[output] = sign;
    if (other !== undefined) list[other] = -sign;
    return list;
  };
  if ('largest' in target) {
    if (outputs < 2) refuse('target', 'a model of one output has no largest one');
    return Array.from({ length: outputs }, (_, other) => other)
      .filter((other) => other !== output)
      .map((other) => ({ weights: weights(1, other), atLeast: 0 }));
  }
  const bound = 'atLeast' in target ? target.atLeast : -target.atMost;
  if (!Number.isFinite(bound)) refuse('target', 'needs a finite bound');
  return [{ weights: weights('atLeast' in target ? 1 : -1), atLeast: bound }];
}

function rerun(
  model: TreesModel,
  row: Float32Array | Float64Array,
  hit: Hit,
  requirements: readonly Requirement[],
): Counterfactual {
  const changed = Float64Array.from(row);
  const changes = hit.cells.flatMap(({ feature, from, current, to }, place) => {
    const rank = hit.ranks[place] as number;
    if (rank === current) return [];
    changed[feature] = to[rank] as number;
    return [{ feature, from, to: to[rank] as number }];
  });
  const ranks = new Int32Array(model.forest.features);
  model.ranker.row(changed, 0, ranks);
  if (!meets(model.forest, requirements, ranks))
    throw new ExplainError(
      'not-additive',
      'counterfactuals',
      'a change that was found missed the target when re-run',
    );
  const rows: Rows = { data: changed, count: 1 };
  return { changes, cost: hit.cost, margin: margins(model.forest, model.ranker, rows).own };
}

function refuse(path: string, what: string): never {
  throw new ExplainError('bad-question', path, what);
}
