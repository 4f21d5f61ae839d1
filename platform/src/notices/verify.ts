import {
  LogError,
  type LogErrorKind,
  type VerifiedReceipt,
  verifyReceiptFile,
} from '@taalil/transparency-log';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import type { Context } from '../context.ts';
import { authorities } from '../register/authorities.ts';

export interface CheckedReceipt extends VerifiedReceipt {
  /** Whose log it is in. */
  readonly authorityId: string;
}

/**
 * - `valid`: in the log of an authority that this platform serves, unchanged;
 * - `untrusted`: well formed, and of a log that this platform does not serve;
 * - `broken`: it names one of our logs, and a signature, proof or commitment does not hold;
 * - `malformed`: not a receipt.
 */
export type ReceiptVerdict =
  | { readonly kind: 'valid'; readonly receipts: readonly CheckedReceipt[] }
  | { readonly kind: 'untrusted' | 'broken' | 'malformed'; readonly error: LogError };

/** Kinds that speak of the receipt; any other is a fault of ours and is thrown on. */
const VERDICTS: Readonly<Partial<Record<LogErrorKind, 'untrusted' | 'broken' | 'malformed'>>> = {
  malformed: 'malformed',
  untrusted: 'untrusted',
  broken: 'broken',
  unsupported: 'untrusted',
};

/** The origin and verifier key of every authority's log here. */
function ourLogs(ctx: Context): Promise<{ authorityId: string; origin: string; vkey: string }[]> {
  return Promise.all(
    [...authorities(ctx).keys()].map(async (authorityId) => ({
      authorityId,
      origin: await ctx.ledger.origin(authorityId),
      vkey: await ctx.ledger.vkey(authorityId),
    })),
  );
}

/**
 * Checks a receipt or a bundle that anybody pasted: hostile text. All receipts of a bundle must hold, and all must be of
 * one case. Says nothing about whether the facts are true.
 */
export async function verifyReceiptText(ctx: Context, text: string | Uint8Array): Promise<ReceiptVerdict> {
  const logs = await ourLogs(ctx);
  try {
    const verified = await verifyReceiptFile(
      typeof text === 'string' ? text.trim() : text,
      { vkey: logs.map((log) => log.vkey) },
      { linkedBy: 'case' },
      nodeRuntime,
    );
    const authorityOf = (origin: string) => logs.find((log) => log.origin === origin)?.authorityId ?? '';
    return { kind: 'valid', receipts: verified.map((r) => ({ ...r, authorityId: authorityOf(r.origin) })) };
  } catch (error) {
    const kind = error instanceof LogError ? VERDICTS[error.kind] : undefined;
    if (kind === undefined) throw error;
    return { kind, error: error as LogError };
  }
}
