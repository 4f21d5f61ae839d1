import {
  auditLog,
  parseEntry,
  type Trust,
  type VerifiedCheckpoint,
  verifyCheckpoint,
} from '@taalil/transparency-log';
import { nodeRuntime, nodeSha256 } from '@taalil/transparency-log/writer';
import type { LogSource } from './log-source.ts';

export interface MonitorOptions {
  /** An earlier signed checkpoint that the log must extend. */
  readonly since?: string | Uint8Array;
  readonly onStart?: (head: VerifiedCheckpoint) => void;
  readonly onEntries?: (done: number) => void;
}

/**
 * Reads a published log again from its first entry: signatures of its checkpoint by `trust`, every entry against its
 * tile, every tile against the ones below, no gap, the signed root; that every entry is one of ours in canonical form; and
 * that it extends `since`. Throws `LogError` (its kind says broken, untrusted or malformed) and what the source throws.
 */
export async function monitorLog(
  source: LogSource,
  trust: Trust,
  { since, onStart, onEntries }: MonitorOptions = {},
): Promise<VerifiedCheckpoint> {
  const head = await verifyCheckpoint(await source.checkpoint(), trust, nodeRuntime);
  const earlier = since === undefined ? undefined : await verifyCheckpoint(since, trust, nodeRuntime);
  onStart?.(head);
  await auditLog(head, source.readTile, {
    sha256: nodeSha256,
    readBundle: source.readBundle,
    ...(earlier === undefined ? {} : { since: earlier }),
    onBatch(first, entries = []) {
      for (const entry of entries) parseEntry(entry);
      onEntries?.(first + entries.length);
    },
  });
  return head;
}
