import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PlatformError } from '../errors.ts';
import { reach } from '../fault-points.ts';

const sync = promisify(fdatasync);

/** Size and root of a tree. */
export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface FenceRecord {
  /** Rises by one with every record. */
  readonly n: number;
  readonly before: Head;
  /** What was signed last, or is about to be. */
  readonly after: Head;
  /** Whether the commit of `after` is known to have happened. */
  readonly settled: boolean;
  /** A closed log signs nothing more. */
  readonly closed: boolean;
}

/** Records are written in turn to places of their own, so that a torn one leaves the one before it readable. */
const SLOTS = 4;
const SLOT_BYTES = 4_096;

/**
 * What this machine has signed last, kept in a small file apart from the store and its backups. A store that is set back
 * to an earlier state no longer matches it, and nothing is signed on top: two different trees of one size are a fork.
 *
 * Durability: `intend` resolves when the head that is about to be signed is on disk; the store's commit comes after it.
 * So the file is never behind what was acknowledged. `settle` notes that the commit happened, without waiting for the
 * disk: after a machine's crash the store may stand at `before` or `after` of an unsettled record, and at nothing else.
 */
export class Fence {
  readonly file: string;
  readonly #fd: number;
  #record: FenceRecord;
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(file: string, fd: number, record: FenceRecord) {
    this.file = file;
    this.#fd = fd;
    this.#record = record;
  }

  static create(folder: string, logId: string, head: Head): Fence {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${logId}.fence`);
    const fd = openSync(file, 'w+', 0o600);
    const record: FenceRecord = { n: 0, before: head, after: head, settled: true, closed: false };
    writeSync(fd, Buffer.alloc(SLOTS * SLOT_BYTES), 0, SLOTS * SLOT_BYTES, 0);
    const bytes = formatSlot(record);
    writeSync(fd, bytes, 0, bytes.length, 0);
    fsyncSync(fd);
    syncFolder(folder);
    return new Fence(file, fd, record);
  }

  /** Undefined where there is no file. Throws `fenced` when it cannot be read: then it is not known what was signed. */
  static open(folder: string, logId: string): Fence | undefined {
    const file = join(folder, `${logId}.fence`);
    if (!existsSync(file)) return undefined;
    const record = readRecord(file);
    if (record === undefined) {
      throw new PlatformError('fenced', 'The fence file is damaged: it is not known what was signed last.', {
        where: file,
        mend: 'Run: taalil log recover. It rebuilds the log from a mirror and asks the witnesses.',
      });
    }
    return new Fence(file, openSync(file, 'r+'), record);
  }

  get record(): FenceRecord {
    return this.#record;
  }

  /** Writes down what is about to be signed; rejects when the disk does not take it. */
  intend(before: Head, after: Head): Promise<void> {
    return this.#write({ before, after, settled: false }, true);
  }

  /** Notes that the last intent was committed. */
  settle(): void {
    this.#write({ settled: true }, false).catch(() => undefined);
  }

  /** Sets the record to a head that is known to hold; used when a log is opened, recovered or closed. */
  reset(head: Head, closed = false): Promise<void> {
    return this.#write({ before: head, after: head, settled: true, closed }, true);
  }

  /** Waits for the disk and lets the file go. */
  async close(): Promise<void> {
    await this.#tail.catch(() => undefined);
    await sync(this.#fd).catch(() => undefined);
    closeSync(this.#fd);
  }

  #write(change: Partial<FenceRecord>, durable: boolean): Promise<void> {
    const record = { ...this.#record, ...change, n: this.#record.n + 1 };
    this.#record = record;
    const bytes = formatSlot(record);
    const run = async () => {
      writeSync(this.#fd, bytes, 0, bytes.length, (record.n % SLOTS) * SLOT_BYTES);
      reach('fence-written');
      if (durable) await sync(this.#fd);
    };
    const done = this.#tail.then(run, run);
    this.#tail = done.catch(() => undefined);
    return done.catch((cause) => {
      throw new PlatformError(
        'store-unavailable',
        'The fence file could not be written; nothing was recorded.',
        {
          where: this.file,
          mend: 'Check the disk that holds it, then send the request again.',
          retryAfter: 5,
          cause,
        },
      );
    });
  }
}

/** The newest whole record of a fence file. */
export function readRecord(file: string): FenceRecord | undefined {
  const bytes = readFileSync(file);
  let newest: FenceRecord | undefined;
  for (let slot = 0; slot < SLOTS; slot++) {
    const record = parseSlot(bytes.subarray(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES));
    if (record !== undefined && (newest === undefined || record.n > newest.n)) newest = record;
  }
  return newest;
}

function formatSlot({ n, before, after, settled, closed }: FenceRecord): Buffer {
  const text = (head: Head) => [head.size, Buffer.from(head.root).toString('base64')];
  const line = JSON.stringify({ v: 1, n, before: text(before), after: text(after), settled, closed });
  return Buffer.from(`${line}\n${checksum(line)}\n`);
}

function parseSlot(bytes: Buffer): FenceRecord | undefined {
  const [line, sum] = bytes.toString('utf8').split('\n', 2);
  if (line === undefined || sum === undefined || checksum(line) !== sum) return undefined;
  const { n, before, after, settled, closed } = JSON.parse(line) as {
    n: number;
    before: [number, string];
    after: [number, string];
    settled: boolean;
    closed: boolean;
  };
  const head = ([size, root]: [number, string]): Head => ({ size, root: Buffer.from(root, 'base64') });
  return { n, before: head(before), after: head(after), settled, closed };
}

function checksum(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

export type Stand =
  /** The store stands where this machine signed last. */
  | 'same'
  /** The last commit was intended and did not happen. */
  | 'before'
  /** The store holds more than the fence knows; it must contain the fence's head. */
  | 'ahead'
  /** The store was set back, or holds another tree: signing would fork. */
  | 'behind';

/** Where a store stands against what was signed last. */
export function standOf({ before, after, settled }: FenceRecord, store: Head): Stand {
  const is = (head: Head) => head.size === store.size && Buffer.compare(head.root, store.root) === 0;
  if (is(after)) return 'same';
  if (!settled && is(before)) return 'before';
  return store.size > after.size ? 'ahead' : 'behind';
}
