import { Worker } from 'node:worker_threads';
import type { Appends } from './buffered-transaction.ts';
import type { WriterAnswer, WriterRequest } from './sqlite-protocol.ts';
import { unavailable } from './unavailable.ts';

type Asked = WriterRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;
export type WriterResult = Extract<WriterAnswer, { rows: unknown }>;

interface Waiting {
  resolve(result: WriterResult): void;
  reject(error: unknown): void;
}

/** The writing thread. It keeps the process alive only while it owes an answer. */
export class WriterThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #gone: Error | undefined;

  constructor(file: string) {
    this.#worker = new Worker(new URL('./sqlite-writer.ts', import.meta.url), {
      workerData: file,
      execArgv: [],
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: WriterAnswer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('the writing thread has ended')));
  }

  ask(request: Asked): Promise<WriterResult> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) {
        reject(unavailable(this.#gone));
        return;
      }
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      const message = { ...request, id };
      this.#worker.postMessage(message, ownedBytes(message));
    });
  }

  async close(): Promise<void> {
    await this.ask({ kind: 'close', appends: [] });
    await this.#worker.terminate();
  }

  #settle(answer: WriterAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('error' in answer) waiting?.reject(Object.assign(new Error(answer.error.message), answer.error));
    else waiting?.resolve(answer);
  }

  #end(error: unknown): void {
    this.#gone ??= error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#waiting.values()) reject(unavailable(this.#gone));
    this.#waiting.clear();
  }
}

/**
 * Moves all byte values of the rows into one piece of memory and lists it for transfer: a message would otherwise copy, for each
 * of them, the whole pool that it lies in.
 */
function ownedBytes({ appends }: { readonly appends: readonly Appends[] }): ArrayBuffer[] {
  let length = 0;
  for (const { rows } of appends) {
    for (const row of rows) for (const value of row) if (value instanceof Uint8Array) length += value.length;
  }
  if (length === 0) return [];
  const owned = new Uint8Array(length);
  let used = 0;
  for (const { rows } of appends) {
    for (const row of rows) {
      for (let i = 0; i < row.length; i++) {
        const value = row[i];
        if (!(value instanceof Uint8Array)) continue;
        owned.set(value, used);
        row[i] = owned.subarray(used, used + value.length);
        used += value.length;
      }
    }
  }
  return [owned.buffer];
}
