import {
  type FigureDays,
  type Figures,
  type GroupCut,
  type Share,
  shareOf,
  totalsOf,
} from '../monitoring/index.ts';
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

/** The groups of one attribute: of the cases decided in each, those decided against the person. */
export interface PublishedGroups {
  /** The day up to which they count. */
  readonly until: string;
  /** By group; the empty name is those of unknown group. */
  readonly groups: Readonly<Record<string, Share>>;
  /** Groups too small to stand alone, together; null where there is nobody. */
  readonly together: Share | null;
}

export interface PublishedFigures {
  /** The day of the snapshot. */
  readonly day: string;
  /** First day that the totals cover. */
  readonly from: string;
  readonly totals: Figures;
  /** Of each total the day up to which it counts; earlier than `day` where too few people came since. */
  readonly until: FigureDays;
  /** Of each watched attribute its groups, once there are enough people. */
  readonly groups: Readonly<Record<string, PublishedGroups>>;
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
    groups: Object.fromEntries(
      Object.entries(standing.groups ?? {}).map(([attribute, cut]) => [attribute, publishedGroups(cut)]),
    ),
    periods: periods.map((row) => ({
      from: row.from_day,
      to: row.to_day,
      figures: JSON.parse(row.figures) as Figures,
    })),
  };
}

function publishedGroups({ day, groups, rest }: GroupCut): PublishedGroups {
  return {
    until: day,
    groups: Object.fromEntries(
      Object.entries(groups).map(([group, [adverse, of]]) => [group, shareOf(adverse, of)]),
    ),
    together: rest === null ? null : shareOf(...rest),
  };
}
