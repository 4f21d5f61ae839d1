import { type Count, ExcessEvidence, StratifiedSequence } from '@taalil/fairness';
import { type Evidence, type EvidencePoint, NONE, sides, sidesOf, sum } from './points.ts';
import { ALPHA, type Look, type StrataCounts, type Watch } from './watch.ts';

/** A group that takes no part in the comparison of others, in the looks from one place in their row up to before another. */
export interface Absence {
  readonly id: string;
  readonly value: string;
  readonly from: number;
  readonly until: number;
}

export interface ExcessOptions {
  /** Months before it set the level only. */
  readonly from: string;
  /** The month in which the watch gave its last alert; with the first model version after it, it begins anew. */
  readonly alertedIn?: string | undefined;
  readonly absences?: readonly Absence[];
  /** What the evidence must reach: 1/α of the watch unless another α was passed on to it. */
  readonly needed?: number;
  /** Nothing is beyond doubt in the looks before this place. */
  readonly judgedAt?: number;
}

/** The evidence of one watch that its group is proposed against more often than tolerated, look by look. */
export function excessEvidence(watch: Watch, looks: readonly Look[], options: ExcessOptions): Evidence {
  const { from, alertedIn, absences = [], needed = 1 / watch.alpha, judgedAt = 0 } = options;
  const strataOf = (at: number, absent: readonly Absence[]) =>
    (looks[at]?.counts[watch.id] ?? []).map((counts, stratum) =>
      sides(without(counts, stratum, looks[at] as Look, absent)),
    );
  /** The level of the comparison as it is now, over all looks before. */
  const levelBefore = (at: number, absent: readonly Absence[]) =>
    Array.from({ length: at }, (_, before) => strataOf(before, absent));
  let evidence = new ExcessEvidence(watch.tolerance);
  let sequence = new StratifiedSequence({ alpha: ALPHA });
  let begun = false;
  let segment = 0;
  let waits = alertedIn !== undefined;
  let since = looks[0]?.month ?? '';
  let [group, others]: Count[] = [NONE, NONE];
  let compared = '';
  const points = looks.map((look, at): EvidencePoint => {
    const absent = absences.filter((one) => one.id !== watch.id && one.from <= at && at < one.until);
    const strata = strataOf(at, absent);
    const renewed =
      waits && look.month > (alertedIn as string) && look.version > (looks[at - 1]?.version ?? 0);
    if (renewed) {
      evidence = new ExcessEvidence(watch.tolerance);
      waits = false;
      begun = false;
      segment++;
    }
    const ids = absent.map(({ id }) => id).join();
    if (renewed || ids !== compared) evidence.compareWith(levelBefore(at, absent));
    compared = ids;
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
    group = sum([group as Count, now.group]);
    others = sum([others as Count, now.others]);
    const value = counted ? evidence.value : 1;
    return {
      month: look.month,
      ...now,
      evidence: value,
      sequence: sequence.value,
      beyond: at >= judgedAt && value > needed,
      segment,
      setAside: absent.map((one) => one.value),
    };
  });
  return { watch, needed, points, since, group: group as Count, others: others as Count };
}

/** The counts of a stratum with some groups taken out of the comparison. */
function without(
  [s, n, others, of]: StrataCounts,
  stratum: number,
  look: Look,
  absent: readonly Absence[],
): StrataCounts {
  return absent.reduce<StrataCounts>(
    ([, , left, leftOf], { id }) => {
      const [t, m] = look.counts[id]?.[stratum] ?? [0, 0];
      return [s, n, left - t, leftOf - m];
    },
    [s, n, others, of],
  );
}
