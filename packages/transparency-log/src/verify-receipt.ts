import { fromBase64, toBase64 } from './bytes.ts';
import { canonicalize, type JsonValue } from './canonical-json.ts';
import { commitmentOf } from './commitment.ts';
import { type EntryType, parseEntry } from './entry.ts';
import { LogError } from './error.ts';
import { leafHash } from './merkle.ts';
import { verifyProof } from './proof.ts';
import { parseReceipt, parseReceiptFile, type Receipt } from './receipt.ts';
import { portableRuntime, type Runtime } from './runtime.ts';
import type { Trust } from './trust.ts';
import type { VerifiedCheckpoint } from './verify-checkpoint.ts';

export interface VerifiedReceipt {
  readonly origin: string;
  readonly index: number;
  readonly size: number;
  readonly type: EntryType;
  /** Month, "YYYY-MM". */
  readonly period: string;
  /** The opened facts by name. */
  readonly facts: Readonly<Record<string, JsonValue>>;
  /** SHA-256 leaf hash of the entry: what a monitor of the public log sees. */
  readonly leafHash: Uint8Array;
  readonly checkpoint: VerifiedCheckpoint;
}

/**
 * Verifies a receipt (docs/formats.md, "Receipt, version 1") without trusting who issued it: every opening matches a commitment of the entry, and the entry is in
 * a log whose checkpoint an accepted key (or policy) signed. It says that these facts were recorded then and not changed
 * since; neither that they are true nor that nothing else was recorded.
 *
 * Throws what `parseReceipt`, `verifyProof` throw, and `bad-commitment`.
 */
export async function verifyReceipt(
  input: string | Uint8Array | Receipt,
  trust: Trust,
  runtime: Runtime = portableRuntime,
): Promise<VerifiedReceipt> {
  const receipt = typeof input === 'string' || input instanceof Uint8Array ? parseReceipt(input) : input;
  const entry = parseEntry(receipt.entry);
  const facts: [string, JsonValue][] = [];
  for (const opening of receipt.openings) {
    const { name, value, salt } = opening;
    const commitment = toBase64(commitmentOf({ name, value }, fromBase64(salt), runtime.sha256));
    if (!entry.commitments.includes(commitment)) {
      throw new LogError(
        'bad-commitment',
        `What the receipt says of "${name}" is not what the entry commits to.`,
        { name },
      );
    }
    facts.push([name, value]);
  }
  const leaf = leafHash(receipt.entry, runtime.sha256);
  const { index, checkpoint } = await verifyProof(receipt.proof, leaf, trust, runtime);
  return {
    origin: checkpoint.origin,
    index,
    size: checkpoint.size,
    type: entry.type,
    period: entry.period,
    facts: Object.fromEntries(facts),
    leafHash: leaf,
    checkpoint,
  };
}

export interface BundleOptions {
  /** Name of a fact that every receipt must open to one and the same value, such as the reference of the case. */
  readonly linkedBy?: string;
}

/**
 * Verifies a file that holds one receipt or a bundle (docs/formats.md); all of them must hold. No entry may appear twice.
 * Throws what {@link verifyReceipt} throws (with the position of the receipt in `details.receipt`), and `bad-chain`.
 */
export async function verifyReceiptFile(
  input: string | Uint8Array | readonly Receipt[],
  trust: Trust,
  options: BundleOptions = {},
  runtime: Runtime = portableRuntime,
): Promise<VerifiedReceipt[]> {
  const receipts = typeof input === 'string' || input instanceof Uint8Array ? parseReceiptFile(input) : input;
  const verified: VerifiedReceipt[] = [];
  const entries = new Set<string>();
  const links = new Set<string>();
  for (const [position, receipt] of receipts.entries()) {
    const result = await verifyReceipt(receipt, trust, runtime).catch((error: unknown) => {
      throw error instanceof LogError ? at(position, error) : error;
    });
    entries.add(`${result.index} ${result.origin}`);
    if (options.linkedBy !== undefined) links.add(linkOf(result, options.linkedBy));
    verified.push(result);
  }
  if (entries.size !== verified.length)
    throw new LogError('bad-chain', 'One entry of the log appears twice in the bundle.');
  if (links.size > 1) {
    throw new LogError('bad-chain', `The receipts do not all open "${options.linkedBy}" to the same value.`);
  }
  return verified;
}

function linkOf(receipt: VerifiedReceipt, name: string): string {
  return Object.hasOwn(receipt.facts, name) ? canonicalize(receipt.facts[name] as JsonValue) : '';
}

function at(receipt: number, error: LogError): LogError {
  return new LogError(error.code, `Receipt ${receipt + 1}: ${error.message}`, { ...error.details, receipt });
}
