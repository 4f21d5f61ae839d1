import type { Transaction } from './contract.ts';

/** Something that all who ask within one transaction share, until somebody changes it there. */
export interface ReadOnce<T> {
  get(tx: Transaction, key: string, read: () => Promise<T>): Promise<T>;
  /** To be called by whoever has changed it inside `tx`: who asks afterwards sees the change. */
  changed(tx: Transaction): void;
}

/** As `Transaction.once`, for what the transaction itself may change. */
export function readOnce<T>(): ReadOnce<T> {
  const known = new WeakMap<Transaction, Map<string, Promise<T>>>();
  return {
    get(tx, key, read) {
      let values = known.get(tx);
      if (values === undefined) {
        values = new Map();
        known.set(tx, values);
      }
      let value = values.get(key);
      if (value === undefined) {
        value = read();
        values.set(key, value);
      }
      return value;
    },
    changed: (tx) => void known.delete(tx),
  };
}
