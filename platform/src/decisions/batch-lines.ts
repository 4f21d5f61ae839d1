import { PlatformError } from '../errors.ts';
import { type Envelope, parseEnvelope, parseIdempotencyKey } from './envelope.ts';
import { LineFaults } from './line-faults.ts';

export const LINES_MOST = 10_000;
export const BATCH_BYTES_MOST = 16 * 1024 * 1024;

export interface BatchLine {
  /** From 1. */
  readonly number: number;
  readonly key: string;
  readonly envelope: Envelope;
}

/** Parses NDJSON: an envelope a line, with its own `idempotency_key`. Throws with the faults of all lines. */
export function parseBatch(text: string): BatchLine[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) throw tooMany('The batch has no line.');
  if (lines.length > LINES_MOST)
    throw tooMany(`The batch has ${lines.length} lines; at most ${LINES_MOST} are taken.`);
  const faults = new LineFaults();
  const keys = new Map<string, number>();
  const parsed: BatchLine[] = [];
  for (const [i, line] of lines.entries()) {
    const number = i + 1;
    try {
      const { key, envelope } = parseLine(line);
      const same = keys.get(key);
      if (same !== undefined) {
        throw new PlatformError('invalid-request', `has the idempotency_key of line ${same}`, {
          where: '/idempotency_key',
        });
      }
      keys.set(key, number);
      parsed.push({ number, key, envelope });
    } catch (error) {
      faults.add(number, error);
    }
  }
  faults.throwIfAny();
  return parsed;
}

function parseLine(line: string): { key: string; envelope: Envelope } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new PlatformError('invalid-request', `is not valid JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PlatformError('invalid-request', 'is not a JSON object');
  }
  const { idempotency_key: key, ...envelope } = value as Record<string, unknown>;
  if (typeof key !== 'string') {
    throw new PlatformError(
      'invalid-request',
      'is missing: 8 to 200 visible ASCII characters, a new value for each case',
      {
        where: '/idempotency_key',
      },
    );
  }
  return { key: parseIdempotencyKey(key), envelope: parseEnvelope(envelope) };
}

function tooMany(message: string): PlatformError {
  return new PlatformError('too-large', message, {
    mend: `Send 1 to ${LINES_MOST} lines, each an object with "idempotency_key", "subject" and "input".`,
  });
}
