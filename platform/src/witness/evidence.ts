import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCheckpoint, parseNote, type WitnessRecord } from '@taalil/transparency-log';

/** Two signed roots of one size prove a fork; a handful is as good as a thousand. */
const KEPT_MOST = 100;

/**
 * Keeps what proves that a log has signed two trees of one size: both notes, in a file of `forks/` in the witness's folder.
 * Returns the file; undefined where it proves nothing (the fault may be the proof's alone) or enough are kept.
 */
export function keepFork(
  folder: string,
  note: string,
  recorded: WitnessRecord | undefined,
): string | undefined {
  if (recorded === undefined || parseCheckpoint(parseNote(note).text).size !== recorded.size)
    return undefined;
  const forks = join(folder, 'forks');
  mkdirSync(forks, { recursive: true, mode: 0o700 });
  const file = join(forks, `${createHash('sha256').update(parseNote(note).text).digest('hex')}.txt`);
  if (existsSync(file) || readdirSync(forks).length >= KEPT_MOST) return undefined;
  writeFileSync(file, `${recorded.note}\n${note}`, { mode: 0o600 });
  return file;
}
