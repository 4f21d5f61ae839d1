import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import type { FormValues } from '../web/index.ts';

/** What somebody had typed when their session ended. */
export interface Kept {
  readonly caseId: string;
  /** Step of the request for review. */
  readonly step: string;
  readonly values: FormValues;
}

const PURPOSE = 'citizen-keep';
const LONGEST = 64 * 1024;

/** Seals it for a hidden field: unreadable on the device, and nobody can make one. */
export function keep(ctx: Context, kept: Kept): string {
  return sealBytes(ctx.vault.keyring.sessionMac(PURPOSE), PURPOSE, JSON.stringify(kept)).toString(
    'base64url',
  );
}

/** Reads what `keep` made; undefined for anything else. */
export function readKept(ctx: Context, field: unknown): Kept | undefined {
  if (typeof field !== 'string' || field === '' || field.length > LONGEST) return undefined;
  try {
    const sealed = Buffer.from(field, 'base64url');
    return JSON.parse(openBytes(ctx.vault.keyring.sessionMac(PURPOSE), PURPOSE, sealed).toString()) as Kept;
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'altered-record') return undefined;
    throw error;
  }
}
