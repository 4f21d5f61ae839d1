import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { groupAppend, typed } from '../store/index.ts';
import type { AccessTables } from './tables.ts';

export interface Access {
  readonly authorityId: string;
  /** Staff id, API key id, `monitor` or `citizen`; never a name. */
  readonly actor: string;
  /** A code such as `case.read`. */
  readonly action: string;
  readonly caseId?: string | undefined;
  /** A code such as `desk`: why it was read. */
  readonly purpose: string;
}

const CODE = /^[a-z][a-z0-9.-]{0,63}$/;
const ACTOR = /^(?:citizen|setup|monitor|(?:stf|key)_[0-9a-z_]{1,60})$/;

/**
 * Records that somebody read a person's data, and resolves when that is durable: show the data only then. Accesses that
 * arrive together share one commit. Throws `invalid-request` for anything but codes and identifiers, so that neither a
 * name nor a fact can stand here.
 */
export async function logAccess(ctx: Context, access: Access): Promise<void> {
  await groupAppend(ctx.store, 'access_log', rowOf(ctx, access));
}

/** Records many accesses in one commit of their own; resolves and throws as {@link logAccess}. */
export async function logAccesses(ctx: Context, accesses: readonly Access[]): Promise<void> {
  const rows = accesses.map((access) => rowOf(ctx, access));
  if (rows.length === 0) return;
  await ctx.store.transact(async (tx) => {
    for (const row of rows) tx.append('access_log', row);
  });
}

function rowOf(ctx: Context, { authorityId, actor, action, caseId, purpose }: Access) {
  if (!CODE.test(action) || !CODE.test(purpose) || !ACTOR.test(actor)) {
    throw new PlatformError('invalid-request', 'The access log takes codes and identifiers only.', {
      where: CODE.test(action) ? (CODE.test(purpose) ? 'actor' : 'purpose') : 'action',
      mend: 'Codes are lower-case letters, digits, points and hyphens; the actor is a staff or key id, "monitor" or "citizen".',
    });
  }
  return {
    authority_id: authorityId,
    at: stamp(ctx.clock.now()),
    access_id: newId('acc'),
    actor,
    action,
    case_id: caseId ?? null,
    purpose,
  };
}

export interface AccessEntry {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly caseId: string | undefined;
  readonly purpose: string;
}

export interface AccessPage {
  readonly entries: readonly AccessEntry[];
  /** Cursor of the next, older page. */
  readonly next: string | undefined;
}

const CURSOR = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)~(acc_[0-9a-z]{24})$/;

/** The accesses of an authority, newest first, `most` a page. Throws `invalid-request` for a cursor it did not give. */
export async function listAccess(
  ctx: Context,
  authorityId: string,
  {
    caseId,
    after,
    without,
    most = 50,
  }: {
    caseId?: string | undefined;
    after?: string | undefined;
    /** Leaves out the accesses of this actor. */
    without?: string | undefined;
    most?: number;
  } = {},
): Promise<AccessPage> {
  let query = typed<AccessTables>(ctx.store.read)
    .selectFrom('access_log')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('at', 'desc')
    .orderBy('access_id', 'desc')
    .limit(most + 1);
  if (caseId !== undefined) query = query.where('case_id', '=', caseId);
  if (without !== undefined) query = query.where('actor', '<>', without);
  if (after !== undefined) {
    const [, at, id] = CURSOR.exec(after) ?? [];
    if (at === undefined || id === undefined) {
      throw new PlatformError('invalid-request', 'This is not a cursor of the access log.', {
        where: 'after',
        mend: 'Start from the first page.',
      });
    }
    query = query.where((e) => e.or([e('at', '<', at), e.and([e('at', '=', at), e('access_id', '<', id)])]));
  }
  const rows = await query.execute();
  const shown = rows.slice(0, most);
  const last = shown.at(-1);
  return {
    entries: shown.map((row) => ({
      at: row.at,
      actor: row.actor,
      action: row.action,
      caseId: row.case_id ?? undefined,
      purpose: row.purpose,
    })),
    next: rows.length > most && last !== undefined ? `${last.at}~${last.access_id}` : undefined,
  };
}
