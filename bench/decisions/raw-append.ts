import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one decision puts on the disk, roughly: rows, indexes, entry. */
export const DECISION_BYTES = 6 * 1_024;

/** Decisions a second that this disk could take if nothing were computed: `batch` of them written, then one `fdatasync`. */
export function rawAppends(batch: number, seconds = 1): number {
  const folder = mkdtempSync(join(process.env.BENCH_TMP ?? tmpdir(), 'taalil-raw-'));
  const file = openSync(join(folder, 'log'), 'a');
  const bytes = Buffer.alloc(batch * DECISION_BYTES, 0x61);
  let written = 0;
  const started = performance.now();
  while (performance.now() - started < 1_000 * seconds) {
    writeSync(file, bytes);
    fdatasyncSync(file);
    written += batch;
  }
  const took = (performance.now() - started) / 1_000;
  closeSync(file);
  rmSync(folder, { recursive: true });
  return written / took;
}
