import { type ApplicabilityQuestion, openQuestions, type Texts } from '@taalil/norms';
import { assertStillAllowed } from '../access/index.ts';
import { legalDay } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { readSystemState } from '../register/own-systems.ts';
import { isPlainText } from '../register/record.ts';
import { typed } from '../store/index.ts';
import { bind, bindingOf, type StoredAnswer } from './binding.ts';
import { normPacks } from './packs.ts';
import type { ConformityTables } from './tables.ts';

/** Length of a jurist's reasons, in UTF-16 code units. */
export const BECAUSE_LEAST = 20;
export const BECAUSE_MOST = 2_000;

/** A question of law about one system, with the answer in force and what rests on it. */
export interface SystemQuestion {
  readonly pack: string;
  readonly question: ApplicabilityQuestion;
  /** The rules that apply or not by this answer. */
  readonly rules: readonly { readonly id: string; readonly texts: Texts }[];
  readonly answer: StoredAnswer | undefined;
  /** Earlier answers, the latest first. */
  readonly earlier: readonly StoredAnswer[];
}

/** Every question of law that a system's norm packs ask, with what a jurist answered. Throws `not-found`. */
export async function questionsOf(
  ctx: Context,
  authorityId: string,
  systemId: string,
): Promise<readonly SystemQuestion[]> {
  const { record } = await readSystemState(ctx, authorityId, systemId);
  const packs = normPacks(record.norms);
  const binding = await bindingOf(ctx.store, { authorityId, systemId });
  const today = legalDay(ctx.clock.now());
  const all = await answersGiven(ctx, authorityId, systemId);
  return packs.flatMap((pack) =>
    openQuestions([pack]).map(({ question, rules }): SystemQuestion => {
      const of = (a: StoredAnswer) => a.pack === pack.id && a.question === question.id;
      const present = binding.answers.find((a) => of(a) && (a.until === null || a.until >= today));
      return {
        pack: pack.id,
        question,
        rules: rules.map((id) => ({ id, texts: pack.rules.get(id)?.texts ?? question.texts })),
        answer: present,
        earlier: all.filter((a) => of(a) && JSON.stringify(a) !== JSON.stringify(present)),
      };
    }),
  );
}

async function answersGiven(ctx: Context, authorityId: string, systemId: string): Promise<StoredAnswer[]> {
  const rows = await typed<ConformityTables>(ctx.store.read)
    .selectFrom('applicability_answers')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('log_index', 'desc')
    .execute();
  return rows.map((row) => ({
    pack: row.pack,
    question: row.question,
    answer: Number(row.answer) === 1,
    because: row.because,
    answeredBy: row.answered_by,
    answeredOn: legalDay(row.answered_at),
    until: row.until_day,
  }));
}

export interface NewAnswer {
  readonly authorityId: string;
  readonly systemId: string;
  readonly pack: string;
  readonly question: string;
  readonly answer: boolean;
  /** The reasons of law. */
  readonly because: string;
  /** Last day on which it may be relied on, `YYYY-MM-DD`. */
  readonly until?: string | undefined;
  /** Staff id of the jurist. */
  readonly by: string;
}

/**
 * Records a jurist's answer to a question of law: sealed in the log, published with the system, and binding its
 * safeguards from this commit on. A later answer replaces it. Throws `not-found`, `forbidden`, `invalid-request`.
 */
export async function answerApplicability(ctx: Context, wanted: NewAnswer): Promise<void> {
  const { authorityId, systemId, pack, question, answer, by } = wanted;
  const because = parseBecause(wanted.because);
  const { record } = await readSystemState(ctx, authorityId, systemId);
  const known = record.norms.includes(pack) && normPacks([pack])[0]?.questions.has(question);
  if (!known) {
    throw new PlatformError('invalid-request', 'The norm packs of this system ask no such question.', {
      where: 'question',
    });
  }
  const now = ctx.clock.now();
  const until = parseUntil(wanted.until, legalDay(now));
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'applicability-answered',
    facts: { system: systemId, pack, question, answer, because, until, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'applicability.answer'),
    async write(tx, index, at) {
      tx.append('applicability_answers', {
        authority_id: authorityId,
        log_index: index,
        system_id: systemId,
        pack,
        question,
        answer: answer ? 1 : 0,
        because,
        until_day: until,
        answered_by: by,
        answered_at: at,
      });
      const stored = { pack, question, answer, because, answeredBy: by, answeredOn: legalDay(at), until };
      await bind(tx, { authorityId, systemId }, index, at, { answer: stored });
    },
  });
}

function parseBecause(text: string): string {
  const because = text.replace(/\r\n?/g, '\n').normalize('NFC').trim();
  const fits = because.length >= BECAUSE_LEAST && because.length <= BECAUSE_MOST;
  if (fits && isPlainText(because)) return because;
  throw new PlatformError('invalid-request', 'The reasons of law are missing or not valid.', {
    where: 'because',
    mend: `Write ${BECAUSE_LEAST} to ${BECAUSE_MOST} characters of plain text.`,
  });
}

function parseUntil(text: string | undefined, today: string): string | null {
  if (text === undefined || text === '') return null;
  let day: string | undefined;
  try {
    day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text).toString() : undefined;
  } catch {
    day = undefined;
  }
  if (day !== undefined && day >= today) return day;
  throw new PlatformError('invalid-request', 'The last day is not a day to come.', {
    where: 'until',
    mend: 'Give a day that is not past, or none.',
  });
}
