import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ExplainError } from '../error.ts';
import { pathsOf } from '../forest/paths.ts';
import { planWithoutTables, planWithTables } from '../forest/plan.ts';
import type { Rows } from '../forest/rows.ts';
import type { TreesModel } from '../formats/trees-model.ts';
import type { RowContributions } from '../trees.ts';
import type { Done, Job, Prepared } from './shared.ts';

export interface PoolOptions {
  /** As many as the machine has cores when left out. */
  readonly workers?: number;
  /** Most memory for tables in bytes, in each worker; 256 MB by default, 0 for none: quicker to begin, slower in the long run. */
  readonly maxTableBytes?: number;
}

/** Workers that explain large batches of one model. Close it, or the process does not end. */
export interface ContributionPool {
  /**
   * As `contributions`, over all workers. The same rows give the same numbers to the last bit, whatever the number of workers.
   * Calls wait for one another.
   * @throws {ExplainError} `worker-failed` when a worker ends; the pool is then closed
   */
  contributions(rows: Rows): Promise<RowContributions>;
  close(): Promise<void>;
}

const MOST_WORKERS = 64;

/**
 * Starts workers for a model; the tables are computed once and handed to each.
 * @throws {ExplainError} `no-cover` as `contributions`, `bad-question` for a number of workers that makes no sense
 */
export function openPool(model: TreesModel, options: PoolOptions = {}): ContributionPool {
  const {
    workers: count = Math.min(MOST_WORKERS, availableParallelism()),
    maxTableBytes = 256 * 1024 * 1024,
  } = options;
  const { forest } = model;
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST_WORKERS))
    throw new ExplainError('bad-question', 'workers', `must be a whole number from 1 to ${MOST_WORKERS}`);
  if (!forest.hasCover) {
    throw new ExplainError(
      'no-cover',
      '',
      'the file does not say how many training rows reached each node; use contributionsAgainst',
    );
  }
  const plan = maxTableBytes > 0 ? planWithTables(forest, maxTableBytes) : planWithoutTables(forest);
  const prepared: Prepared = { forest, plan };
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL(file, import.meta.url), { workerData: prepared }),
  );
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const close = async () => {
    closed = true;
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  const run = async ({ data, count: rows }: Rows): Promise<RowContributions> => {
    if (closed) throw new ExplainError('worker-failed', 'workers', 'are closed; open a new pool');
    const { bias } = pathsOf(forest);
    const job: Job = {
      data: sharedCopy(data),
      count: rows,
      values: sharedFloats(rows * forest.outputs * forest.features),
      margin: sharedFloats(rows * forest.outputs),
      bias,
      next: new Int32Array(new SharedArrayBuffer(4)),
    };
    const gaps = workers.map((worker) => ask(worker, job));
    try {
      const additivity = Math.max(...(await Promise.all(gaps)));
      return { values: job.values, margin: job.margin, bias, additivity };
    } catch (error) {
      await close();
      throw error;
    }
  };
  return {
    contributions(rows) {
      const result = last.then(() => run(rows));
      last = result.catch(() => {});
      return result;
    },
    close,
  };
}

async function ask(worker: Worker, job: Job): Promise<number> {
  const gone = new AbortController();
  const left = once(worker, 'exit', { signal: gone.signal }).then(([code]) => ({
    failure: `ended with code ${code}`,
  }));
  const answered = once(worker, 'message', { signal: gone.signal }).then(([done]) => done as Done);
  left.catch(() => {});
  answered.catch(() => {});
  worker.postMessage(job);
  const done = await Promise.race([answered, left]).catch((error: unknown) => ({
    failure: error instanceof Error ? error.message : String(error),
  }));
  gone.abort();
  if ('failure' in done)
    throw new ExplainError('worker-failed', 'workers', `one of them failed: ${done.failure}`);
  return done.additivity;
}

function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}

/** Rows in shared memory, as they are when they lie there already. */
function sharedCopy(data: Float32Array | Float64Array): Float32Array | Float64Array {
  if (data.buffer instanceof SharedArrayBuffer) return data;
  const buffer = new SharedArrayBuffer(data.byteLength);
  const copy = data instanceof Float32Array ? new Float32Array(buffer) : new Float64Array(buffer);
  copy.set(data);
  return copy;
}
