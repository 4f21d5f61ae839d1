import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { type Db, typed } from '../store/index.ts';
import { readCube, type StoredCell } from './cell-store.ts';
import { legalDayOf } from './counts.ts';
import { countGroups } from './group-counts.ts';
import type { Watched } from './plan.ts';
import type { MonitoringTables } from './tables.ts';
import type { Look, StrataCounts } from './watch.ts';
import { columnAt, groupWatches } from './watches.ts';

/** Months after which evidence is gathered anew even if the model stays the same. */
const RESTART_MONTHS = 12;

/** Every look under a declaration, oldest first. */
export async function readLooks(
  db: Db,
  { authorityId, systemId, declared }: Pick<Watched, 'authorityId' | 'systemId' | 'declared'>,
): Promise<Look[]> {
  const rows = await typed<MonitoringTables>(db)
    .selectFrom('monitor_looks')
    .select('counts')
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .where('revision', '=', declared.revision)
    .orderBy('month')
    .execute();
  return rows.map((row) => JSON.parse(row.counts) as Look);
}

/**
 * Looks at every month that is over and was not looked at, once each. The count must have followed the feed to its end:
 * what a look saw stays, whatever happens to the cases later. Under a declaration that is not the first, months before it
 * set the level only.
 *
 * @returns the looks taken
 */
export async function lookAtClosedMonths(ctx: Context, watched: Watched): Promise<readonly Look[]> {
  const { authorityId, systemId, declared } = watched;
  const present = legalDayOf(ctx.clock.now()).slice(0, 7);
  const [people, officers, reviews] = await Promise.all(
    (['groups', 'officers', 'reviews'] as const).map((cube) =>
      readCube(ctx.store.read, authorityId, systemId, cube),
    ),
  );
  const earlier = await readLooks(ctx.store.read, watched);
  const months = monthsToLookAt(watched, people ?? [], earlier, present);
  const taken: Look[] = [];
  for (const month of months) {
    const look = lookAt(watched, month, [...earlier, ...taken], {
      people: (people ?? []).filter(({ values }) => values[columnAt(watched, 'opened')] === month),
      officers: (officers ?? []).filter(({ values }) => values[1] === month),
      reviews: (reviews ?? []).filter(({ values }) => values[0] === month),
    });
    taken.push(look);
  }
  if (taken.length === 0) return [];
  const at = stamp(ctx.clock.now());
  return ctx.store.transact(async (tx) => {
    const now = await readLooks(tx.db, watched);
    if (now.length !== earlier.length) return [];
    for (const look of taken) {
      tx.append('monitor_looks', {
        authority_id: authorityId,
        system_id: systemId,
        revision: declared.revision,
        month: look.month,
        looked_at: at,
        counts: JSON.stringify(look),
      });
    }
    return taken;
  });
}

function monthsToLookAt(
  watched: Watched,
  people: readonly StoredCell[],
  earlier: readonly Look[],
  present: string,
): string[] {
  const at = columnAt(watched, 'opened');
  const first = people.reduce<string | undefined>((least, { values }) => {
    const month = values[at] as string;
    return least === undefined || month < least ? month : least;
  }, undefined);
  const last = earlier.at(-1)?.month;
  const from = last === undefined ? first : nextMonth(last);
  const months: string[] = [];
  for (let month = from; month !== undefined && month < present; month = nextMonth(month)) months.push(month);
  return months;
}

function nextMonth(month: string): string {
  return Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();
}

interface MonthCells {
  readonly people: readonly StoredCell[];
  readonly officers: readonly StoredCell[];
  readonly reviews: readonly StoredCell[];
}

function lookAt(watched: Watched, month: string, before: readonly Look[], cells: MonthCells): Look {
  const versionAt = columnAt(watched, 'version');
  const last = before.at(-1);
  const version = cells.people.reduce(
    (newest, { values }) => Math.max(newest, values[versionAt] as number),
    last?.version ?? 0,
  );
  const sinceStart = before.length - before.findLastIndex(({ start }) => start);
  return {
    month,
    start: last === undefined || version > last.version || sinceStart >= RESTART_MONTHS,
    version,
    counts: Object.fromEntries([
      ...countGroups(watched, groupWatches(watched), cells.people),
      ...countOfficers(cells.officers),
      ...countRecords(cells.reviews),
    ]),
  };
}

/** Confirmations and overrides in a few seconds, each officer beside all others. */
function countOfficers(cells: readonly StoredCell[]): [string, readonly StrataCounts[]][] {
  const byOfficer = new Map<string, [hasty: number, all: number]>();
  for (const { values, n } of cells) {
    const [officer, , , , hasty] = values;
    if (hasty === null) continue;
    const own = byOfficer.get(officer as string) ?? [0, 0];
    byOfficer.set(officer as string, [own[0] + (hasty === 1 ? n : 0), own[1] + n]);
  }
  const all = [...byOfficer.values()].reduce(([h, a], [hasty, n]) => [h + hasty, a + n], [0, 0]);
  return [...byOfficer].map(([officer, [hasty, n]]) => [
    `officer|${officer}`,
    [[hasty, n, all[0] - hasty, all[1] - n]],
  ]);
}

/** Recorded facts that reviews found wrong, out of all answers of the month. */
function countRecords(cells: readonly StoredCell[]): [string, readonly StrataCounts[]][] {
  const answered = cells.reduce((sum, { n }) => sum + n, 0);
  const wrong = new Map<string, number>();
  for (const { values, n } of cells) {
    for (const fact of values[2] as readonly string[]) wrong.set(fact, (wrong.get(fact) ?? 0) + n);
  }
  return [
    ['record|', [[0, answered, 0, 0]]],
    ...[...wrong].map(([fact, n]): [string, readonly StrataCounts[]] => [
      `record|${fact}`,
      [[n, answered, 0, 0]],
    ]),
  ];
}
