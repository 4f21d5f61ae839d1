import { canonicalBytes, fromUtf8, parseStrictJson } from '@taalil/transparency-log';
import { BundleError } from './error.ts';

export const MANIFEST = 'manifest.json';
export const ISSUED = 'issued.taalil.json';
export const RECEIPTS = 'receipts.taalil.json';
export const CASE = 'case.json';

/** The folder of what was handed in: `files/`, the identifier of the file, and an extension of its type. */
export const HANDED_IN = 'files/';

/** Every file of the archive but the manifest itself and the receipt of its issue, with size and SHA-256 in hex. */
export interface Manifest {
  readonly v: 1;
  readonly kind: 'taalil-bundle';
  readonly authority: string;
  readonly case: string;
  readonly reference: string;
  readonly at: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

/** Its one form: canonical JSON (RFC 8785). Its SHA-256 is what the log entry of the issue commits to. */
export function formatManifest(manifest: Manifest): Uint8Array {
  return canonicalBytes({ ...manifest, files: manifest.files.map((file) => ({ ...file })) });
}

/** Reads a manifest whose hash has been checked already. Throws `malformed`. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const malformed = () => new BundleError('malformed', MANIFEST, 'The list of files cannot be read.');
  let value: unknown;
  try {
    value = parseStrictJson(fromUtf8(bytes, 'malformed-json'));
  } catch {
    throw malformed();
  }
  if (typeof value !== 'object' || value === null) throw malformed();
  const { v, kind, authority, case: of, reference, at, files } = value as Record<string, unknown>;
  const texts = [authority, of, reference, at].every((text) => typeof text === 'string');
  if (v !== 1 || kind !== 'taalil-bundle' || !texts || !Array.isArray(files)) throw malformed();
  for (const file of files as Record<string, unknown>[]) {
    const { path, bytes: size, sha256 } = file ?? {};
    if (typeof path !== 'string' || !Number.isSafeInteger(size) || !/^[0-9a-f]{64}$/.test(String(sha256))) {
      throw malformed();
    }
  }
  return value as Manifest;
}
