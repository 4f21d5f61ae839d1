import type { JsonValue } from '@taalil/transparency-log';
import { assertStillAllowed } from '../access/index.ts';
import { legalDay } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { loadSystem, systemState } from '../register/systems.ts';
import { type Transaction, typed } from '../store/index.ts';
import { stand, standingOf } from './standing.ts';
import type { WithholdingTables } from './tables.ts';
import { parseTerms, type WithholdingTerms } from './terms.ts';

export interface AskedWithholding {
  readonly authorityId: string;
  readonly systemId: string;
  readonly terms: unknown;
  /** Staff id of whoever asks. */
  readonly by: string;
}

/**
 * Asks that reasons of a system be withheld; nothing is withheld by asking. Sealed in the authority's log. Throws
 * `not-found`, `forbidden`, `invalid-request`.
 */
export async function askWithholding(
  ctx: Context,
  { authorityId, systemId, terms, by }: AskedWithholding,
): Promise<{ withholdingId: string }> {
  const state = await systemState(ctx.store, authorityId, systemId);
  if (state === undefined)
    throw new PlatformError('not-found', `There is no system "${systemId}" in this authority.`);
  const { record } = await loadSystem(ctx.store.read, authorityId, systemId, state.version);
  const asked = parseTerms(terms, record, legalDay(ctx.clock.now()));
  const withholdingId = newId('wth');
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'withholding-asked',
    facts: { system: systemId, withholding: withholdingId, terms: asked as unknown as JsonValue, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'withholding.ask'),
    write(tx, _index, at) {
      tx.append('withholdings', {
        authority_id: authorityId,
        withholding_id: withholdingId,
        system_id: systemId,
        terms: JSON.stringify(asked),
        asked_by: by,
        asked_at: at,
        approved_by: null,
        approved_at: null,
        ended_by: null,
        ended_at: null,
      });
    },
  });
  return { withholdingId };
}

export interface WithholdingAct {
  readonly authorityId: string;
  readonly withholdingId: string;
  readonly by: string;
}

/**
 * Approves a withholding, by somebody else than who asked for it. It covers decisions made from this commit on, never
 * one that was made before: what a person has read stays readable. Throws `not-found`, `forbidden`, `not-independent`,
 * `conflict` (approved or ended already, or its end has passed).
 */
export async function approveWithholding(ctx: Context, act: WithholdingAct): Promise<void> {
  const { authorityId, withholdingId, by } = act;
  const row = await find(ctx.store.read, authorityId, withholdingId);
  if (row.asked_by === by) {
    throw new PlatformError('not-independent', 'Who asks to withhold a reason does not approve it.', {
      mend: 'Let another supervisor decide.',
    });
  }
  const terms = JSON.parse(row.terms) as WithholdingTerms;
  const system = { authorityId, systemId: row.system_id };
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'withholding-approved',
    facts: { system: row.system_id, withholding: withholdingId, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'withholding.approve');
      const now = await find(tx.db, authorityId, withholdingId);
      if (now.approved_at !== null || now.ended_at !== null) throw settledBefore();
      if (terms.until < legalDay(ctx.clock.now()))
        throw new PlatformError('conflict', 'Its last day has passed: there is nothing left to withhold.');
    },
    async write(tx, index, at) {
      await update(tx, act, { approved_by: by, approved_at: at });
      const { approved } = await standingOf(tx, system);
      await stand(
        tx,
        system,
        [...approved, { id: withholdingId, approvedOn: legalDay(at), ...terms }],
        index,
      );
    },
  });
}

/** Ends a withholding before its last day, or refuses one that was asked for. What it covered is disclosed at once. */
export async function endWithholding(ctx: Context, act: WithholdingAct): Promise<void> {
  const { authorityId, withholdingId, by } = act;
  const row = await find(ctx.store.read, authorityId, withholdingId);
  const system = { authorityId, systemId: row.system_id };
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'withholding-ended',
    facts: { system: row.system_id, withholding: withholdingId, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'withholding.approve');
      if ((await find(tx.db, authorityId, withholdingId)).ended_at !== null) throw settledBefore();
    },
    async write(tx, index, at) {
      await update(tx, act, { ended_by: by, ended_at: at });
      const { approved } = await standingOf(tx, system);
      await stand(
        tx,
        system,
        approved.filter(({ id }) => id !== withholdingId),
        index,
      );
    },
  });
}

export type WithholdingRow = WithholdingTables['withholdings'];

/** Every withholding of an authority, newest first. */
export function listWithholdings(ctx: Context, authorityId: string): Promise<WithholdingRow[]> {
  return typed<WithholdingTables>(ctx.store.read)
    .selectFrom('withholdings')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('asked_at', 'desc')
    .execute();
}

async function find(db: Transaction['db'], authorityId: string, id: string): Promise<WithholdingRow> {
  const row = await typed<WithholdingTables>(db)
    .selectFrom('withholdings')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('withholding_id', '=', id)
    .executeTakeFirst();
  if (row === undefined)
    throw new PlatformError('not-found', 'There is no such withholding in this authority.');
  return row;
}

async function update(
  tx: Transaction,
  { authorityId, withholdingId }: WithholdingAct,
  change: Partial<WithholdingRow>,
): Promise<void> {
  await typed<WithholdingTables>(tx.db)
    .updateTable('withholdings')
    .set(change)
    .where('authority_id', '=', authorityId)
    .where('withholding_id', '=', withholdingId)
    .execute();
}

function settledBefore(): PlatformError {
  return new PlatformError('conflict', 'This withholding was decided on already.', {
    mend: 'Look at the list again.',
  });
}
