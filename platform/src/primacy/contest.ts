import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import type { PrimacyTables } from './tables.ts';

export const CONTEST_MOST = 2_000;

export interface Contest {
  readonly staffId: string;
  readonly at: string;
  readonly text: string;
}

const place = (authorityId: string, staffId: string, at: string) =>
  `primacy-contest/${authorityId}/${staffId}/${at}`;

/** Keeps what somebody answers to their own figures, sealed under their own key. Throws `invalid-request`. */
export async function contest(
  ctx: Context,
  authorityId: string,
  staffId: string,
  typedText: string,
): Promise<void> {
  const text = typedText.trim();
  if (text.length < 10 || text.length > CONTEST_MOST) {
    throw new PlatformError('invalid-request', `Write 10 to ${CONTEST_MOST} characters.`, { where: 'text' });
  }
  const at = stamp(ctx.clock.now());
  const sealed = sealBytes(ctx.vault.caseKey(authorityId, staffId), place(authorityId, staffId, at), text);
  await ctx.store.transact(async (tx) =>
    tx.append('primacy_contests', { authority_id: authorityId, staff_id: staffId, at, sealed }),
  );
}

/** What was answered to figures, newest first: by one person, or by all. */
export async function contestsOf(ctx: Context, authorityId: string, staffId?: string): Promise<Contest[]> {
  let rows = typed<PrimacyTables>(ctx.store.read)
    .selectFrom('primacy_contests')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('at', 'desc')
    .limit(100);
  if (staffId !== undefined) rows = rows.where('staff_id', '=', staffId);
  return (await rows.execute()).map((row) => {
    const key = ctx.vault.caseKey(authorityId, row.staff_id);
    const text = openBytes(key, place(authorityId, row.staff_id, row.at), row.sealed).toString();
    return { staffId: row.staff_id, at: row.at, text };
  });
}
