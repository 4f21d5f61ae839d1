import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { type Db, typed } from '../store/index.ts';
import { openBytes } from '../vault/seal.ts';
import type { Vault } from '../vault/vault.ts';
import type { FileFacts, HandedFile } from './facts.ts';
import { attachmentHeader } from './file-name.ts';
import { FILE_TYPES } from './file-type.ts';
import { fileKey, sealedPlace } from './sealing.ts';
import { sha256 } from './stage.ts';
import type { AttachmentTables } from './tables.ts';

interface OfCase {
  readonly authorityId: string;
  readonly caseId: string;
}

/**
 * The bytes of a file, compared with the hash that its event commits to. Log the access before.
 *
 * Throws `altered-record` where they differ or are not there, `erased`.
 */
export async function openFile(
  { store, vault }: { readonly store: { readonly read: Db }; readonly vault: Pick<Vault, 'caseKey'> },
  of: OfCase,
  { file: attachmentId, sha256: sealedHash }: Pick<FileFacts, 'file' | 'sha256'>,
): Promise<Buffer> {
  const place = { ...of, attachmentId };
  const rows = await typed<AttachmentTables>(store.read)
    .selectFrom('attachment_pieces')
    .select(['piece', 'sealed'])
    .where('authority_id', '=', of.authorityId)
    .where('attachment_id', '=', attachmentId)
    .orderBy('piece')
    .execute();
  const key = fileKey(vault, place);
  const bytes = Buffer.concat(
    rows.map(({ sealed }, piece) => openBytes(key, sealedPlace(place, `${piece}/${rows.length}`), sealed)),
  );
  if (sha256(bytes) === sealedHash) return bytes;
  throw new PlatformError(
    'altered-record',
    `The stored file ${attachmentId} is not the one that was handed in.`,
    {
      where: sealedPlace(place, 'bytes'),
      mend: 'Do not rely on it. Restore it from a backup.',
    },
  );
}

/** How many files of each request are handed in, of those that have any. */
export async function countFiles(
  db: Db,
  authorityId: string,
  reviewIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (reviewIds.length === 0) return new Map();
  const rows = await typed<AttachmentTables>(db)
    .selectFrom('attachments')
    .select(['review_id', (e) => e.fn.countAll().as('count')])
    .where('authority_id', '=', authorityId)
    .where('state', '=', 'handed-in')
    .where('review_id', 'in', reviewIds)
    .groupBy('review_id')
    .execute();
  return new Map(rows.map((row) => [row.review_id ?? '', Number(row.count)]));
}

/** One file of these, still there to be read. Throws `not-found`. */
export function findFile(files: readonly HandedFile[], id: string | undefined): HandedFile {
  const found = files.find(({ file }) => file === id);
  if (found !== undefined && found.withdrawnAt === undefined) return found;
  throw new PlatformError(
    'not-found',
    found === undefined ? 'There is no such file in this request.' : 'This file was taken back.',
  );
}

/**
 * Answers with a file to be saved: a fixed type, a name that is no path, never shown inside a page, never kept by a cache. Log the
 * access before.
 */
export async function downloadOf(ctx: Context, of: OfCase, file: HandedFile): Promise<Response> {
  const bytes = await openFile(ctx, of, file);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': FILE_TYPES[file.type].mime,
      'Content-Length': String(bytes.length),
      'Content-Disposition': attachmentHeader(file.name),
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
    },
  });
}
