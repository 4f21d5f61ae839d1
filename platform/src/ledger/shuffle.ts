import { randomPool } from '../ids.ts';

/** What the places of a commit's entries depend on. */
export interface Placed {
  /** The case an entry belongs to; entries of no case (publications, suspensions, staff) keep their place. */
  readonly caseId?: string | undefined;
}

/**
 * Places 0 to n − 1 for the entries of one commit, which came in the order of `units`. Entries of cases that came
 * between two entries of no case are shuffled: the public log does not say who came first. Entries of one case keep
 * their order, and nothing passes an entry of no case: what came before a suspension stands before it.
 */
export function shuffledPlaces(units: readonly Placed[], random = randomBelow): number[] {
  const places: number[] = [];
  for (let start = 0; start < units.length; ) {
    let end = start;
    while (end < units.length && units[end]?.caseId !== undefined) end++;
    if (end === start) {
      places.push(start++);
      continue;
    }
    places.push(...shuffledRun(units.slice(start, end), start, random));
    start = end;
  }
  return places;
}

function shuffledRun(units: readonly Placed[], start: number, random: (below: number) => number): number[] {
  const places = units.map((_, i) => start + i);
  for (let i = places.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [places[i], places[j]] = [places[j] as number, places[i] as number];
  }
  const ofCase = new Map<string, number[]>();
  for (const [i, { caseId = '' }] of units.entries()) {
    const known = ofCase.get(caseId);
    if (known === undefined) ofCase.set(caseId, [i]);
    else known.push(i);
  }
  for (const members of ofCase.values()) {
    if (members.length === 1) continue;
    const sorted = members.map((i) => places[i] as number).sort((a, b) => a - b);
    for (const [nth, i] of members.entries()) places[i] = sorted[nth] as number;
  }
  return places;
}

/** A uniform whole number below `below` (at most 2^31), from the system's generator; rejects what would be biased. */
function randomBelow(below: number): number {
  const most = 2 ** 32 - (2 ** 32 % below);
  for (;;) {
    const drawn = randomPool(4).readUInt32LE();
    if (drawn < most) return drawn % below;
  }
}
