import { type Db, typed } from '../store/index.ts';
import type { LedgerTables } from './tables.ts';

/**
 * The logs of one authority in time: the first has the authority's id, and where a log had to be closed, its successor
 * is `authority~2`, and so on. Each has an origin, a key and a tree of its own. An entry's index among all entries of
 * the authority (its place in `case_events` and `journal`) never restarts: it is `base` plus its index in its log.
 */
export interface LogPlace {
  readonly logId: string;
  readonly generation: number;
  readonly base: number;
}

export function logIdOf(authorityId: string, generation: number): string {
  return generation === 1 ? authorityId : `${authorityId}~${generation}`;
}

/** The authority that a log belongs to. */
export function authorityOf(logId: string): string {
  return logId.split('~', 1)[0] as string;
}

/** All logs of an authority, oldest first; there is always a first one, opened or not. */
export async function lineage(db: Db, authorityId: string): Promise<LogPlace[]> {
  const rows = await typed<LedgerTables>(db)
    .selectFrom('log_lineage')
    .select(['generation', 'base'])
    .where('authority_id', '=', authorityId)
    .orderBy('generation')
    .execute();
  return [
    { logId: authorityId, generation: 1, base: 0 },
    ...rows.map(({ generation, base }) => ({
      logId: logIdOf(authorityId, Number(generation)),
      generation: Number(generation),
      base: Number(base),
    })),
  ];
}

/** The log that holds an entry of the authority. */
export function placeOf(logs: readonly LogPlace[], index: number): LogPlace {
  return logs.findLast(({ base }) => index >= base) as LogPlace;
}
