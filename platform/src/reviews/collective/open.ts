import { assertStillAllowed } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { recordInJournal } from '../../ledger/journal.ts';
import { systemState } from '../../register/systems.ts';
import { typed } from '../../store/index.ts';
import type { Lang } from '../../web/index.ts';
import type { ReviewTables } from '../tables.ts';
import { sealRepresentative } from './collectives.ts';
import { assertNothingPersonal } from './public-text.ts';

export interface NewCollective {
  readonly authorityId: string;
  readonly systemId: string;
  /** Public: what it is about. */
  readonly subject: string;
  readonly lang: Lang;
  /** Who represents the members; sealed, and told only to them and to the desk. */
  readonly representative: string;
  /** Staff id of the agent who compared the representative's identity. */
  readonly by: string;
}

/**
 * Opens a collective request: one representative, to whom each member gives a mandate of their own. Its opening is public
 * and in the log; nobody belongs to it yet. Throws `invalid-request`, `not-found`, `forbidden`.
 */
export async function openCollective(ctx: Context, wanted: NewCollective): Promise<{ collectiveId: string }> {
  const { authorityId, systemId, lang, by } = wanted;
  const representative = wanted.representative.normalize('NFC').trim();
  if (representative === '' || representative.length > 200) {
    throw new PlatformError('invalid-request', 'The name is missing or too long.', {
      where: 'representative',
    });
  }
  const subject = assertNothingPersonal(wanted.subject, 'subject', [representative]);
  const state = await systemState(ctx.store, authorityId, systemId);
  if (state === undefined)
    throw new PlatformError('not-found', 'There is no such system.', { where: 'system' });
  const collectiveId = newId('col');
  ctx.vault.newKey(authorityId, collectiveId);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'collective-opened',
    facts: { collective: collectiveId, system: systemId, subject, lang, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'counter.assist'),
    async write(tx, _index, at) {
      await typed<ReviewTables>(tx.db)
        .insertInto('collectives')
        .values({
          authority_id: authorityId,
          collective_id: collectiveId,
          system_id: systemId,
          status: 'open',
          subject,
          lang,
          representative: sealRepresentative(ctx, authorityId, collectiveId, representative),
          opened_at: at,
          opened_by: by,
          answered_at: null,
          answered_by: null,
          answer: null,
          answer_lang: null,
          members: null,
          upheld: null,
          rejected: null,
        })
        .execute();
    },
  });
  return { collectiveId };
}
