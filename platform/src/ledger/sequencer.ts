import { PlatformError } from '../errors.ts';
import type { Store, Transaction } from '../store/index.ts';

/** The most entries that one commit takes. */
export const BATCH_MOST = 1_000;

/** One thing to seal: a log entry and the rows that belong to it, committed together or not at all. */
export interface SealUnit {
  readonly entry: Uint8Array;
  /**
   * Runs inside the sealing transaction, before anything of this unit is written: reads again what admission
   * relied on. What it throws rejects this unit alone. It may run more than once.
   */
  check?(tx: Transaction): Promise<void>;
  /** Writes the unit's rows. What it throws rejects this unit alone. It may run more than once. */
  write(tx: Transaction, index: number): void | Promise<void>;
}

/** Where an entry stands: its index, and the size of the first signed tree that holds it. */
export interface Sealed {
  readonly index: number;
  readonly size: number;
}

/** Appends entries to the log inside the transaction; `settle` runs once it is durable. */
export interface LogAppender {
  readonly size: number;
  append(tx: Transaction, entries: readonly Uint8Array[]): Promise<{ settle(): void }>;
}

interface Waiting {
  readonly unit: SealUnit;
  resolve(sealed: Sealed): void;
  reject(error: unknown): void;
}

/**
 * One sequencer per authority. No timer: the next commit starts when the last one has returned, and takes what
 * waits. A caller hears of success only after the commit.
 */
export class Sequencer {
  readonly #store: Store;
  readonly #log: LogAppender;
  readonly #beforeCommit: () => void;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(store: Store, log: LogAppender, beforeCommit: () => void) {
    this.#store = store;
    this.#log = log;
    this.#beforeCommit = beforeCommit;
  }

  seal(unit: SealUnit): Promise<Sealed> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ unit, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        // Let requests that have already arrived join this commit.
        await new Promise(setImmediate);
        await this.#commit(this.#waiting.splice(0, BATCH_MOST));
      }
    } finally {
      this.#running = undefined;
      if (this.#waiting.length > 0) this.#running = this.#run();
    }
  }

  async #commit(batch: Waiting[]): Promise<void> {
    let left = batch;
    while (left.length > 0) {
      const outcome = await this.#attempt(left);
      if (outcome === undefined) return;
      outcome.waiting.reject(outcome.error);
      left = left.filter((w) => w !== outcome.waiting);
    }
  }

  /** Commits the batch. Where a unit's own `write` fails, nothing is committed and that unit is named. */
  async #attempt(batch: Waiting[]): Promise<{ waiting: Waiting; error: unknown } | undefined> {
    let culprit: Waiting | undefined;
    let refused: { waiting: Waiting; error: unknown }[] = [];
    let accepted: Waiting[] = [];
    let settle = () => {};
    const first = this.#log.size;
    try {
      await this.#store.transact(async (tx) => {
        refused = [];
        accepted = [];
        for (const waiting of batch) {
          try {
            await waiting.unit.check?.(tx);
          } catch (error) {
            refused.push({ waiting, error });
            continue;
          }
          culprit = waiting;
          const written = waiting.unit.write(tx, first + accepted.length);
          if (written !== undefined) await written;
          culprit = undefined;
          accepted.push(waiting);
        }
        if (accepted.length === 0) return;
        this.#beforeCommit();
        settle = (await this.#log.append(tx, accepted.map((w) => w.unit.entry))).settle;
      });
    } catch (error) {
      if (culprit !== undefined && !isStoreFailure(error)) return { waiting: culprit, error };
      for (const waiting of batch) waiting.reject(error);
      return undefined;
    }
    settle();
    for (const { waiting, error } of refused) waiting.reject(error);
    const size = first + accepted.length;
    for (const [i, waiting] of accepted.entries()) waiting.resolve({ index: first + i, size });
    return undefined;
  }
}

function isStoreFailure(error: unknown): boolean {
  return error instanceof PlatformError && error.code === 'store-unavailable';
}
