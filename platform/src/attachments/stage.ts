import { createHash } from 'node:crypto';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { type Transaction, typed } from '../store/index.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import type { FileFacts } from './facts.ts';
import type { FileType } from './file-type.ts';
import { CASE_BYTES_MOST, CASE_FILES_MOST } from './limits.ts';
import { fileKey, sealedPlace } from './sealing.ts';
import type { AttachmentTables } from './tables.ts';

/** Whose hands files are in before they are handed in: one set for the person, one for each visit at a counter. */
export interface Holder {
  readonly authorityId: string;
  readonly caseId: string;
  readonly holder: 'citizen' | `ast_${string}`;
}

export interface NewFile {
  readonly name: string;
  readonly type: FileType;
  readonly bytes: Uint8Array;
}

/** One transaction writes this much: others wait for it a few milliseconds (`bench/attachments.ts`). */
const PIECE = 256 * 1024;

/**
 * Keeps a file, sealed, until its request is sent. Durable when it resolves. Throws `too-large` when the case holds as much as it
 * may (`where`: `files`), `erased`.
 */
export async function stageFile(
  ctx: Context,
  of: Holder,
  { name, type, bytes }: NewFile,
): Promise<FileFacts> {
  const { authorityId, caseId } = of;
  const attachmentId = newId('fil');
  const place = { authorityId, caseId, attachmentId };
  ctx.vault.newKey(authorityId, attachmentId);
  const key = fileKey(ctx.vault, place);
  ctx.vault.flush();
  const facts = { file: attachmentId, name, type, bytes: bytes.length, sha256: sha256(bytes) };
  await ctx.store.transact(async (tx) => {
    const taken = await assertRoom(tx, of, bytes.length);
    await typed<AttachmentTables>(tx.db)
      .insertInto('attachments')
      .values({
        authority_id: authorityId,
        attachment_id: attachmentId,
        case_id: caseId,
        holder: of.holder,
        review_id: null,
        state: 'arriving',
        bytes: bytes.length,
        added_at: stamp(ctx.clock.now()),
        place: taken,
        sealed: sealBytes(key, sealedPlace(place, 'head'), JSON.stringify(facts)),
      })
      .execute();
  });
  const pieces = Math.ceil(bytes.length / PIECE);
  for (let piece = 0; piece < pieces; piece++) {
    const part = bytes.subarray(piece * PIECE, (piece + 1) * PIECE);
    const sealed = sealBytes(key, sealedPlace(place, `${piece}/${pieces}`), part);
    await ctx.store.transact(async (tx) => {
      tx.append('attachment_pieces', {
        authority_id: authorityId,
        attachment_id: attachmentId,
        piece,
        sealed,
      });
    });
  }
  await ctx.store.transact(async (tx) => {
    await typed<AttachmentTables>(tx.db)
      .updateTable('attachments')
      .set({ state: 'staged' })
      .where('authority_id', '=', authorityId)
      .where('attachment_id', '=', attachmentId)
      .execute();
  });
  return facts;
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** How many files and bytes a case may still take. */
export async function roomOf(
  db: Transaction['db'],
  { authorityId, caseId }: Pick<Holder, 'authorityId' | 'caseId'>,
): Promise<{ files: number; bytes: number }> {
  const rows = await typed<AttachmentTables>(db)
    .selectFrom('attachments')
    .select('bytes')
    .where('authority_id', '=', authorityId)
    .where('case_id', '=', caseId)
    .where('state', '!=', 'withdrawn')
    .execute();
  const used = rows.reduce((sum, row) => sum + Number(row.bytes), 0);
  return { files: CASE_FILES_MOST - rows.length, bytes: CASE_BYTES_MOST - used };
}

/** Throws `too-large`; resolves with how many files the case has. */
async function assertRoom(tx: Transaction, of: Holder, bytes: number): Promise<number> {
  const room = await roomOf(tx.db, of);
  if (room.files >= 1 && room.bytes >= bytes) return CASE_FILES_MOST - room.files;
  throw new PlatformError('too-large', 'This case holds as many files as it may.', {
    where: 'files',
    mend: 'Take back a file that is not needed, or bring the papers to the counter.',
  });
}

const ofHolder = ({ authorityId, caseId, holder }: Holder) => ({
  authority_id: authorityId,
  case_id: caseId,
  holder,
  state: 'staged' as const,
});

/** The files that this holder has chosen and not handed in yet, oldest first. Throws `erased`. */
export async function stagedFiles(ctx: Context, of: Holder): Promise<FileFacts[]> {
  const rows = await typed<AttachmentTables>(ctx.store.read)
    .selectFrom('attachments')
    .select(['attachment_id', 'sealed'])
    .where((e) => e.and(ofHolder(of)))
    .orderBy('added_at')
    .orderBy('place')
    .execute();
  return rows.map(({ attachment_id: attachmentId, sealed }) => {
    const place = { authorityId: of.authorityId, caseId: of.caseId, attachmentId };
    return JSON.parse(
      openBytes(fileKey(ctx.vault, place), sealedPlace(place, 'head'), sealed).toString(),
    ) as FileFacts;
  });
}

/**
 * Inside the transaction that seals an event with these files: they now belong to the request. Throws `conflict` when one of them
 * is not there any more.
 */
export async function handIn(
  tx: Transaction,
  of: Holder,
  reviewId: string,
  files: readonly FileFacts[],
): Promise<void> {
  if (files.length === 0) return;
  const { numUpdatedRows } = await typed<AttachmentTables>(tx.db)
    .updateTable('attachments')
    .set({ state: 'handed-in', review_id: reviewId })
    .where((e) => e.and(ofHolder(of)))
    .where(
      'attachment_id',
      'in',
      files.map(({ file }) => file),
    )
    .executeTakeFirst();
  if (numUpdatedRows === BigInt(files.length)) return;
  throw new PlatformError('conflict', 'A file that was chosen is not there any more.', {
    where: 'files',
    mend: 'Look at the list of files again, then send.',
  });
}
