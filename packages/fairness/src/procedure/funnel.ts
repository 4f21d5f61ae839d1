import { differenceOf, type Rate, rateOfCount } from '../audit/compare.ts';
import { ALPHA, type AuditSettings, SMALLEST_DENOMINATOR } from '../audit/settings.ts';
import { type Cells, type Dimension, UNKNOWN } from '../cells/cells.ts';
import type { Measure } from '../cells/metrics.ts';
import { benjaminiYekutieli, differenceBeyond, type Estimate, holm } from '../statistics/index.ts';
import { countState, type Sides, withoutClusters } from './counts.ts';
import {
  burdenOf,
  OVERRIDES,
  type Override,
  overrideState,
  type Stage,
  type State,
  stageState,
  stagesOf,
} from './state.ts';

/** One group at one stage. */
export interface StageOfGroup {
  readonly stage: Stage | Override;
  /** The group, `undefined` for everybody together. */
  readonly rate: Rate;
  /** Group minus comparison. */
  readonly difference: Estimate | undefined;
  /**
   * Two-sided, of "no difference at this stage". `adjusted` by Holm over every group and stage of the funnel; officers,
   * who are screened rather than judged, by Benjamini–Yekutieli over every officer and stage: at most one in twenty of
   * those that differ is expected to be there by chance.
   */
  readonly p: number | undefined;
  readonly adjusted: number | undefined;
  /** `differs` stands after that; `few`: under {@link SMALLEST_DENOMINATOR} on one side. */
  readonly finding: 'differs' | 'no-evidence' | 'few' | 'reference';
}

export interface FunnelGroup {
  readonly attribute: string;
  /** An officer instead of a group of people. */
  readonly byOfficer: boolean;
  readonly value: string;
  readonly against: string | undefined;
  readonly stages: readonly StageOfGroup[];
  readonly overrides: readonly StageOfGroup[];
}

/** The whole procedure, stage by stage. */
export interface Funnel {
  /** The outcome that is followed: the prediction that burdens. */
  readonly burden: 'positive' | 'negative';
  readonly stages: readonly Stage[];
  /** Everybody: how many reached each stage, and to how many it happened. */
  readonly whole: readonly { readonly stage: Stage | Override; readonly rate: Rate }[];
  readonly groups: readonly FunnelGroup[];
  /** Rows for which a stage is not known though they reached it (a request that waits for its answer, say). */
  readonly pending: Readonly<Partial<Record<Stage, number>>>;
}

/**
 * Population → score → person → objection → remedy, every stage conditional on the one before, by every attribute and by
 * officer, and overrides by direction. A disparity arises at the stages that differ: what was settled earlier does not
 * count again.
 */
export function funnel(cells: Cells, settings: Pick<AuditSettings, 'favourable' | 'reference'> = {}): Funnel {
  const burden = burdenOf(settings.favourable);
  const stages = stagesOf(cells);
  const overrides = cells.roles.human === undefined ? [] : OVERRIDES;
  const states = new Map<Stage | Override, State>([
    ...stages.map((stage) => [stage, stageState(cells, stage, burden)] as const),
    ...overrides.map((one) => [one, overrideState(cells, one, burden)] as const),
  ]);
  const drafts = [
    ...cells.attributes.map((dimension) => ({ dimension, byOfficer: false, names: [...states.keys()] })),
    ...(cells.roles.officer === undefined
      ? []
      : [
          {
            dimension: cells.roles.officer,
            byOfficer: true,
            names: [...states.keys()].filter((name) => name !== 'score'),
          },
        ]),
  ].flatMap(({ dimension, byOfficer, names }) => {
    const reference = byOfficer ? undefined : placeOf(dimension, settings.reference?.[dimension.name]);
    const counted = names.map((name) => ({
      name,
      ...countState(
        byOfficer ? withoutClusters(cells) : cells,
        states.get(name) as State,
        dimension.codes,
        dimension.values.length,
        reference,
      ),
    }));
    return dimension.values.map((value, group) => ({
      attribute: dimension.name,
      byOfficer,
      value,
      against: reference === undefined ? undefined : dimension.values[reference],
      all: counted.map(({ name, sides }) => draft(name, sides[group] as Sides, group === reference)),
    }));
  });
  const adjustedOf = new Map([
    ...adjust(
      drafts.filter(({ byOfficer }) => !byOfficer).flatMap(({ all }) => all),
      holm,
    ),
    ...adjust(
      drafts.filter(({ byOfficer }) => byOfficer).flatMap(({ all }) => all),
      benjaminiYekutieli,
    ),
  ]);
  return {
    burden: burden === 1 ? 'positive' : 'negative',
    stages,
    whole: [...states].map(([stage, state]) => ({
      stage,
      rate: rateOf(countState(cells, state, new Int32Array(cells.length), 1).whole),
    })),
    groups: drafts.map(({ all, ...group }) => {
      const concluded = all.map((one) => conclude(one, adjustedOf.get(one)));
      return {
        ...group,
        stages: concluded.filter(({ stage }) => !isOverride(stage)),
        overrides: concluded.filter(({ stage }) => isOverride(stage)),
      };
    }),
    pending: pendingOf(cells, stages, states, burden),
  };
}

function isOverride(stage: Stage | Override): stage is Override {
  return OVERRIDES.some((one) => one === stage);
}

type Draft = Omit<StageOfGroup, 'adjusted'>;

function adjust(
  drafts: readonly Draft[],
  how: (pValues: readonly number[]) => readonly number[],
): readonly (readonly [Draft, number])[] {
  const tested = drafts.filter(({ p }) => p !== undefined);
  const adjusted = how(tested.map(({ p }) => p as number));
  return tested.map((one, at) => [one, adjusted[at] as number]);
}

function draft(stage: Stage | Override, { group, comparison }: Sides, isReference: boolean): Draft {
  const rate = rateOf(group);
  if (isReference) return { stage, rate, difference: undefined, p: undefined, finding: 'reference' };
  const difference = differenceOf({
    group: group.count,
    reference: comparison.count,
    denominators: [group.denominator, comparison.denominator],
    exact: group.exact && comparison.exact,
  });
  const evidence = Math.min(
    group.denominator,
    comparison.denominator,
    group.count.total,
    comparison.count.total,
  );
  if (evidence < SMALLEST_DENOMINATOR) return { stage, rate, difference, p: undefined, finding: 'few' };
  const p = differenceBeyond(group.count, comparison.count, 0);
  return { stage, rate, difference, p, finding: 'no-evidence' };
}

function conclude(draft: Draft, adjusted: number | undefined): StageOfGroup {
  const differs = adjusted !== undefined && adjusted < ALPHA;
  return { ...draft, adjusted, finding: differs ? 'differs' : draft.finding };
}

function rateOf({ count, denominator, exact }: Measure): Rate {
  return rateOfCount(count, denominator, exact);
}

function placeOf({ values }: Dimension, value: string | undefined): number | undefined {
  const at = value === undefined ? -1 : values.indexOf(value);
  return at < 0 ? undefined : at;
}

function pendingOf(
  cells: Cells,
  stages: readonly Stage[],
  states: ReadonlyMap<Stage | Override, State>,
  burden: 0 | 1,
): Readonly<Partial<Record<Stage, number>>> {
  const { prediction, human } = cells.roles;
  const reached: Readonly<Record<Stage, (cell: number) => boolean>> = {
    score: () => true,
    human: (cell) => prediction.codes[cell] === burden,
    objection: (cell) => {
      const person = human?.codes[cell] ?? UNKNOWN;
      return (person === UNKNOWN ? prediction.codes[cell] : person) === burden;
    },
    remedy: (cell) => states.get('objection')?.[cell] === 1,
  };
  return Object.fromEntries(
    stages.map((stage) => {
      let rows = 0;
      for (let cell = 0; cell < cells.length; cell++) {
        if (states.get(stage)?.[cell] === UNKNOWN && reached[stage](cell))
          rows += cells.count[cell] as number;
      }
      return [stage, rows] as const;
    }),
  );
}
