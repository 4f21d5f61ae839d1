import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseCheckpoint, parseNote, type WitnessRecord, type WitnessStore } from '@taalil/transparency-log';
import { PlatformError } from '../errors.ts';
import { Mutex } from '../store/index.ts';
import { reachInWitness } from './fault-points.ts';

interface StoredRecord {
  readonly origin: string;
  readonly timestamp: number;
  readonly note: string;
}

/**
 * A witness's records, one small file for each log. `replace` resolves with true after file and folder are synced; a
 * crash leaves the old record or the new one. A file that cannot be read is never taken for no record: `read` throws.
 *
 * Never restore this folder from a backup with the same key: a witness that forgets cosigns forks.
 */
export function openRecords(folder: string): WitnessStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const known = new Map<string, WitnessRecord | undefined>();
  const turns = new Map<string, Mutex>();

  const read = (origin: string): WitnessRecord | undefined => {
    if (!known.has(origin)) known.set(origin, readRecord(folder, origin));
    return known.get(origin);
  };

  const replace = (origin: string, before: WitnessRecord | undefined, next: WitnessRecord): boolean => {
    if (!same(read(origin), before)) return false;
    try {
      reachInWitness('record-checked');
      writeRecord(folder, origin, next);
    } catch (cause) {
      // Whether the rename reached the disk is not known: look again before the next answer.
      known.delete(origin);
      throw new PlatformError(
        'store-unavailable',
        "The witness's record could not be written; nothing was cosigned.",
        {
          where: folder,
          mend: 'Check free space and the health of the folder.',
          retryAfter: 5,
          cause,
        },
      );
    }
    known.set(origin, next);
    return true;
  };

  return {
    read: async (origin) => read(origin),
    replace(origin, before, next) {
      const turn = turns.get(origin) ?? new Mutex();
      turns.set(origin, turn);
      return turn.run(async () => replace(origin, before, next));
    },
  };
}

function same(a: WitnessRecord | undefined, b: WitnessRecord | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.size === b.size && a.timestamp === b.timestamp && Buffer.compare(a.root, b.root) === 0;
}

function fileOf(folder: string, origin: string): string {
  return join(folder, `${createHash('sha256').update(origin).digest('hex')}.json`);
}

function readRecord(folder: string, origin: string): WitnessRecord | undefined {
  const file = fileOf(folder, origin);
  if (!existsSync(file)) return undefined;
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as StoredRecord;
    const { size, root, origin: signed } = parseCheckpoint(parseNote(stored.note).text);
    if (stored.origin !== origin || signed !== origin || !Number.isSafeInteger(stored.timestamp)) {
      throw new Error('it is of another log');
    }
    return { size, root, timestamp: stored.timestamp, note: stored.note };
  } catch (cause) {
    throw new PlatformError(
      'fenced',
      `The record of "${origin}" cannot be read; nothing of that log is cosigned.`,
      {
        where: file,
        mend: 'Do not delete it. A new witness needs a new key.',
        cause,
      },
    );
  }
}

function writeRecord(folder: string, origin: string, { timestamp, note }: WitnessRecord): void {
  const file = fileOf(folder, origin);
  const partial = `${file}.part`;
  const stored: StoredRecord = { origin, timestamp, note };
  const bytes = Buffer.from(`${JSON.stringify(stored)}\n`);
  const fd = openSync(partial, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    reachInWitness('record-written');
    fsyncSync(fd);
    reachInWitness('record-synced');
  } finally {
    closeSync(fd);
  }
  renameSync(partial, file);
  reachInWitness('record-renamed');
  const dir = openSync(folder, 'r');
  try {
    fsyncSync(dir);
  } finally {
    closeSync(dir);
  }
  reachInWitness('record-durable');
}
