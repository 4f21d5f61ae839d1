import { SMALLEST_GROUP } from './disclosure.ts';

/** Decided against, and decided, of one group from the beginning. */
export type GroupTally = readonly [adverse: number, decided: number];

/** What stands published of one attribute: cumulative counts as a day ended. */
export interface GroupCut {
  readonly day: string;
  readonly groups: Readonly<Record<string, GroupTally>>;
  /** Groups too small to stand alone, told together so that nobody computes them back; null where there is nobody. */
  readonly rest: GroupTally | null;
}

const NOBODY: GroupTally = [0, 0];
const plus = ([a, n]: GroupTally, [b, m]: GroupTally): GroupTally => [a + b, n + m];
const minus = ([a, n]: GroupTally, [b, m]: GroupTally): GroupTally => [a - b, n - m];

/** The smaller of those decided against and those not: what a reader could single out. */
const smallest = ([adverse, decided]: GroupTally) => Math.min(adverse, decided - adverse);

/**
 * Moves one attribute's published table on, or returns `undefined`: then what stood stays.
 *
 * **Rule.** Whatever a reader subtracts (a day from another, groups from the total, the total from groups) leaves at least
 * {@link SMALLEST_GROUP} people decided against and as many not, or nobody. A group that is too small is withheld, and with
 * it the next smallest, until those withheld are enough together (secondary suppression). A group once published moves
 * with all others or not at all. The table is made only on days on which the total of decisions against people is cut, so
 * that total and table never differ by the people of a few days.
 *
 * @param counts of every group from the beginning, those of unknown group too
 */
export function cutGroups(
  before: GroupCut | undefined,
  day: string,
  counts: Readonly<Record<string, GroupTally>>,
): GroupCut | undefined {
  const grown = (group: string) => minus(counts[group] ?? NOBODY, before?.groups[group] ?? NOBODY);
  const told = Object.keys(counts).filter((group) => (counts[group] ?? NOBODY)[1] > 0);
  const shown = new Set(told.filter((group) => smallest(grown(group)) >= SMALLEST_GROUP));
  if (Object.keys(before?.groups ?? {}).some((group) => !shown.has(group))) return undefined;
  const rest = () =>
    told
      .filter((group) => !shown.has(group))
      .reduce((sum, group) => plus(sum, counts[group] ?? NOBODY), NOBODY);
  while (rest()[1] > 0 && smallest(rest()) < SMALLEST_GROUP) {
    const next = [...shown]
      .filter((group) => before?.groups[group] === undefined)
      .sort((a, b) => smallest(counts[a] ?? NOBODY) - smallest(counts[b] ?? NOBODY))[0];
    if (next === undefined) return undefined;
    shown.delete(next);
  }
  if (shown.size === 0) return undefined;
  const groups = Object.fromEntries([...shown].sort().map((group) => [group, counts[group] ?? NOBODY]));
  const withheld = rest();
  if (before !== undefined) {
    // Groups that were told together before, and what is told together now, hold the same people and those since.
    const fresh = [...shown].filter((group) => before.groups[group] === undefined);
    const together = fresh.reduce((sum, group) => plus(sum, counts[group] ?? NOBODY), withheld);
    const since = minus(together, before.rest ?? NOBODY);
    if (since[1] !== 0 && smallest(since) < SMALLEST_GROUP) return undefined;
  }
  return { day, groups, rest: withheld[1] === 0 ? null : withheld };
}
