import {
  type Count,
  type Estimate,
  ExcessEvidence,
  newcombe,
  rateSequence,
  StratifiedSequence,
} from '@taalil/fairness';
import type { Watched } from './plan.ts';
import { ALPHA, ALPHA_OF, HASTE_TOLERANCE, type Look, type StrataCounts, type Watch } from './watch.ts';
import { groupWatches } from './watches.ts';

/** One look in the life of a watch. */
export interface EvidencePoint {
  readonly month: string;
  readonly group: Count;
  readonly others: Count;
  /** Reached so far: beyond `needed` the tolerance is broken beyond doubt. `undefined` where the sequence alone tells. */
  readonly evidence: number | undefined;
  /** The excess so far, within strata and months, with bounds that hold at every look. */
  readonly sequence: Estimate | undefined;
  readonly beyond: boolean;
  /** Counts up when evidence begins anew, forgetting what was: one alert for each. */
  readonly segment: number;
}

/** What all looks together say of one watch. */
export interface Evidence {
  readonly watch: Watch;
  /** The e-value that breaks the tolerance: 1/α of this watch. */
  readonly needed: number;
  readonly points: readonly EvidencePoint[];
  /** The month since which evidence counts most: the last start. */
  readonly since: string;
  /** All counts since then, all strata together. */
  readonly group: Count;
  readonly others: Count;
}

const NONE: Count = { successes: 0, total: 0 };

/** When a watch that gave an alert begins anew: with the first model version after it. */
export type Alerted = ReadonlyMap<string, readonly { readonly month: string }[]>;

/**
 * Computes the evidence of every watch from stored looks alone: anybody who has them gets the same numbers.
 *
 * @param from months before it set the level only
 * @param alerted watches that gave an alert already, with its month
 */
export function evidenceOf(
  watched: Watched,
  looks: readonly Look[],
  { from = '', alerted = new Map() }: { from?: string; alerted?: Alerted } = {},
): readonly Evidence[] {
  return watchesOf(watched, looks).map((watch) => {
    if (watch.kind === 'record') return recordEvidence(watch, looks);
    if (watch.kind === 'change') return changeEvidence(watch, looks, from);
    // A new model says nothing of an officer: theirs stays one alert under a declaration.
    const before = watch.kind === 'group' ? alerted.get(watch.id)?.at(-1)?.month : undefined;
    return excessEvidence(watch, looks, from, before);
  });
}

/** Groups as declared; officers and recorded facts in the order in which they first appeared. */
function watchesOf(watched: Watched, looks: readonly Look[]): readonly Watch[] {
  const seen = new Set(looks.flatMap(({ counts }) => Object.keys(counts).sort()));
  const others = (kind: 'officer' | 'record', tolerance: number): Watch[] =>
    [...seen]
      .filter((id) => id.startsWith(`${kind}|`) && id !== 'record|')
      .map((id, at) => ({
        kind,
        id,
        dimension: kind,
        value: id.slice(kind.length + 1),
        within: undefined,
        tolerance,
        alpha: ALPHA_OF[kind] / ((at + 1) * (at + 2)),
      }));
  return [
    ...groupWatches(watched),
    ...others('officer', HASTE_TOLERANCE),
    ...others('record', Number(watched.declared.plan.tolerance)),
  ];
}

function excessEvidence(
  watch: Watch,
  looks: readonly Look[],
  from: string,
  alertedIn: string | undefined,
): Evidence {
  const needed = 1 / watch.alpha;
  let evidence = new ExcessEvidence(watch.tolerance);
  let sequence = new StratifiedSequence({ alpha: ALPHA });
  let begun = false;
  let segment = 0;
  let waits = alertedIn !== undefined;
  let since = looks[0]?.month ?? '';
  let [group, others] = [NONE, NONE];
  const points = looks.map((look, at): EvidencePoint => {
    const counts = look.counts[watch.id] ?? [];
    const strata = counts.map(sides);
    const renewed =
      waits && look.month > (alertedIn as string) && look.version > (looks[at - 1]?.version ?? 0);
    if (renewed) {
      const fresh = new ExcessEvidence(watch.tolerance);
      for (const one of looks.slice(0, at)) fresh.observe((one.counts[watch.id] ?? []).map(sides));
      evidence = fresh;
      waits = false;
      begun = false;
      segment++;
    }
    if (look.start || renewed) {
      if (begun) evidence.restart();
      since = look.month;
      sequence = new StratifiedSequence({ alpha: ALPHA });
      [group, others] = [NONE, NONE];
    }
    const counted = look.month >= from;
    if (counted) {
      evidence.add(strata);
      begun = true;
    } else {
      evidence.observe(strata);
    }
    for (const one of strata) sequence.add(one);
    const now = sidesOf(strata);
    group = sum([group, now.group]);
    others = sum([others, now.others]);
    const value = counted ? evidence.value : 1;
    return {
      month: look.month,
      ...now,
      evidence: value,
      sequence: sequence.value,
      beyond: value > needed,
      segment,
    };
  });
  return { watch, needed, points, since, group, others };
}

/**
 * What a new model changed: the share that it turned against people, in the group and among the others, each with a
 * confidence sequence at half of α; beyond doubt once the sequences lie further apart than is tolerated. Where almost
 * nobody else is touched, this sees what odds cannot. Each model is judged by itself, the k-th with α/(k(k + 1)).
 *
 * Source: H. Robbins (1970), as `rateSequence`.
 */
function changeEvidence(watch: Watch, looks: readonly Look[], from: string): Evidence {
  let [group, others, models, version] = [NONE, NONE, 0, 0];
  let since = looks[0]?.month ?? '';
  const points = looks.map((look): EvidencePoint => {
    const strata = (look.counts[watch.id] ?? []).map(sides);
    if (look.version > version) {
      [group, others, version, since] = [NONE, NONE, look.version, look.month];
      if (strata.some((one) => one.group.total + one.reference.total > 0)) models++;
    }
    const now = sidesOf(strata);
    if (look.month >= from) {
      group = sum([group, now.group]);
      others = sum([others, now.others]);
    }
    const sequence = apart(group, others, watch.alpha / (models * (models + 1)));
    return {
      month: look.month,
      ...now,
      evidence: undefined,
      sequence,
      beyond: sequence !== undefined && sequence.low > watch.tolerance,
      segment: look.version,
    };
  });
  return { watch, needed: 1 / watch.alpha, points, since, group, others };
}

/** The difference of two rates by a sequence for each: holds at every look, whatever the counts. */
function apart(group: Count, others: Count, alpha: number): Estimate | undefined {
  if (group.total === 0 || others.total === 0) return undefined;
  const [one, two] = [rateSequence(group, alpha / 2), rateSequence(others, alpha / 2)];
  return {
    value: group.successes / group.total - others.successes / others.total,
    low: one.low - two.high,
    high: one.high - two.low,
    method: 'beta-mixture',
  };
}

function recordEvidence(watch: Watch, looks: readonly Look[]): Evidence {
  let group = NONE;
  const points = looks.map((look): EvidencePoint => {
    const answered = look.counts['record|']?.[0]?.[1] ?? 0;
    const now = { successes: look.counts[watch.id]?.[0]?.[0] ?? 0, total: answered };
    group = sum([group, now]);
    const { low, high } = rateSequence(group, watch.alpha);
    const value = group.total === 0 ? 0 : group.successes / group.total;
    return {
      month: look.month,
      group: now,
      others: NONE,
      evidence: undefined,
      sequence: group.total === 0 ? undefined : { value, low, high, method: 'beta-mixture' },
      beyond: group.total > 0 && low > watch.tolerance,
      segment: 0,
    };
  });
  return { watch, needed: 1 / watch.alpha, points, since: looks[0]?.month ?? '', group, others: NONE };
}

/** The excess since the last start as one look would judge it, for showing its size; not for deciding. */
export function excessOf({ group, others }: Pick<Evidence, 'group' | 'others'>): Estimate | undefined {
  const interval = newcombe(group, others);
  if (interval === undefined) return undefined;
  const value = group.successes / group.total - others.successes / others.total;
  return { value, ...interval, method: 'newcombe' };
}

function sides([s, n, others, of]: StrataCounts) {
  return { group: { successes: s, total: n }, reference: { successes: others, total: of } };
}

function sidesOf(strata: readonly ReturnType<typeof sides>[]) {
  return {
    group: sum(strata.map((one) => one.group)),
    others: sum(strata.map((one) => one.reference)),
  };
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce(
    (all, one) => ({ successes: all.successes + one.successes, total: all.total + one.total }),
    NONE,
  );
}
