import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { PublishedSystem } from '../register/systems.ts';
import { type Transaction, typed } from '../store/index.ts';
import { fold } from './fold.ts';
import type { DeskTables } from './tables.ts';

/** A text of reasons as it is looked for among others: a MAC of the folded text, never the text. */
export interface Words {
  readonly system: PublishedSystem;
  readonly mac: Uint8Array;
}

export function wordsOf(ctx: Context, system: PublishedSystem, text: string): Words {
  return { system, mac: ctx.vault.keyring.mac('reasons', system.authorityId, system.systemId, fold(text)) };
}

/** Refuses a text that stands, word for word, in as many other cases as the system's record allows. */
export async function assertOwnWords(tx: Transaction, { system, mac }: Words): Promise<void> {
  const limit = system.record.sameReasonsLimit;
  const same = await typed<DeskTables>(tx.db)
    .selectFrom('desk_reasons')
    .select('decision_id')
    .where('authority_id', '=', system.authorityId)
    .where('system_id', '=', system.systemId)
    .where('text_mac', '=', mac)
    .limit(limit)
    .execute();
  if (same.length < limit) return;
  throw new PlatformError(
    'reasons-insufficient',
    `The same text already stands in ${same.length} other cases.`,
    {
      where: 'text',
      faults: [{ where: 'copied', what: 'is the same as in other cases' }],
      mend: 'Write what is particular to this file: the reasons must be those of this decision.',
    },
  );
}

/** Remembers that the text now stands in one more place. Seen at once by what the same commit seals after it. */
export async function rememberWords(
  tx: Transaction,
  { system, mac }: Words,
  decisionOrReview: string,
): Promise<void> {
  await typed<DeskTables>(tx.db)
    .insertInto('desk_reasons')
    .values({
      authority_id: system.authorityId,
      system_id: system.systemId,
      text_mac: mac,
      decision_id: decisionOrReview,
    })
    .execute();
}
