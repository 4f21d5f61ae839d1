import { createHash, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalize, type JsonValue } from '@taalil/transparency-log';
import { z } from 'zod';
import { PlatformError } from '../errors.ts';
import type { Keyring } from '../vault/keyring.ts';
import { describeFile, filesBelow, writeSynced } from './files.ts';

const MANIFEST = 'manifest.json';
const SUM = 'manifest.json.sha256';
const MANIFEST_MOST = 16 * 1024 * 1024;

const path = z.string().regex(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w~.-]+(?:\/[\w~.-]+)*$/);
const file = z.strictObject({
  path,
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const log = z.strictObject({
  /** Id of the log: see `ledger/log-id.ts`. */
  log: z.string(),
  origin: z.string(),
  vkey: z.string(),
  size: z.int().min(0),
  /** Root of that size, base64. */
  root: z.string(),
  /** A closed log signs nothing more: its private key is destroyed. */
  closed: z.boolean(),
  /** The checkpoint that the log signed last; null for an empty log. */
  checkpoint: z.string().nullable(),
});
const common = {
  v: z.literal(1),
  kind: z.literal('taalil-backup'),
  /** One backup has one id, in both its parts. */
  id: z.string(),
  at: z.string(),
  /** Version of the program that made it. */
  program: z.string(),
  files: z.array(file),
  /** HMAC under the pepper over all the rest: who holds the backup and no keys cannot alter it unseen. */
  mac: z.string(),
};
const dataManifest = z.strictObject({
  ...common,
  part: z.literal('data'),
  store: z.enum(['production', 'demonstration']),
  /** What it was taken from. The store in it is a file, wherever it came from. */
  source: z.enum(['sqlite', 'postgres']),
  logs: z.array(log),
});
const keysManifest = z.strictObject({ ...common, part: z.literal('keys'), keks: z.array(z.string()) });

export type DataManifest = z.infer<typeof dataManifest>;
export type KeysManifest = z.infer<typeof keysManifest>;
export type BackedUpLog = z.infer<typeof log>;
type Manifest = DataManifest | KeysManifest;
type Unfinished<M> = M extends Manifest ? Omit<M, 'v' | 'kind' | 'files' | 'mac'> : never;

/** Describes every file of a folder and writes the manifest beside them, with its own sum. */
export async function writeManifest(
  folder: string,
  about: Unfinished<Manifest>,
  mac: Keyring['mac'],
): Promise<void> {
  const files = [];
  for (const name of filesBelow(folder)) files.push(await describeFile(folder, name));
  const unmarked = { v: 1, kind: 'taalil-backup', ...about, files };
  const text = `${canonicalize({ ...unmarked, mac: markOf(unmarked, mac) } as unknown as JsonValue)}\n`;
  writeSynced(join(folder, MANIFEST), text);
  writeSynced(join(folder, SUM), sumLine(text));
}

const sumLine = (text: string) => `${createHash('sha256').update(text).digest('hex')}  ${MANIFEST}\n`;

function markOf(unmarked: object, mac: Keyring['mac']): string {
  return mac('backup-manifest', canonicalize(unmarked as JsonValue)).toString('base64');
}

/**
 * Reads the manifest of a backup and every file that it names. Throws `altered-record`, which names each file that is missing,
 * altered or too many; `not-found` for a folder that is no such backup.
 */
export async function readBackup(folder: string, part: 'data'): Promise<DataManifest>;
export async function readBackup(folder: string, part: 'keys'): Promise<KeysManifest>;
export async function readBackup(folder: string, part: 'data' | 'keys'): Promise<Manifest> {
  const manifest = readManifest(folder, part);
  const faults: { where: string; what: string }[] = [];
  const named = new Map(manifest.files.map((one) => [one.path, one]));
  for (const name of filesBelow(folder)) {
    if (!named.has(name) && name !== MANIFEST && name !== SUM)
      faults.push({ where: name, what: 'It is no part of this backup.' });
  }
  for (const known of named.values()) {
    if (!existsSync(join(folder, known.path))) {
      faults.push({ where: known.path, what: 'It is missing.' });
      continue;
    }
    const found = await describeFile(folder, known.path);
    if (found.bytes !== known.bytes)
      faults.push({ where: known.path, what: `It has ${found.bytes} bytes, and had ${known.bytes}.` });
    else if (found.sha256 !== known.sha256) faults.push({ where: known.path, what: 'It was altered.' });
  }
  if (faults.length > 0)
    throw damaged(folder, `${faults.length} of its files are not what was written`, faults);
  return manifest;
}

/** Throws `altered-record` unless the holder of these keys made this backup. */
export function assertMark(folder: string, manifest: Manifest, mac: Keyring['mac']): void {
  const { mac: mark, ...unmarked } = manifest;
  const expected = Buffer.from(markOf(unmarked, mac));
  const given = Buffer.from(mark);
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new PlatformError('altered-record', 'These keys are not those under which this backup was made.', {
    where: join(folder, MANIFEST),
    mend: 'Take the keys of the same platform. If they are, the manifest was altered: take another backup.',
  });
}

function readManifest(folder: string, part: 'data' | 'keys'): Manifest {
  const at = join(folder, MANIFEST);
  if (!existsSync(at) || !existsSync(join(folder, SUM))) {
    throw new PlatformError('not-found', `${folder} is no backup: it has no manifest.`, {
      where: at,
      mend: 'Name the folder that `taalil backup` wrote. One whose name ends in .part was cut off, and is none.',
    });
  }
  if (statSync(at).size > MANIFEST_MOST) throw damaged(folder, 'its manifest is larger than any');
  const text = readFileSync(at, 'utf8');
  if (readFileSync(join(folder, SUM), 'utf8') !== sumLine(text))
    throw damaged(folder, 'its manifest or the sum beside it was altered');
  const read = (part === 'data' ? dataManifest : keysManifest).safeParse(JSON.parse(text));
  if (read.success) return read.data;
  throw new PlatformError(
    'invalid-request',
    `${folder} is no backup of the ${part} that this version reads.`,
    {
      where: `${at}: ${read.error.issues[0]?.path.join('/')}`,
      mend: 'Data and keys are two folders: name each where it belongs. Or use the version that wrote it.',
    },
  );
}

function damaged(
  folder: string,
  what: string,
  faults: readonly { where: string; what: string }[] = [],
): PlatformError {
  return new PlatformError('altered-record', `The backup ${folder} is damaged: ${what}.`, {
    where: folder,
    mend: 'Take another copy of it, or an earlier backup.',
    faults,
  });
}
