import { assertStillAllowed } from '../../access/index.ts';
import { findCase } from '../../cases/cases.ts';
import { caseLife } from '../../cases/events.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { recordInJournal } from '../../ledger/journal.ts';
import { SMALLEST_GROUP } from '../../monitoring/index.ts';
import { typed } from '../../store/index.ts';
import type { Lang } from '../../web/index.ts';
import type { ReviewTables } from '../tables.ts';
import { findCollective, membersOf, representativeOf } from './collectives.ts';
import { assertNothingPersonal } from './public-text.ts';

export interface CollectiveAnswer {
  readonly authorityId: string;
  readonly collectiveId: string;
  /** Public: what holds for everybody. */
  readonly text: string;
  readonly lang: Lang;
  /** Staff id of the supervisor. */
  readonly by: string;
}

type Counts = Pick<ReviewTables['collectives'], 'members' | 'upheld' | 'rejected'>;

/**
 * How many people may be told of in public (I9): nothing under ten. How it ended only where both groups have ten: that all
 * were refused, or all but a few, would tell what somebody known to have joined was told.
 */
export function publicCounts(outcomes: readonly ('upheld' | 'rejected')[]): Counts {
  const upheld = outcomes.filter((outcome) => outcome === 'upheld').length;
  const rejected = outcomes.length - upheld;
  const split = upheld >= SMALLEST_GROUP && rejected >= SMALLEST_GROUP;
  return {
    members: outcomes.length >= SMALLEST_GROUP ? outcomes.length : null,
    upheld: split ? upheld : null,
    rejected: split ? rejected : null,
  };
}

/**
 * The one public answer to a collective request, once every member has the answer to their own. It is in the log, and holds
 * nothing of any person. Throws `not-found`, `conflict` (answered, nobody joined, or a member still waits), `forbidden`,
 * `invalid-request` (`where` `text:personal`).
 */
export async function answerCollective(ctx: Context, answer: CollectiveAnswer): Promise<Counts> {
  const { authorityId, collectiveId, lang, by } = answer;
  const row = await findCollective(ctx.store.read, collectiveId, authorityId);
  const outcomesOf = async (db: Context['store']['read']) => {
    const members = await membersOf(db, row);
    const outcomes = members.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
    if (members.length === 0 || outcomes.length < members.length) {
      throw new PlatformError('conflict', 'Not every member has the answer to their own request.', {
        where: 'members',
        mend: 'Answer each request first: the public answer comes last.',
      });
    }
    return outcomes;
  };
  const outcomes = await outcomesOf(ctx.store.read);
  const counts = publicCounts(outcomes);
  const text = assertNothingPersonal(answer.text, 'text', [
    ...partsOf(representativeOf(ctx, row)),
    ...(await wordsOfMembers(ctx, authorityId, await membersOf(ctx.store.read, row))),
  ]);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'collective-answered',
    facts: { collective: collectiveId, text, lang, ...counts, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'collective.answer');
      if ((await findCollective(tx.db, collectiveId, authorityId)).status !== 'open') {
        throw new PlatformError('conflict', 'It has its answer.', { where: 'answered' });
      }
      if ((await outcomesOf(tx.db)).length === outcomes.length) return;
      throw new PlatformError('conflict', 'Somebody has joined meanwhile.', { where: 'members' });
    },
    async write(tx, _index, at) {
      await typed<ReviewTables>(tx.db)
        .updateTable('collectives')
        .set({
          status: 'answered',
          answered_at: at,
          answered_by: by,
          answer: text,
          answer_lang: lang,
          ...counts,
        })
        .where('authority_id', '=', authorityId)
        .where('collective_id', '=', collectiveId)
        .where('status', '=', 'open')
        .execute();
    },
  });
  return counts;
}

/** What of each member must not stand in public: reference, file number at the agency, contact, names in the case. */
async function wordsOfMembers(
  ctx: Context,
  authorityId: string,
  members: readonly { readonly case_id: string }[],
): Promise<string[]> {
  const words: string[] = [];
  for (const { case_id } of members) {
    words.push((await findCase(ctx, authorityId, case_id))?.reference ?? '');
    for (const { facts } of await caseLife(ctx, authorityId, case_id)) {
      for (const value of [facts.subject, facts.contact, ...partsOf(facts.name)]) {
        if (typeof value === 'string') words.push(value);
      }
    }
  }
  return words;
}

/** A name and its longer parts: a family name alone tells as much. */
function partsOf(name: unknown): string[] {
  if (typeof name !== 'string') return [];
  return [name, ...name.split(/\s+/).filter((part) => part.length >= 4)];
}
