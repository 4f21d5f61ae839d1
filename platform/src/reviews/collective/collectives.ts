import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { type Db, typed } from '../../store/index.ts';
import { openBytes, sealBytes } from '../../vault/seal.ts';
import type { Lang } from '../../web/index.ts';
import type { ReviewTables } from '../tables.ts';

export type CollectiveRow = ReviewTables['collectives'];

/** What everybody may see of a collective request: never who asked, nor who represents them. */
export interface PublicCollective {
  readonly authorityId: string;
  readonly collectiveId: string;
  readonly systemId: string;
  readonly status: CollectiveRow['status'];
  readonly subject: string;
  readonly lang: Lang;
  readonly openedAt: string;
  readonly answer:
    | {
        readonly at: string;
        readonly text: string;
        readonly lang: Lang;
        /** Null where publishing it would tell of few people (I9). */
        readonly members: number | null;
        readonly upheld: number | null;
        readonly rejected: number | null;
      }
    | undefined;
}

export function publicCollective(row: CollectiveRow): PublicCollective {
  return {
    authorityId: row.authority_id,
    collectiveId: row.collective_id,
    systemId: row.system_id,
    status: row.status,
    subject: row.subject,
    lang: row.lang as Lang,
    openedAt: row.opened_at,
    answer:
      row.answered_at === null
        ? undefined
        : {
            at: row.answered_at,
            text: row.answer ?? '',
            lang: (row.answer_lang ?? 'ar') as Lang,
            members: row.members,
            upheld: row.upheld,
            rejected: row.rejected,
          },
  };
}

/** One collective request by its number, of whichever authority: numbers are unique. Throws `not-found`. */
export async function findCollective(
  db: Db,
  collectiveId: string,
  authorityId?: string,
): Promise<CollectiveRow> {
  let query = typed<ReviewTables>(db)
    .selectFrom('collectives')
    .selectAll()
    .where('collective_id', '=', collectiveId);
  if (authorityId !== undefined) query = query.where('authority_id', '=', authorityId);
  const row = await query.executeTakeFirst();
  if (row !== undefined) return row;
  throw new PlatformError('not-found', 'There is no such collective request.', {
    mend: 'Check the number that the representative gave.',
  });
}

export async function listCollectives(ctx: Context, authorityId: string): Promise<CollectiveRow[]> {
  return typed<ReviewTables>(ctx.store.read)
    .selectFrom('collectives')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('opened_at', 'desc')
    .orderBy('collective_id')
    .limit(200)
    .execute();
}

/** The requests of its members, as rows. */
export async function membersOf(db: Db, row: CollectiveRow) {
  return typed<ReviewTables>(db)
    .selectFrom('reviews')
    .selectAll()
    .where('authority_id', '=', row.authority_id)
    .where('collective_id', '=', row.collective_id)
    .execute();
}

const place = (authorityId: string, collectiveId: string) => `collective/${authorityId}/${collectiveId}`;
/** Under the collective's own key, which must have been made. */
export function sealRepresentative(ctx: Context, authorityId: string, collectiveId: string, name: string) {
  return sealBytes(ctx.vault.caseKey(authorityId, collectiveId), place(authorityId, collectiveId), name);
}

/** Who represents them: told to those who give a mandate and to the desk, never in public. */
export function representativeOf(ctx: Context, row: CollectiveRow): string {
  const { authority_id: authorityId, collective_id: collectiveId, representative } = row;
  return openBytes(
    ctx.vault.caseKey(authorityId, collectiveId),
    place(authorityId, collectiveId),
    representative,
  ).toString();
}
