import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64 } from '@taalil/transparency-log';
import { readRecord, standOf } from '../ledger/fence.ts';
import type { BackedUpLog } from './manifest.ts';

/** How a restored log stands against what this machine remembers to have signed last. */
export interface FenceStand {
  readonly log: string;
  /** Entries that were restored. */
  readonly size: number;
  /** Entries that this machine signed, where it remembers. */
  readonly signed: number | undefined;
  /**
   * - `same`: it signed nothing after the backup;
   * - `later`: it did, or it signed another log;
   * - `closed`: the log was closed since, for good;
   * - `unknown`: there is no fence, or it cannot be read.
   */
  readonly stand: 'same' | 'later' | 'closed' | 'unknown';
}

export function fenceStands(fence: string, { log, size, root }: BackedUpLog): FenceStand {
  const file = join(fence, `${log}.fence`);
  const record = existsSync(file) ? readRecord(file) : undefined;
  if (record === undefined) return { log, size, signed: undefined, stand: 'unknown' };
  const signed = record.after.size;
  if (record.closed) return { log, size, signed, stand: 'closed' };
  const stand = standOf(record, { size, root: fromBase64(root) });
  return { log, size, signed, stand: stand === 'same' || stand === 'before' ? 'same' : 'later' };
}
