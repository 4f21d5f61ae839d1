import type { StoredCell } from './cell-store.ts';
import type { Watched } from './plan.ts';
import type { StrataCounts, Watch } from './watch.ts';
import { columnAt, strataOf } from './watches.ts';

type Pair = readonly [successes: number, total: number];
const NOBODY: Pair = [0, 0];
const plus = ([s, n]: Pair, [t, m]: Pair): Pair => [s + t, n + m];

/** What a kind of watch counts: cells of people whose column is yes, out of those where it is known. */
const COUNTED = { group: 'adverse', change: 'changed' } as const;

/** What one month's cells say of every watched group, stratum by stratum: the group, then all others of the stratum. */
export function countGroups(
  watched: Watched,
  watches: readonly Watch[],
  cells: readonly StoredCell[],
): ReadonlyMap<string, readonly StrataCounts[]> {
  const strata = strataOf(watched).map((one) => one.join('|'));
  const counted = { group: tally(watched, cells, 'group'), change: tally(watched, cells, 'change') };
  return new Map(
    watches.map((watch) => {
      const tallied = counted[watch.kind as keyof typeof COUNTED];
      const own = watch.within === undefined ? strata : [watch.within.join('|')];
      const counts = own.map((stratum): StrataCounts => {
        const [s, n] = tallied.get(keyOf(stratum, watch.dimension, watch.value)) ?? NOBODY;
        const [all, of] = tallied.get(keyOf(stratum, watch.dimension)) ?? NOBODY;
        return [s, n, all - s, of - n];
      });
      return [watch.id, counts] as const;
    }),
  );
}

function keyOf(stratum: string, dimension: string, value?: string): string {
  return JSON.stringify([stratum, dimension, value]);
}

/** Counts by stratum, dimension and group; without a group, of all whose group is known. */
function tally(
  watched: Watched,
  cells: readonly StoredCell[],
  kind: keyof typeof COUNTED,
): Map<string, Pair> {
  const { declared, dimensions } = watched;
  const places = declared.plan.within.map((name) => dimensions.findIndex((one) => one.name === name));
  const at = columnAt(watched, COUNTED[kind]);
  const counts = new Map<string, Pair>();
  const add = (key: string, more: Pair) => counts.set(key, plus(counts.get(key) ?? NOBODY, more));
  for (const { values, n } of cells) {
    if (values[at] === null) continue;
    const stratum = places.map((place) => String(values[place])).join('|');
    const more: Pair = [values[at] === 1 ? n : 0, n];
    dimensions.forEach(({ name }, place) => {
      const value = values[place];
      if (typeof value !== 'string') return;
      add(keyOf(stratum, name), more);
      add(keyOf(stratum, name, value), more);
    });
  }
  return counts;
}
