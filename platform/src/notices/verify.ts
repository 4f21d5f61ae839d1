import {
  LogError,
  type LogErrorKind,
  parsePolicy,
  parseVerifierKey,
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

/** Whom this platform believes about receipts, and whose logs these are. */
export interface ReceiptTrust {
  /**
   * C2SP tlog-policy: every log of every authority here, those that were closed too, and the witnesses, so that what they
   * signed is checked too; `quorum none`, as a receipt is good before they have.
   */
  readonly policy: string;
  /** The authority of each log, by origin. */
  readonly authorities: ReadonlyMap<string, string>;
}

export async function receiptTrust(ctx: Context): Promise<ReceiptTrust> {
  const keys = await Promise.all(
    [...authorities(ctx).keys()].map(async (id) => ({ id, vkeys: await ctx.ledger.vkeys(id) })),
  );
  const all = keys.flatMap(({ id, vkeys }) => vkeys.map((vkey) => ({ id, vkey })));
  const [first] = keys;
  const witnesses = first && (await ctx.ledger.witnesses(first.id))?.profiles;
  return {
    policy: [
      ...all.map(({ vkey }) => `log ${vkey}`),
      ...(witnesses ?? []).map(({ name, vkey }) => `witness ${name} ${vkey}`),
      'quorum none\n',
    ].join('\n'),
    authorities: new Map(all.map(({ id, vkey }) => [parseVerifierKey(vkey).name, id])),
  };
}

/**
 * Checks a receipt or a bundle that anybody pasted: hostile text. All receipts of a bundle must hold, and all must be of
 * one case. Says nothing about whether the facts are true.
 */
export async function verifyReceiptText(ctx: Context, text: string | Uint8Array): Promise<ReceiptVerdict> {
  const { policy, authorities } = await receiptTrust(ctx);
  try {
    const verified = await verifyReceiptFile(
      typeof text === 'string' ? text.trim() : text,
      { policy: parsePolicy(policy) },
      { linkedBy: 'case' },
      nodeRuntime,
    );
    const authorityOf = (origin: string) => authorities.get(origin) ?? '';
    return { kind: 'valid', receipts: verified.map((r) => ({ ...r, authorityId: authorityOf(r.origin) })) };
  } catch (error) {
    const kind = error instanceof LogError ? VERDICTS[error.kind] : undefined;
    if (kind === undefined) throw error;
    return { kind, error: error as LogError };
  }
}
