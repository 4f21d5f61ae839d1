import type { Appends } from './buffered-transaction.ts';
import type { Value } from './contract.ts';

/** What the thread that writes asks of the one that moves its log into the database. */
export type CheckpointRequest = 'move' | 'close';

/**
 * What the store asks of the thread that writes. `appends` are inserted before the query or the commit. A failing
 * step rolls the transaction back; the next request begins a new one.
 */
export type WriterRequest = { readonly id: number; readonly appends: readonly Appends[] } & (
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly Value[] }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' }
  | { readonly kind: 'close' }
);

export type WriterAnswer = { readonly id: number } & (
  | {
      readonly rows: readonly unknown[];
      readonly changes: bigint | undefined;
      readonly lastId: bigint | undefined;
    }
  | {
      readonly error: {
        readonly message: string;
        readonly code: string | undefined;
        readonly errcode: number | undefined;
        /** A commit failed, and it is not known whether a crash would bring it back. */
        readonly unknown: boolean;
      };
    }
);
