import type { Store, Value } from './contract.ts';

interface Waiting {
  readonly table: string;
  readonly row: Readonly<Record<string, Value>>;
  resolve(): void;
  reject(error: unknown): void;
}

const queues = new WeakMap<Store, Waiting[]>();

/**
 * Adds one row and resolves when it is durable. Rows that arrive together share one commit. The table must not have
 * a key that such a row could break: a failing row fails all of its commit.
 */
export function groupAppend(
  store: Store,
  table: string,
  row: Readonly<Record<string, Value>>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting = { table, row, resolve, reject };
    const queue = queues.get(store);
    if (queue !== undefined) {
      queue.push(waiting);
      return;
    }
    queues.set(store, [waiting]);
    void run(store);
  });
}

async function run(store: Store): Promise<void> {
  for (;;) {
    await new Promise(setImmediate);
    const batch = queues.get(store)?.splice(0) ?? [];
    if (batch.length === 0) break;
    try {
      await store.transact(async (tx) => {
        for (const { table, row } of batch) tx.append(table, row);
      });
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  queues.delete(store);
}
