import type { Cells, Dimension } from '../cells/cells.ts';
import { type DesignEffects, designEffects } from '../cells/design-effects.ts';
import type { Metric } from '../cells/metrics.ts';
import { type Tallies, type Tally, tallies } from '../cells/tally.ts';
import { FairnessError } from '../error.ts';
import type { Estimate, Interval } from '../statistics/index.ts';
import { holm } from '../statistics/index.ts';
import {
  differenceOf,
  metricsOf,
  pairOf,
  type Rate,
  rateOfGroup,
  ratioOf,
  worstDifference,
} from './compare.ts';
import { type Because, conclude, type Draft, draft, gravest, type Judgement, type Verdict } from './judge.ts';
import type { AuditSettings, Criterion } from './settings.ts';

/** The group of the rows that do not tell the attribute. */
export const UNKNOWN_GROUP = 'unknown';

export interface GroupCounts {
  readonly n: number;
  readonly positive: number;
  /** By truth; `undefined` where the file does not tell it. `unlabelled` rows have none. */
  readonly truth:
    | { readonly tn: number; readonly fp: number; readonly fn: number; readonly tp: number }
    | undefined;
  readonly unlabelled: number;
}

/** A group against its comparison, metric by metric. */
export interface Comparison {
  readonly metric: Metric;
  readonly difference: Estimate | undefined;
  readonly ratio: Estimate | undefined;
  readonly worstCase: Interval | undefined;
}

export interface Group {
  readonly attribute: string;
  /** `undefined` for the rows that do not tell the attribute. */
  readonly value: string | undefined;
  /** The fixed reference, or `undefined` for all other groups together. */
  readonly against: string | undefined;
  readonly counts: GroupCounts;
  readonly metrics: Readonly<Partial<Record<Metric, Rate>>>;
  readonly comparisons: readonly Comparison[];
  readonly judgements: readonly Judgement[];
  readonly verdict: Verdict;
  readonly because: Because;
}

/** One attribute, counted: what groups, gaps and the rest are computed from. */
export interface Division {
  readonly attribute: Dimension;
  readonly tallies: Tallies;
  readonly effects: DesignEffects;
  readonly reference: number | undefined;
  /** What a group is compared with. */
  against(group: number): Tally;
}

export function divide(cells: Cells, attribute: Dimension, settings: AuditSettings, seed: number): Division {
  const wanted = settings.reference?.[attribute.name];
  const reference = wanted === undefined ? undefined : attribute.values.indexOf(wanted);
  if (reference === -1) {
    throw new FairnessError('bad-option', `no row has the reference ${JSON.stringify(wanted)}`, {
      where: attribute.name,
      mend: `Choose one of: ${attribute.values.slice(0, 20).join(', ')}`,
    });
  }
  const groups = attribute.values.length;
  const counted = tallies(cells, attribute.codes, groups);
  if (groups === 0) {
    throw new FairnessError('all-null', 'every row leaves this column empty', {
      where: attribute.name,
      mend: 'Leave it out of the attributes, or find out why it is empty',
    });
  }
  if (groups === 1) {
    throw new FairnessError('one-group', `there is one group only, ${JSON.stringify(attribute.values[0])}`, {
      where: attribute.name,
      mend: 'A disparity needs two groups: give a file that holds the others too, or leave this attribute out',
    });
  }
  const other = (all: Tallies, group: number) =>
    reference === undefined ? all.total.minus(all.known[group] as Tally) : (all.known[reference] as Tally);
  return {
    attribute,
    tallies: counted,
    effects: designEffects(cells, attribute.codes, groups, other, { seed }),
    reference,
    against: (group) => other(counted, group),
  };
}

/** Every group of every attribute, judged together: Holm's correction is over all of them. */
export function groupsOf(
  divisions: readonly Division[],
  criteria: readonly Criterion[],
  hasTruth: boolean,
): readonly Group[] {
  const drafts = divisions.map((division) =>
    division.attribute.values.map((_, group) => draftsOf(division, group, criteria)),
  );
  const flat = drafts.flat(2);
  const tested = flat.filter(({ p }) => p !== undefined);
  const adjusted = holm(tested.map(({ p }) => p as number));
  const adjustedOf = new Map(tested.map((one, at) => [one, adjusted[at]]));
  return divisions.flatMap((division, at) => {
    const known = division.attribute.values.map((_, group) => {
      const judgements = (drafts[at]?.[group] ?? []).map((one) => conclude(one, adjustedOf.get(one)));
      return groupOf(division, group, judgements, hasTruth);
    });
    return division.tallies.unknown.rows(...ROWS) === 0
      ? known
      : [...known, unknownGroup(division, hasTruth)];
  });
}

function draftsOf(division: Division, group: number, criteria: readonly Criterion[]): readonly Draft[] {
  if (group === division.reference) return [];
  const sides = {
    group: division.tallies.known[group] as Tally,
    reference: division.against(group),
    unknown: division.tallies.unknown,
  };
  return criteria.map((criterion) => {
    const metric = criterion.kind === 'ratio' ? 'selection' : criterion.metric;
    return draft(criterion, sides, division.effects.difference(group, metric));
  });
}

function groupOf(
  division: Division,
  group: number,
  judgements: readonly Judgement[],
  hasTruth: boolean,
): Group {
  const { attribute, tallies: all, effects, reference } = division;
  const tally = all.known[group] as Tally;
  const metrics = metricsOf(hasTruth);
  const verdict = gravest(judgements.map((one) => one.verdict));
  const isReference = group === reference;
  return {
    attribute: attribute.name,
    value: attribute.values[group],
    against: reference === undefined ? undefined : attribute.values[reference],
    counts: countsOf(tally, hasTruth),
    metrics: Object.fromEntries(
      metrics.map((metric) => [metric, rateOfGroup(tally, metric, all.unknown, effects.rate(group, metric))]),
    ),
    comparisons: isReference ? [] : metrics.map((metric) => compare(division, group, metric)),
    judgements,
    verdict,
    because: isReference
      ? 'reference'
      : (judgements.find((one) => one.verdict === verdict)?.because ?? 'undefined'),
  };
}

function compare(division: Division, group: number, metric: Metric): Comparison {
  const tally = division.tallies.known[group] as Tally;
  const pair = pairOf(tally, division.against(group), metric, division.effects.difference(group, metric));
  return {
    metric,
    difference: pair === undefined ? undefined : differenceOf(pair),
    ratio: pair === undefined ? undefined : ratioOf(pair),
    worstCase: worstDifference(tally, division.against(group), metric, division.tallies.unknown),
  };
}

function unknownGroup({ attribute, tallies: all }: Division, hasTruth: boolean): Group {
  const nobody = all.unknown.minus(all.unknown);
  return {
    attribute: attribute.name,
    value: undefined,
    against: undefined,
    counts: countsOf(all.unknown, hasTruth),
    metrics: Object.fromEntries(
      metricsOf(hasTruth).map((metric) => [metric, rateOfGroup(all.unknown, metric, nobody, 1)]),
    ),
    comparisons: [],
    judgements: [],
    verdict: 'not-judged',
    because: 'unknown-attribute',
  };
}

const ROWS = ['tn', 'fp', 'fn', 'tp', 'un', 'up'] as const;

function countsOf(tally: Tally, hasTruth: boolean): GroupCounts {
  const [tn, fp, fn, tp] = [tally.rows('tn'), tally.rows('fp'), tally.rows('fn'), tally.rows('tp')];
  return {
    n: tally.rows(...ROWS),
    positive: tally.rows('fp', 'tp', 'up'),
    truth: hasTruth ? { tn, fp, fn, tp } : undefined,
    unlabelled: hasTruth ? tally.rows('un', 'up') : 0,
  };
}
