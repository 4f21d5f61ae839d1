import { PlatformError } from '../errors.ts';
import { reach } from '../fault-points.ts';
import { commitSeconds, refusedSeals, sealedEntries, waitingSeals } from '../metrics.ts';
import type { Store, Transaction } from '../store/index.ts';
import { Gathering } from './gathering.ts';
import { shuffledPlaces } from './shuffle.ts';

/** The most entries that one commit takes. */
export const BATCH_MOST = 1_000;

/** One thing to seal: a log entry and the rows that belong to it, committed together or not at all. */
export interface SealUnit {
  readonly entry: Uint8Array;
  /** Of an entry that belongs to a case: its place among those of other cases in the same commit is drawn by lot. */
  readonly caseId?: string | undefined;
  /** The system it is about: the entry is shown to the public when that system's interval ends. */
  readonly systemId?: string | undefined;
  /** Units of one `Together` are committed in one transaction, all or none. */
  readonly together?: Together | undefined;
  /** Of a unit that another process of the platform may seal: what it makes the unit again from. */
  readonly portable?: PortableUnit | undefined;
  /** The rows that `check` will look up. */
  expect?(tx: Transaction): void;
  /**
   * Runs inside the sealing transaction, before anything of this unit is written: reads again what admission
   * relied on. What it throws rejects this unit alone. It may run more than once.
   */
  check?(tx: Transaction): Promise<void>;
  /** Writes the unit's rows. What it throws rejects this unit alone. It may run more than once, with other indexes. */
  write(tx: Transaction, index: number): void | Promise<void>;
}

/** Plain data, and which kind of unit it makes; `rooms.ts` knows the kinds. */
export interface PortableUnit {
  readonly kind: string;
  readonly data: unknown;
}

/**
 * Holds units together: nothing is sealed before `size` of them have come, and nothing when one of them is refused. When the
 * signal says that the rest will not come, those that wait are rejected with its reason.
 */
export interface Together {
  readonly size: number;
  readonly signal: AbortSignal;
}

/** Where an entry stands: its index among all of the authority, and the size of the first signed tree that holds it. */
export interface Sealed {
  readonly index: number;
  readonly size: number;
}

/** Appends entries to the log inside the transaction; `settle` runs once it is durable. */
export interface LogAppender {
  /** Index of the next entry among all of the authority, and size of the tree before it. */
  readonly next: { readonly index: number; readonly size: number };
  append(tx: Transaction, units: readonly SealUnit[]): Promise<{ settle(): void }>;
  /**
   * Within a transaction, after a store failure: looks where the log stands, for the commit that failed may have happened. True when
   * `next` has moved.
   */
  resume(tx: Transaction): Promise<boolean>;
  /** Why nothing more is sealed here, if so. */
  readonly stopped: PlatformError | undefined;
}

interface Waiting {
  readonly unit: SealUnit;
  resolve(sealed: Sealed): void;
  reject(error: unknown): void;
}

interface Refused {
  readonly waiting: Waiting;
  readonly error: unknown;
}

/** How often a commit is begun again because other units were refused than expected, before order is left as it came. */
const SHUFFLES_MOST = 3;

/**
 * One sequencer per authority. No timer: the next commit starts when the last one has returned, and takes what
 * waits. A caller hears of success only after the commit.
 *
 * Units are checked and written in the order in which they came; the places of their entries are shuffled.
 */
export class Sequencer {
  readonly #store: Store;
  readonly #log: LogAppender;
  readonly #beforeCommit: () => void;
  #waiting: Waiting[] = [];
  readonly #gathering = new Gathering<Waiting>();
  readonly #groups: Waiting[][] = [];
  #running: Promise<void> | undefined;

  constructor(store: Store, log: LogAppender, beforeCommit: () => void) {
    this.#store = store;
    this.#log = log;
    this.#beforeCommit = beforeCommit;
  }

  seal(unit: SealUnit): Promise<Sealed> {
    return new Promise((resolve, reject) => {
      const waiting = { unit, resolve, reject };
      if (unit.together === undefined) this.#waiting.push(waiting);
      else {
        const group = this.#gathering.add(unit.together, waiting);
        if (group === undefined) return;
        this.#groups.push(group);
      }
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#waits) {
        // Let requests that have already arrived join this commit.
        await new Promise(setImmediate);
        await this.#commit(this.#waiting.splice(0, BATCH_MOST));
        const group = this.#groups.shift();
        if (group !== undefined) await this.#commitTogether(group);
      }
    } finally {
      this.#running = undefined;
      if (this.#waits) this.#running = this.#run();
    }
  }

  get #waits(): boolean {
    return this.#waiting.length > 0 || this.#groups.length > 0;
  }

  /** All or none: what one unit is refused for, all are. */
  async #commitTogether(group: Waiting[]): Promise<void> {
    const outcome = await this.#attempt(group, new Set(), false);
    if (outcome === 'done') return;
    const error = 'error' in outcome ? outcome.error : [...outcome.values()][0];
    for (const waiting of group) waiting.reject(error);
  }

  async #commit(batch: Waiting[]): Promise<void> {
    let left = batch;
    let expected: ReadonlySet<Waiting> = new Set();
    for (let attempt = 1; left.length > 0; attempt++) {
      const outcome = await this.#attempt(left, expected, attempt > SHUFFLES_MOST);
      if (outcome === 'done') return;
      if ('error' in outcome) {
        outcome.waiting.reject(outcome.error);
        left = left.filter((w) => w !== outcome.waiting);
      } else expected = new Set(outcome.keys());
    }
  }

  /**
   * Tries to commit the batch, with places drawn for all units but those that are expected to be refused. Nothing is
   * committed where a unit's own `write` fails (that unit is named), or where other units were refused than expected
   * (those are named): the places would not be without gaps.
   */
  async #attempt(
    batch: Waiting[],
    expected: ReadonlySet<Waiting>,
    asTheyCame: boolean,
  ): Promise<'done' | Refused | Map<Waiting, unknown>> {
    let culprit: Waiting | undefined;
    let refused: Refused[] = [];
    let accepted: Waiting[] = [];
    let places: number[] = [];
    let settle = () => {};
    const { stopped } = this.#log;
    if (stopped !== undefined) {
      for (const { reject } of batch) reject(stopped);
      return 'done';
    }
    const first = this.#log.next;
    const together = batch[0]?.unit.together !== undefined;
    const started = performance.now();
    waitingSeals.set(batch.length + this.#waiting.length);
    try {
      reach('batch-taken');
      await this.#store.transact(async (tx) => {
        refused = [];
        accepted = [];
        places = [];
        if (await this.#log.resume(tx)) throw new OtherPlaces();
        const drawn = asTheyCame
          ? []
          : shuffledPlaces(batch.filter((w) => !expected.has(w)).map((w) => w.unit));
        for (const { unit } of batch) unit.expect?.(tx);
        for (const waiting of batch) {
          try {
            await waiting.unit.check?.(tx);
          } catch (error) {
            refused.push({ waiting, error });
            continue;
          }
          culprit = waiting;
          const place = drawn[accepted.length] ?? accepted.length;
          const written = waiting.unit.write(tx, first.index + place);
          if (written !== undefined) await written;
          culprit = undefined;
          accepted.push(waiting);
          places.push(place);
        }
        reach('checks-done');
        const asExpected =
          refused.length === expected.size && refused.every(({ waiting }) => expected.has(waiting));
        const mayLeaveOut = accepted.length === 0 && !together;
        if (!asExpected && !asTheyCame && !mayLeaveOut) throw new OtherPlaces();
        if (accepted.length === 0) return;
        reach('rows-written');
        this.#beforeCommit();
        reach('keys-durable');
        const ordered = new Array<SealUnit>(accepted.length);
        for (const [i, { unit }] of accepted.entries()) ordered[places[i] as number] = unit;
        settle = (await this.#log.append(tx, ordered)).settle;
        reach('before-commit');
      });
      reach('committed');
    } catch (error) {
      if (error instanceof OtherPlaces) return new Map(refused.map(({ waiting, error }) => [waiting, error]));
      if (culprit !== undefined && !isStoreFailure(error)) return { waiting: culprit, error };
      // A row that an adapter held back until the commit broke a key: one at a time tells whose it was.
      if (batch.length > 1 && !together && !isStoreFailure(error) && !isFenced(error)) {
        for (const waiting of batch) await this.#commit([waiting]);
      } else for (const waiting of batch) waiting.reject(error);
      return 'done';
    }
    settle();
    reach('fence-settled');
    commitSeconds.observe((performance.now() - started) / 1_000);
    sealedEntries.inc(accepted.length);
    for (const { waiting, error } of refused) {
      refusedSeals.inc({ code: error instanceof PlatformError ? error.code : 'other' });
      waiting.reject(error);
    }
    const size = first.size + accepted.length;
    for (const [i, waiting] of accepted.entries()) {
      waiting.resolve({ index: first.index + (places[i] as number), size });
    }
    reach('acknowledged');
    return 'done';
  }
}

/** Thrown inside a transaction to begin it again with places for the units that are really accepted. */
class OtherPlaces extends Error {}

function isFenced(error: unknown): boolean {
  return error instanceof PlatformError && error.code === 'fenced';
}

function isStoreFailure(error: unknown): boolean {
  return error instanceof PlatformError && error.code === 'store-unavailable';
}
