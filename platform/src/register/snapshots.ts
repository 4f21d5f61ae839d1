import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import {
  advance,
  closePeriod,
  cutGroups,
  type Edge,
  endOfDay,
  type Figures,
  figuresOf,
  type GroupCut,
  legalDayOf,
  NOTHING,
  type Period,
  type Standing,
  type Tally,
  tallies,
} from '../monitoring/index.ts';
import { publicGroups } from '../monitoring/public-groups.ts';
import { runMonitor } from '../monitoring/run.ts';
import { type Db, typed } from '../store/index.ts';
import { authorities } from './authorities.ts';
import type { RegisterTables } from './tables.ts';

/** What a snapshot keeps of one system: what stands published, and where its last closed period ended. */
export interface StoredStanding extends Standing {
  readonly v: 1;
  readonly edge?: Edge | undefined;
  /** What stands published of the groups of each watched attribute. */
  readonly groups?: Readonly<Record<string, GroupCut>> | undefined;
}

/**
 * Takes the snapshot of an authority's figures as `day` ended (Africa/Casablanca): figures are published from
 * snapshots alone, never live. Days that were missed are made up for at their months' ends. What is published
 * follows `monitoring/disclosure.ts`.
 *
 * A day whose snapshot exists, or that is before the latest one, changes nothing and returns false. Throws
 * `invalid-request` for a day that is not over yet.
 */
export async function takeSnapshot(
  ctx: Context,
  authorityId: string,
  day: Temporal.PlainDate | string,
): Promise<boolean> {
  const wanted = Temporal.PlainDate.from(day).toString();
  if (wanted >= legalDayOf(ctx.clock.now())) {
    throw new PlatformError(
      'invalid-request',
      `${wanted} is not over: figures are published a day late at the earliest.`,
      {
        where: 'day',
        mend: 'Take it when the day is over in Morocco.',
      },
    );
  }
  const last = await lastDay(ctx.store.read, authorityId);
  if (last !== undefined && wanted <= last) return false;
  const before = await standings(ctx.store.read, authorityId, last);
  const periods: { systemId: string; period: Period }[] = [];
  let state = before;
  for (const step of await stepsTo(ctx, authorityId, wanted, last)) {
    const counted = await tallies(ctx.store.read, authorityId, endOfDay(step));
    const next = new Map<string, StoredStanding>();
    for (const systemId of await systemsOf(ctx.store.read, authorityId)) {
      const standing = state.get(systemId);
      const tally = counted.get(systemId) ?? NOTHING;
      if (standing === undefined && tally.decided === 0) continue;
      const moved = moveOn(standing, step, tally);
      const groups = await groupsOn(ctx, authorityId, systemId, step, moved.standing);
      next.set(systemId, { ...moved.standing, ...(groups === undefined ? {} : { groups }) });
      for (const period of moved.periods) periods.push({ systemId, period });
    }
    state = next;
  }
  return save(ctx, authorityId, { day: wanted, after: last, state, periods });
}

/**
 * Takes yesterday's snapshots where they are missing. Cheap when nothing is due; call it at start and every hour.
 *
 * @returns how many authorities got a new one
 */
export async function snapshotIfDue(ctx: Context): Promise<number> {
  const yesterday = Temporal.PlainDate.from(legalDayOf(ctx.clock.now())).subtract({ days: 1 });
  let taken = 0;
  for (const authorityId of authorities(ctx).keys()) {
    // A month's groups can be told once the monitor has looked at it.
    await runMonitor(ctx, authorityId);
    if (await takeSnapshot(ctx, authorityId, yesterday)) taken++;
  }
  return taken;
}

function moveOn(
  standing: StoredStanding | undefined,
  day: string,
  tally: Tally,
): { standing: StoredStanding; periods: Period[] } {
  const periods: Period[] = [];
  let edge = standing?.edge;
  const close = (at: Standing, today: string) => {
    const closed = closePeriod(at, edge, today);
    if (closed === undefined) return;
    periods.push(closed.period);
    edge = closed.edge;
  };
  const from = standing?.from ?? `${day.slice(0, 7)}-01`;
  const held: Standing = { from, cuts: standing?.cuts ?? {} };
  close(held, day);
  const moved = advance(held, day, tally);
  close(moved, Temporal.PlainDate.from(day).add({ days: 1 }).toString());
  const groups = standing?.groups === undefined ? {} : { groups: standing.groups };
  return { standing: { v: 1, ...moved, edge, ...groups }, periods };
}

/** The groups' tables, moved on at a month's end on which the decisions against people are cut too. */
async function groupsOn(
  ctx: Context,
  authorityId: string,
  systemId: string,
  day: string,
  standing: StoredStanding,
): Promise<StoredStanding['groups']> {
  const date = Temporal.PlainDate.from(day);
  const cut = standing.cuts.adverse;
  if (date.day !== date.daysInMonth || cut?.day !== day) return standing.groups;
  const { adverse, decided } = cut.tally;
  const tables = await publicGroups(ctx, authorityId, systemId, day.slice(0, 7), [adverse, decided]);
  const groups = { ...standing.groups };
  for (const [attribute, counts] of tables ?? []) {
    const moved = cutGroups(groups[attribute], day, counts);
    if (moved !== undefined) groups[attribute] = moved;
  }
  return groups;
}

/** The days to count: every month's end since the last snapshot, or since the first decision, and the day itself. */
async function stepsTo(ctx: Context, authorityId: string, wanted: string, last: string | undefined) {
  const since = last ?? (await firstDay(ctx, authorityId)) ?? wanted;
  const steps: string[] = [];
  const until = Temporal.PlainDate.from(wanted);
  let month = Temporal.PlainDate.from(since).toPlainYearMonth();
  while (Temporal.PlainYearMonth.compare(month, until.toPlainYearMonth()) <= 0) {
    const end = month.toPlainDate({ day: month.daysInMonth }).toString();
    if ((last === undefined || end > last) && end < wanted) steps.push(end);
    month = month.add({ months: 1 });
  }
  return [...steps, wanted];
}

/** The day on which the authority's first system went live. */
async function firstDay(ctx: Context, authorityId: string): Promise<string | undefined> {
  const row = await typed<RegisterTables>(ctx.store.read)
    .selectFrom('system_status_changes')
    .select(({ fn }) => fn.min('at').as('at'))
    .where('authority_id', '=', authorityId)
    .where('to_status', '=', 'live')
    .executeTakeFirst();
  return row?.at ? legalDayOf(Temporal.Instant.from(row.at)) : undefined;
}

async function systemsOf(db: Db, authorityId: string): Promise<string[]> {
  const rows = await typed<RegisterTables>(db)
    .selectFrom('systems')
    .select('system_id')
    .where('authority_id', '=', authorityId)
    .where('status', '<>', 'draft')
    .execute();
  return rows.map((row) => row.system_id);
}

async function lastDay(db: Db, authorityId: string): Promise<string | undefined> {
  const row = await typed<RegisterTables>(db)
    .selectFrom('register_snapshots')
    .select(({ fn }) => fn.max('day').as('day'))
    .where('authority_id', '=', authorityId)
    .executeTakeFirst();
  return row?.day ?? undefined;
}

async function standings(db: Db, authorityId: string, day: string | undefined) {
  if (day === undefined) return new Map<string, StoredStanding>();
  const rows = await typed<RegisterTables>(db)
    .selectFrom('register_snapshots')
    .select(['system_id', 'figures'])
    .where('authority_id', '=', authorityId)
    .where('day', '=', day)
    .execute();
  return new Map(rows.map((row) => [row.system_id, JSON.parse(row.figures) as StoredStanding]));
}

interface NewSnapshot {
  readonly day: string;
  readonly after: string | undefined;
  readonly state: ReadonlyMap<string, StoredStanding>;
  readonly periods: readonly { systemId: string; period: Period }[];
}

/** Writes all of it, unless another snapshot was taken meanwhile: then that one stands. */
function save(
  ctx: Context,
  authorityId: string,
  { day, after, state, periods }: NewSnapshot,
): Promise<boolean> {
  return ctx.store.transact(async (tx) => {
    if ((await lastDay(tx.db, authorityId)) !== after) return false;
    for (const [systemId, standing] of state) {
      tx.append('register_snapshots', {
        authority_id: authorityId,
        system_id: systemId,
        day,
        figures: JSON.stringify(standing),
      });
    }
    for (const { systemId, period } of periods) {
      tx.append('register_periods', {
        authority_id: authorityId,
        system_id: systemId,
        from_day: period.from,
        to_day: period.to,
        figures: JSON.stringify(figuresOf(period.tallies) satisfies Figures),
      });
    }
    return state.size > 0;
  });
}
