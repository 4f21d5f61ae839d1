import { type FigureDays, type Figures, totalsOf } from '../monitoring/index.ts';
import { type Db, typed } from '../store/index.ts';
import type { StoredStanding } from './snapshots.ts';
import type { RegisterTables } from './tables.ts';

/** How many closed periods a page or an answer shows, newest first. */
export const PERIODS_SHOWN = 60;

export interface PublishedPeriod {
  /** Days, inclusive. */
  readonly from: string;
  readonly to: string;
  readonly figures: Figures;
}

export interface PublishedFigures {
  /** The day of the snapshot. */
  readonly day: string;
  /** First day that the totals cover. */
  readonly from: string;
  readonly totals: Figures;
  /** Of each total the day up to which it counts; earlier than `day` where too few people came since. */
  readonly until: FigureDays;
  /** Newest first. */
  readonly periods: readonly PublishedPeriod[];
}

/** The figures of the latest snapshot; undefined before the first one. */
export async function readFigures(
  db: Db,
  authorityId: string,
  systemId: string,
): Promise<PublishedFigures | undefined> {
  const own = typed<RegisterTables>(db);
  const snapshot = await own
    .selectFrom('register_snapshots')
    .select(['day', 'figures'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (snapshot === undefined) return undefined;
  const periods = await own
    .selectFrom('register_periods')
    .select(['from_day', 'to_day', 'figures'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('to_day', 'desc')
    .limit(PERIODS_SHOWN)
    .execute();
  const standing = JSON.parse(snapshot.figures) as StoredStanding;
  const { figures, until } = totalsOf(standing);
  return {
    day: snapshot.day,
    from: standing.from,
    totals: figures,
    until,
    periods: periods.map((row) => ({
      from: row.from_day,
      to: row.to_day,
      figures: JSON.parse(row.figures) as Figures,
    })),
  };
}
