import type { Context } from '../context.ts';
import { readCube } from './cell-store.ts';
import type { GroupTally } from './group-disclosure.ts';
import { readLooks } from './looks.ts';
import { watched } from './plan.ts';
import { columnAt } from './watches.ts';

/** The group of those whose attribute is not known. */
export const UNKNOWN_GROUP = '';

/**
 * Counts of first decisions in force up to the end of a month, by attribute and group, never crossed. They add up to the
 * totals that are given: whoever the monitor does not know the group of, and whoever it could not count, is in
 * {@link UNKNOWN_GROUP}. Undefined until the monitor has looked at that month.
 */
export async function publicGroups(
  ctx: Context,
  authorityId: string,
  systemId: string,
  month: string,
  totals: GroupTally,
): Promise<ReadonlyMap<string, Readonly<Record<string, GroupTally>>> | undefined> {
  const system = await watched(ctx, authorityId, systemId);
  if (system === undefined) return undefined;
  const looks = await readLooks(ctx.store.read, system);
  if (!looks.some((look) => look.month === month)) return undefined;
  const cells = await readCube(ctx.store.read, authorityId, systemId, 'groups');
  const [settledAt, adverseAt, personAt] = (['settled', 'adverse', 'person'] as const).map((name) =>
    columnAt(system, name),
  ) as [number, number, number];
  const tables = new Map<string, Record<string, GroupTally>>();
  for (const [place, { name }] of system.dimensions.entries()) {
    const table: Record<string, GroupTally> = {};
    let [adverse, decided] = totals;
    for (const { values, n } of cells) {
      const settled = values[settledAt];
      const group = values[place];
      if (typeof settled !== 'string' || settled > month || typeof group !== 'string') continue;
      const against = (values[personAt] ?? values[adverseAt]) === 1 ? n : 0;
      const [a, d] = table[group] ?? [0, 0];
      table[group] = [a + against, d + n];
      adverse -= against;
      decided -= n;
    }
    if (adverse < 0 || decided < adverse) continue;
    if (decided > 0) table[UNKNOWN_GROUP] = [adverse, decided];
    tables.set(name, table);
  }
  return tables;
}
