import type { Clock } from './clock.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Store, StoreKind } from './store/index.ts';
import type { Vault } from './vault/vault.ts';

/** What every room works with. Made once at start; tests make one over a temporary folder. */
export interface Context {
  readonly store: Store;
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly kind: StoreKind;
  /** The data folder: attachments, exports and key files live below it. */
  readonly folder: string;
}
