import { type Count, type Estimate, newcombe, rateSequence } from '@taalil/fairness';
import { excessEvidence } from './excess.ts';
import type { Watched } from './plan.ts';
import { type Evidence, type EvidencePoint, NONE, sides, sidesOf, sum } from './points.ts';
import { familyEvidence } from './setting-aside.ts';
import { ALPHA_OF, HASTE_TOLERANCE, type Look, type Watch } from './watch.ts';
import { groupWatches } from './watches.ts';

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
  const alertedIn = ({ id }: Watch) => alerted.get(id)?.at(-1)?.month;
  const families = Map.groupBy(
    groupWatches(watched).filter(({ kind }) => kind === 'group'),
    comparisonOf,
  );
  const groups = new Map(
    [...families.values()]
      .flatMap((family) => familyEvidence(family, looks, from, alertedIn))
      .map((evidence) => [evidence.watch.id, evidence]),
  );
  return watchesOf(watched, looks).map((watch) => {
    if (watch.kind === 'record') return recordEvidence(watch, looks);
    if (watch.kind === 'change') return changeEvidence(watch, looks, from);
    // A new model says nothing of an officer: theirs stays one alert under a declaration.
    return groups.get(watch.id) ?? excessEvidence(watch, looks, { from });
  });
}

/** Groups that are compared with each other: of one attribute, within one stratum. */
function comparisonOf({ dimension, within }: Watch): string {
  return JSON.stringify([dimension, within]);
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
      setAside: [],
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
      setAside: [],
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
