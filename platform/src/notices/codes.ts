import { randomInt } from 'node:crypto';
import { findCase } from '../cases/cases.ts';
import { recordCaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { type Db, typed } from '../store/index.ts';
import { type Actor, actorFact } from './actor.ts';
import { forgetGuesses } from './guesses.ts';
import type { NoticeTables } from './tables.ts';

/** 12 decimal digits: short enough to dictate, and 10^12 of them against a few guesses an hour. */
function newCode(): string {
  return String(randomInt(10 ** 12)).padStart(12, '0');
}

/** What is kept of a code. Bound to case and version: a row moved elsewhere opens nothing. */
export function codeMac(
  ctx: Context,
  authorityId: string,
  caseId: string,
  version: number,
  code: string,
): Buffer {
  return ctx.vault.keyring.mac('notice-code', authorityId, caseId, String(version), code);
}

export async function presentCode(db: Db, authorityId: string, caseId: string) {
  return typed<NoticeTables>(db)
    .selectFrom('notice_codes')
    .select(['version', 'code_mac', 'issued_at'])
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .executeTakeFirst();
}

export interface CodeRequest {
  readonly authorityId: string;
  readonly caseId: string;
  readonly by: Actor;
}

export interface IssuedCode {
  readonly reference: string;
  /** 12 digits. This is the only time they can be read; print them as `groupCode` groups them. */
  readonly code: string;
  readonly codeVersion: number;
  readonly at: string;
}

/**
 * Makes a new code for a case. From the commit on the old one opens nothing, and what it had opened is closed; wrong
 * guesses counted so far are forgotten. Throws `not-found`, `erased`, and `conflict` when two ask at once.
 */
export async function issueCode(ctx: Context, { authorityId, caseId, by }: CodeRequest): Promise<IssuedCode> {
  const found = await findCase(ctx, authorityId, caseId);
  if (found === undefined) {
    throw new PlatformError('not-found', 'There is no such case.', {
      mend: 'Check the identifier; the case must belong to your own authority.',
    });
  }
  const before = (await presentCode(ctx.store.read, authorityId, caseId))?.version ?? 0;
  const codeVersion = before + 1;
  const code = newCode();
  const row = { version: codeVersion, code_mac: codeMac(ctx, authorityId, caseId, codeVersion, code) };
  const { at } = await recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: found.systemId,
    type: 'code-issued',
    facts: { code_version: codeVersion, by: actorFact(by) },
    async check(tx) {
      if (((await presentCode(tx.db, authorityId, caseId))?.version ?? 0) !== before) throw issuedMeanwhile();
    },
    async write(tx, _index, at) {
      const db = typed<NoticeTables>(tx.db);
      await forgetGuesses(tx.db, caseId);
      if (before === 0) {
        await db
          .insertInto('notice_codes')
          .values({ authority_id: authorityId, case_id: caseId, ...row, issued_at: at })
          .execute();
        return;
      }
      const { numUpdatedRows } = await db
        .updateTable('notice_codes')
        .set({ ...row, issued_at: at })
        .where('authority_id', '=', authorityId)
        .where('case_id', '=', caseId)
        .where('version', '=', before)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw issuedMeanwhile();
    },
  });
  return { reference: found.reference, code, codeVersion, at };
}

function issuedMeanwhile(): PlatformError {
  return new PlatformError('conflict', 'Somebody else has just made a code for this case.', {
    mend: 'Ask again if you still need one: it will replace theirs.',
  });
}
