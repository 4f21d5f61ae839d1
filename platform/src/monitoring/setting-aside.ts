import { type Absence, excessEvidence } from './excess.ts';
import type { Evidence } from './points.ts';
import type { Look, Watch } from './watch.ts';

/** The month in which a watch gave its last alert. */
type AlertedIn = (watch: Watch) => string | undefined;

/**
 * The evidence of groups that are compared with each other, where those found beyond doubt are set aside: two groups with
 * the same fault hide in each other's comparison, and the stronger one would keep the weaker one hidden.
 *
 * - From the look after its alert on, a group takes no part in the comparison of the others, until a new model begins.
 *   What a look is compared with is settled by looks before it, so each remains an e-process at no cost.
 * - The α of a group that was alerted to is free: it is passed on in equal parts, and each of the others is also judged,
 *   for that part, with the alerted group set aside from the *first* look on.
 *
 * Let B be the groups that break the tolerance, and let every other keep it in comparison with all others, whichever of B
 * take part. Until a first false alert only groups of B are set aside. A group outside B is falsely alerted to at its own α
 * or at the part of α that one of B passes on; with m groups the sum of these is at most α·(m − |B|)(1 + |B|/(m − 1)) ≤
 * α·m. So the error of the whole stays what it was, whether nothing is wrong or much.
 *
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70; Bretz, Maurer, Brannath & Posch, Statistics in
 * Medicine 28 (2009) 586–604 (passing on α); Ramdas, Grünwald, Vovk & Shafer, Statistical Science 38 (2023) 576–601
 * (e-processes chosen by the past).
 *
 * @param watches the groups of one attribute within one stratum, all with the same α
 */
export function familyEvidence(
  watches: readonly Watch[],
  looks: readonly Look[],
  from: string,
  alertedIn: AlertedIn = () => undefined,
): readonly Evidence[] {
  let absences: readonly Absence[] = [];
  let firsts: readonly Absence[] = [];
  for (;;) {
    const evidence = watches.map((watch) =>
      best(watch, looks, { from, alertedIn, absences, firsts, watches }),
    );
    const next = evidence
      .flatMap((one) => alertsOf(one, looks))
      .filter(({ id, from }) => !absences.some((known) => known.id === id && known.from === from))
      .sort((a, b) => a.from - b.from)[0];
    if (next === undefined) return evidence;
    if (!absences.some(({ id }) => id === next.id)) firsts = [...firsts, next];
    absences = [...absences, next];
  }
}

interface Family {
  readonly from: string;
  readonly alertedIn: AlertedIn;
  readonly absences: readonly Absence[];
  /** Of each group that was alerted to, its first absence. */
  readonly firsts: readonly Absence[];
  readonly watches: readonly Watch[];
}

/** Of all ways in which a watch is judged, the one that was beyond doubt first, or else the one that is closest. */
function best(watch: Watch, looks: readonly Look[], family: Family): Evidence {
  const { from, absences, firsts, watches } = family;
  const alertedIn = family.alertedIn(watch);
  const own = excessEvidence(watch, looks, { from, alertedIn, absences });
  const passedOn = firsts
    .filter(({ id }) => id !== watch.id)
    .map((first) =>
      excessEvidence(watch, looks, {
        from,
        alertedIn,
        absences: absences.map((one) => (one === first ? { ...one, from: 0 } : one)),
        needed: (watches.length - 1) / (watches.find(({ id }) => id === first.id) as Watch).alpha,
        judgedAt: first.from - 1,
      }),
    );
  return [own, ...passedOn].reduce((chosen, one) => {
    const sooner = settledAt(one) - settledAt(chosen);
    return sooner < 0 || (sooner === 0 && settledAt(one) === looks.length && share(one) > share(chosen))
      ? one
      : chosen;
  });
}

function settledAt({ points }: Evidence): number {
  const at = points.findIndex(({ beyond }) => beyond);
  return at < 0 ? points.length : at;
}

/** How far the evidence is, of what is needed. */
function share({ points, needed }: Evidence): number {
  return (points.at(-1)?.evidence ?? 0) / needed;
}

/** The absences that follow from a watch's alerts: from the look after each on, up to the next model version. */
function alertsOf({ watch, points }: Evidence, looks: readonly Look[]): Absence[] {
  const absences: Absence[] = [];
  points.forEach(({ beyond, segment }, at) => {
    const first = points.findIndex((one) => one.beyond && one.segment === segment);
    if (!beyond || first !== at) return;
    const next = looks.findIndex((look, i) => i > at && look.version > (looks[at]?.version ?? 0));
    const until = next < 0 ? looks.length : next;
    absences.push({ id: watch.id, value: watch.value, from: at + 1, until });
  });
  return absences;
}
