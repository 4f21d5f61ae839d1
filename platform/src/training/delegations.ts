import { assertActive, assertStillAllowed, BY_SETUP } from '../access/staff.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type Transaction, typed } from '../store/index.ts';
import { ACTS, type Act } from './acts.ts';
import { assertOther } from './certificates.ts';
import type { TrainingTables } from './tables.ts';
import {
  type At,
  changedIn,
  legalDay,
  parsePeriod,
  readOnce,
  type Standing,
  standingOf,
} from './validity.ts';

const EVERY = '*';

export interface Delegation {
  readonly delegationId: string;
  readonly act: Act;
  /** A system id, or `all`. */
  readonly scope: string;
  /** First and last day, both included, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** Reference of the act that delegates the signature. */
  readonly instrument: string;
}

export interface NewDelegation extends Omit<Delegation, 'delegationId'> {
  readonly authorityId: string;
  readonly staffId: string;
  readonly by?: string;
}

/**
 * Records a delegation of signature that the competent authority has given by an act of its own. Throws
 * `invalid-request`, `not-found`, `forbidden`, `not-independent` for oneself.
 */
export async function grantDelegation(
  ctx: Context,
  wanted: NewDelegation,
): Promise<{ delegationId: string }> {
  const { authorityId, staffId, act, scope, by = BY_SETUP } = wanted;
  const instrument = wanted.instrument.normalize('NFC').trim();
  const { from, to } = parsePeriod(wanted.from, wanted.to, legalDay(ctx.clock.now()));
  if (!ACTS.includes(act)) throw fault('act', `The act must be one of: ${ACTS.join(', ')}.`);
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(scope))
    throw fault('scope', 'The scope must be a system id or "all".');
  if (instrument === '' || instrument.length > 200) {
    throw fault(
      'instrument',
      'Give the reference of the act that delegates the signature, in at most 200 characters.',
    );
  }
  assertOther(staffId, by);
  const delegationId = newId('del');
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'delegation-granted',
    facts: { delegation: delegationId, staff: staffId, act, scope, from, to, instrument, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'delegation.grant');
      await assertActive(tx, authorityId, staffId);
    },
    write(tx, index, at) {
      tx.append('delegations', {
        authority_id: authorityId,
        delegation_id: delegationId,
        staff_id: staffId,
        act,
        scope: scope === 'all' ? EVERY : scope,
        valid_from: from,
        valid_to: to,
        instrument,
        granted_by: by,
        granted_at: at,
        revoked_at: null,
        log_index: index,
      });
      changedIn(tx);
    },
  });
  return { delegationId };
}

function fault(where: string, what: string): PlatformError {
  return new PlatformError('invalid-request', what, { where });
}

/** Records that a delegation was withdrawn, from now on. Throws `not-found`, or `conflict` when it was before. */
export async function revokeDelegation(
  ctx: Context,
  { authorityId, delegationId, by }: { authorityId: string; delegationId: string; by: string },
): Promise<void> {
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'delegation-revoked',
    facts: { delegation: delegationId, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'delegation.grant');
      const row = await typed<TrainingTables>(tx.db)
        .selectFrom('delegations')
        .select('revoked_at')
        .where('authority_id', '=', authorityId)
        .where('delegation_id', '=', delegationId)
        .executeTakeFirst();
      if (row === undefined)
        throw new PlatformError('not-found', 'There is no such delegation in this authority.');
      if (row.revoked_at !== null)
        throw new PlatformError('conflict', 'This delegation was withdrawn before.');
    },
    async write(tx, _index, at) {
      await typed<TrainingTables>(tx.db)
        .updateTable('delegations')
        .set({ revoked_at: at })
        .where('authority_id', '=', authorityId)
        .where('delegation_id', '=', delegationId)
        .execute();
      changedIn(tx);
    },
  });
}

export interface CompetenceAsked {
  readonly authorityId: string;
  readonly staffId: string;
  readonly act: Act;
  readonly systemId: string;
  readonly at: At;
}

/**
 * For use inside a sealing transaction: the delegation under which the person signs this act for this system at `at`;
 * one for the system itself before a general one, then the one that runs longest. Throws `not-competent`.
 */
export async function competence(tx: Transaction, asked: CompetenceAsked): Promise<Delegation> {
  const { authorityId, staffId, act, systemId, at } = asked;
  const rows = await readOnce(tx, `delegations/${authorityId}/${staffId}`, () =>
    typed<TrainingTables>(tx.db)
      .selectFrom('delegations')
      .selectAll()
      .where('authority_id', '=', authorityId)
      .where('staff_id', '=', staffId)
      .execute(),
  );
  const fitting = rows
    .filter((row) => row.act === act && (row.scope === systemId || row.scope === EVERY))
    .toSorted((a, b) => rank(b).localeCompare(rank(a)));
  const found = fitting.find((row) => standingOf(row, at) === 'valid');
  if (found !== undefined) return toDelegation(found);
  const last = fitting.toSorted((a, b) => b.valid_to.localeCompare(a.valid_to))[0];
  throw new PlatformError('not-competent', reasonOf(last, at), {
    where: staffId,
    mend: 'Without a delegation there is only a proposal. Have a supervisor record the act that delegates the signature (act, scope, dates, reference) on the page "People".',
  });
}

const rank = (row: TrainingTables['delegations']) =>
  `${row.scope === EVERY ? 0 : 1} ${row.valid_to} ${row.delegation_id}`;

function reasonOf(last: TrainingTables['delegations'] | undefined, at: At): string {
  if (last === undefined) return 'No delegation of signature covers this act for this system.';
  const standing = standingOf(last, at);
  if (standing === 'future')
    return `Your delegation of signature (${last.instrument}) begins on ${last.valid_from}.`;
  if (standing === 'revoked') return `Your delegation of signature (${last.instrument}) was withdrawn.`;
  return `Your delegation of signature (${last.instrument}) ended on ${last.valid_to}.`;
}

function toDelegation(row: TrainingTables['delegations']): Delegation {
  return {
    delegationId: row.delegation_id,
    act: row.act,
    scope: row.scope === EVERY ? 'all' : row.scope,
    from: row.valid_from,
    to: row.valid_to,
    instrument: row.instrument,
  };
}

export interface ListedDelegation extends Delegation {
  readonly staffId: string;
  readonly grantedBy: string;
  readonly grantedAt: string;
  readonly standing: Standing;
}

/** The delegations of an authority, or of one person, latest end first, with where each stands now. */
export async function listDelegations(
  ctx: Context,
  authorityId: string,
  { staffId }: { staffId?: string } = {},
): Promise<ListedDelegation[]> {
  let query = typed<TrainingTables>(ctx.store.read)
    .selectFrom('delegations')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('valid_to', 'desc')
    .orderBy('log_index', 'desc');
  if (staffId !== undefined) query = query.where('staff_id', '=', staffId);
  const now = ctx.clock.now();
  return (await query.execute()).map((row) => ({
    ...toDelegation(row),
    staffId: row.staff_id,
    grantedBy: row.granted_by,
    grantedAt: row.granted_at,
    standing: standingOf(row, now),
  }));
}
