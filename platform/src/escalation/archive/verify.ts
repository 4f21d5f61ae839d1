import {
  canonicalize,
  formatReceipt,
  fromUtf8,
  type JsonValue,
  LogError,
  parseReceipt,
  parseStrictJson,
  type Runtime,
  type Trust,
  toHex,
  type VerifiedReceipt,
  verifyReceipt,
  verifyReceiptFile,
} from '@taalil/transparency-log';
import { BundleError } from './error.ts';
import { CASE, HANDED_IN, ISSUED, MANIFEST, type Manifest, parseManifest, RECEIPTS } from './manifest.ts';
import { type ArchiveFile, readZip, writeZip } from './zip.ts';

/** An archive that holds: whose case, when it was issued, and what the log vouches for. */
export interface VerifiedBundle {
  readonly manifest: Manifest;
  /** The entry of the log that seals the issue of this very archive. */
  readonly issued: VerifiedReceipt;
  /** The receipts of the case, in the order of its life. */
  readonly receipts: readonly VerifiedReceipt[];
  readonly files: readonly ArchiveFile[];
}

/**
 * Verifies an archive with no network and without trusting who made it: the log entry of its issue commits to the list of
 * files, the list to every byte of every file, each receipt to what was sealed in the case, the machine-readable case
 * says of each entry what its receipt opens, and what somebody handed in is here, with the hash that was sealed when it came. A changed byte anywhere is found, and the error names the file.
 *
 * Throws BundleError.
 */
export async function verifyArchive(
  archive: Uint8Array,
  trust: Trust,
  runtime: Runtime,
): Promise<VerifiedBundle> {
  const files = readZip(archive);
  const bytesOf = (path: string) => {
    const found = files.find((file) => file.path === path);
    if (found === undefined) throw new BundleError('broken', path, `${path} is missing.`);
    return found.bytes;
  };
  const issued = await verifyIssue(bytesOf(ISSUED), trust, runtime);
  const hash = (bytes: Uint8Array) => toHex(runtime.sha256(bytes));
  if (hash(bytesOf(MANIFEST)) !== issued.facts.manifest) throw changed(MANIFEST);
  const manifest = parseManifest(bytesOf(MANIFEST));
  if (manifest.case !== issued.facts.case || manifest.authority !== issued.facts.authority) {
    throw changed(MANIFEST);
  }
  for (const { path, bytes, sha256 } of manifest.files) {
    const found = bytesOf(path);
    if (found.length !== bytes || hash(found) !== sha256) throw changed(path);
  }
  const listed = new Set([MANIFEST, ISSUED, ...manifest.files.map(({ path }) => path)]);
  for (const { path } of files) {
    if (!listed.has(path))
      throw new BundleError('broken', path, `${path} was added: the list does not name it.`);
  }
  assertSameBytes(archive, files);
  const receipts = await verifyReceiptFile(bytesOf(RECEIPTS), trust, { linkedBy: 'case' }, runtime).catch(
    (error: unknown) => {
      throw bundleErrorOf(error, RECEIPTS);
    },
  );
  if (receipts.some(({ facts }) => facts.case !== manifest.case)) throw changed(RECEIPTS);
  assertSameFacts(bytesOf(CASE), receipts);
  assertHandedIn(manifest, receipts);
  return { manifest, issued, receipts, files };
}

async function verifyIssue(bytes: Uint8Array, trust: Trust, runtime: Runtime): Promise<VerifiedReceipt> {
  try {
    const issued = await verifyReceipt(bytes, trust, runtime);
    if (issued.facts.type !== 'bundle-issued') throw changed(ISSUED);
    // One form only: else a changed space would go unseen.
    if (formatReceipt(parseReceipt(bytes)) !== fromUtf8(bytes, 'malformed-receipt')) throw changed(ISSUED);
    return issued;
  } catch (error) {
    throw bundleErrorOf(error, ISSUED);
  }
}

/** The case as machines read it says of each entry what the receipt opens; what a receipt keeps closed may be missing. */
function assertSameFacts(bytes: Uint8Array, receipts: readonly VerifiedReceipt[]): void {
  let events: unknown;
  try {
    events = (parseStrictJson(fromUtf8(bytes, 'malformed-json')) as { events?: unknown }).events;
  } catch (error) {
    throw bundleErrorOf(error, CASE);
  }
  if (!Array.isArray(events) || events.length !== receipts.length) throw changed(CASE);
  for (const [i, receipt] of receipts.entries()) {
    const { index, facts } = (events[i] ?? {}) as { index?: unknown; facts?: JsonValue };
    if (index !== receipt.index || canonicalize(facts ?? null) !== canonicalize(receipt.facts))
      throw changed(CASE);
  }
}

/** The files that the receipts speak of, but those taken back, are those of the archive, each with its hash. */
function assertHandedIn(manifest: Manifest, receipts: readonly VerifiedReceipt[]): void {
  const withdrawn = new Set(
    receipts.filter(({ facts }) => facts.type === 'file-withdrawn').map(({ facts }) => facts.file),
  );
  const here = new Map(
    manifest.files.filter(({ path }) => path.startsWith(HANDED_IN)).map((file) => [file.path, file.sha256]),
  );
  for (const { facts } of receipts) {
    const files = Array.isArray(facts.files)
      ? (facts.files as readonly { file?: unknown; sha256?: unknown }[])
      : [];
    for (const { file, sha256 } of files) {
      if (withdrawn.has(file as string)) continue;
      const path = [...here.keys()].find((one) => one.startsWith(`${HANDED_IN}${file}.`));
      if (path === undefined) {
        throw new BundleError(
          'broken',
          `${HANDED_IN}${file}`,
          `A file that was handed in is missing: ${file}.`,
        );
      }
      if (here.get(path) !== sha256) throw changed(path);
      here.delete(path);
    }
  }
  for (const path of here.keys()) {
    throw new BundleError('broken', path, `${path} was never handed in: no receipt speaks of it.`);
  }
}

/** Every byte that is in no file: headers and the directory have one form. */
function assertSameBytes(archive: Uint8Array, files: readonly ArchiveFile[]): void {
  const again = writeZip(files);
  if (again.length !== archive.length)
    throw new BundleError('broken', 'archive', 'The archive has bytes of no file.');
  const at = archive.findIndex((byte, i) => byte !== again[i]);
  if (at < 0) return;
  throw new BundleError(
    'broken',
    placeOf(at, files),
    `The archive was changed at byte ${at} (${placeOf(at, files)}).`,
  );
}

function placeOf(at: number, files: readonly ArchiveFile[]): string {
  let offset = 0;
  for (const { path, bytes } of files) {
    offset += 30 + path.length + bytes.length;
    if (at < offset) return `${path}, header`;
  }
  return 'directory of the archive';
}

function changed(path: string): BundleError {
  return new BundleError('broken', path, `${path} is not what was issued: it was changed.`);
}

function bundleErrorOf(error: unknown, path: string): unknown {
  if (!(error instanceof LogError)) return error;
  const code = error.kind === 'untrusted' || error.kind === 'unsupported' ? 'untrusted' : 'broken';
  return new BundleError(code, path, `${path}: ${error.message}`, { cause: error });
}
