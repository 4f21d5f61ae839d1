import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Localized } from '../register/record.ts';
import { type Db, typed } from '../store/index.ts';
import { openBytes } from '../vault/seal.ts';
import type { CommentStatus, ConsultationStatus, ConsultationTables } from './tables.ts';

export interface Consultation {
  readonly authorityId: string;
  readonly consultationId: string;
  readonly systemId: string;
  readonly version: number;
  readonly status: ConsultationStatus;
  readonly question: Localized;
  readonly openedAt: string;
  /** Last day for comments, included. */
  readonly closesOn: string;
  readonly closedAt: string | undefined;
  readonly logIndex: number;
}

export interface Comment {
  readonly commentId: string;
  readonly consultationId: string;
  readonly status: CommentStatus;
  readonly receivedAt: string;
  readonly text: string | undefined;
  readonly ground: Ground | undefined;
  readonly answer: Localized | undefined;
  readonly answeredAt: string | undefined;
  readonly withdrawnAt: string | undefined;
  readonly withdrawnBecause: Localized | undefined;
}

/** Why a comment is not published; how many of each is public. */
export const GROUNDS = ['personal-data', 'insult-or-threat', 'not-about-it', 'repeated'] as const;
export type Ground = (typeof GROUNDS)[number];

function toConsultation(row: ConsultationTables['consultations']): Consultation {
  return {
    authorityId: row.authority_id,
    consultationId: row.consultation_id,
    systemId: row.system_id,
    version: Number(row.version),
    status: row.status,
    question: JSON.parse(row.question) as Localized,
    openedAt: row.opened_at,
    closesOn: row.closes_on,
    closedAt: row.closed_at ?? undefined,
    logIndex: Number(row.log_index),
  };
}

const select = (db: Db) => typed<ConsultationTables>(db).selectFrom('consultations').selectAll();

/** Every consultation of this platform, those that are open first, then the latest. */
export async function listConsultations(ctx: Context): Promise<Consultation[]> {
  const rows = await select(ctx.store.read).orderBy('status', 'desc').orderBy('opened_at', 'desc').execute();
  return rows.map(toConsultation);
}

/** The consultations of one system, the latest first. */
export async function consultationsOf(
  ctx: Context,
  authorityId: string,
  systemId: string,
): Promise<Consultation[]> {
  const rows = await select(ctx.store.read)
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('opened_at', 'desc')
    .execute();
  return rows.map(toConsultation);
}

/** Throws `not-found`. */
export async function readConsultation(
  db: Db,
  authorityId: string,
  consultationId: string,
): Promise<Consultation> {
  const row = await select(db)
    .where('authority_id', '=', authorityId)
    .where('consultation_id', '=', consultationId)
    .executeTakeFirst();
  if (row === undefined) throw new PlatformError('not-found', 'There is no such consultation.');
  return toConsultation(row);
}

export const sealContext = (authorityId: string, commentId: string) => `comment/${authorityId}/${commentId}`;

function textOf({ vault }: Context, row: ConsultationTables['consultation_comments']): string | undefined {
  const { authority_id: authorityId, comment_id: id, sealed } = row;
  // Its key goes when somebody has read it, which may have been a moment ago.
  if (sealed === null || !vault.has(authorityId, id)) return row.text ?? undefined;
  return openBytes(vault.caseKey(authorityId, id), sealContext(authorityId, id), sealed).toString();
}

/**
 * The comments of a consultation in the order of their arrival; for the public only those that are published, and the
 * places of those that were withdrawn.
 */
export async function commentsOf(
  ctx: Context,
  { authorityId, consultationId }: Pick<Consultation, 'authorityId' | 'consultationId'>,
  audience: 'public' | 'staff',
): Promise<Comment[]> {
  let query = typed<ConsultationTables>(ctx.store.read)
    .selectFrom('consultation_comments')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('consultation_id', '=', consultationId)
    .orderBy('received_at')
    .orderBy('comment_id');
  if (audience === 'public') query = query.where('status', 'in', ['published', 'withdrawn']);
  return (await query.execute()).map((row) => ({
    commentId: row.comment_id,
    consultationId: row.consultation_id,
    status: row.status,
    receivedAt: row.received_at,
    text: textOf(ctx, row),
    ground: (row.ground ?? undefined) as Ground | undefined,
    answer: row.answer === null ? undefined : (JSON.parse(row.answer) as Localized),
    answeredAt: row.answered_at ?? undefined,
    withdrawnAt: row.withdrawn_at ?? undefined,
    withdrawnBecause:
      row.withdrawn_because === null ? undefined : (JSON.parse(row.withdrawn_because) as Localized),
  }));
}

export interface Counts {
  readonly waiting: number;
  readonly published: number;
  readonly unanswered: number;
  readonly withdrawn: number;
  readonly refused: Readonly<Partial<Record<Ground, number>>>;
}

/** How many comments stand where. */
export async function countComments(
  db: Db,
  { authorityId, consultationId }: Pick<Consultation, 'authorityId' | 'consultationId'>,
): Promise<Counts> {
  const rows = await typed<ConsultationTables>(db)
    .selectFrom('consultation_comments')
    .select(['status', 'ground', 'answered_at'])
    .where('authority_id', '=', authorityId)
    .where('consultation_id', '=', consultationId)
    .execute();
  const published = rows.filter(({ status }) => status === 'published');
  const refused: Partial<Record<Ground, number>> = {};
  for (const ground of GROUNDS) {
    const n = rows.filter((row) => row.status === 'refused' && row.ground === ground).length;
    if (n > 0) refused[ground] = n;
  }
  return {
    waiting: rows.filter(({ status }) => status === 'waiting').length,
    published: published.length,
    withdrawn: rows.filter(({ status }) => status === 'withdrawn').length,
    unanswered: published.filter((row) => row.answered_at === null).length,
    refused,
  };
}
