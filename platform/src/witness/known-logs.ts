import { existsSync, readFileSync, statSync } from 'node:fs';
import { LogError, parseVerifierKey, type VerifierKey } from '@taalil/transparency-log';
import { PlatformError } from '../errors.ts';

/** What a witness allows one log. */
export interface KnownLog {
  readonly origin: string;
  readonly keys: readonly VerifierKey[];
  /** Seconds that pass at least between two cosignatures; 0 for no limit. */
  readonly every: number;
}

const LOOK_AGAIN_MS = 250;

/**
 * Reads a witness's list of logs. One log a line, comments behind `#`:
 *
 *     log <vkey> [origin=<origin>] [every=<seconds>]
 *
 * The origin is the key's name unless given. More than one line of an origin gives it more than one key, and the longest
 * `every`. Throws `invalid-request` with the line.
 */
export function parseKnownLogs(text: string): ReadonlyMap<string, KnownLog> {
  const logs = new Map<string, KnownLog>();
  for (const [i, line] of text.split('\n').entries()) {
    const [keyword, vkey, ...options] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    if (keyword === '' || keyword === undefined) continue;
    if (keyword !== 'log' || vkey === undefined) throw wrong(i, 'write: log <vkey> [origin=…] [every=…]');
    const key = keyOf(i, vkey);
    let origin = key.name;
    let every = 0;
    for (const option of options) {
      const [, name, value] = /^(origin|every)=(.+)$/.exec(option) ?? [];
      if (value === undefined) throw wrong(i, `"${option}" is neither origin=… nor every=…`);
      if (name === 'origin') origin = value;
      else if (/^\d{1,5}$/.test(value)) every = Number(value);
      else throw wrong(i, 'every is a number of seconds');
    }
    const before = logs.get(origin);
    logs.set(origin, {
      origin,
      keys: [...(before?.keys ?? []), key],
      every: Math.max(every, before?.every ?? 0),
    });
  }
  return logs;
}

/** The list as it stands in a file, read again when the file changes; a file with a fault leaves the last good list. */
export function watchKnownLogs(
  file: string,
  onFault: (error: unknown) => void,
): () => ReadonlyMap<string, KnownLog> {
  let logs = existsSync(file) ? parseKnownLogs(readFileSync(file, 'utf8')) : new Map<string, KnownLog>();
  let stamp = existsSync(file) ? statSync(file).mtimeMs : 0;
  let looked = performance.now();
  return () => {
    if (performance.now() - looked < LOOK_AGAIN_MS) return logs;
    looked = performance.now();
    const now = existsSync(file) ? statSync(file).mtimeMs : 0;
    if (now === stamp) return logs;
    stamp = now;
    try {
      logs = parseKnownLogs(existsSync(file) ? readFileSync(file, 'utf8') : '');
    } catch (error) {
      onFault(error);
    }
    return logs;
  };
}

function keyOf(line: number, vkey: string): VerifierKey {
  try {
    return parseVerifierKey(vkey);
  } catch (error) {
    if (error instanceof LogError) throw wrong(line, error.message);
    throw error;
  }
}

function wrong(line: number, why: string): PlatformError {
  return new PlatformError('invalid-request', `Line ${line + 1} of the list of logs: ${why}.`, {
    where: `line ${line + 1}`,
    mend: 'Correct the line; until then the list stays as it was.',
  });
}
