import type { IdentityProviders } from './access/identity.ts';
import type { ScryptCost } from './access/password.ts';
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
  /** Folder of what this machine remembers outside the store: what it signed last, and what was erased. */
  readonly fence: string;
  /** How the outside reaches us, where that differs from the connection itself. */
  readonly http?: HttpSurroundings | undefined;
  /** Where the staff of each authority sign in; local accounts in a demonstration. */
  readonly identity?: IdentityProviders | undefined;
  /** What hashing a password of a local account costs; `SCRYPT_COST` unless set, as tests of other things do. */
  readonly passwordCost?: ScryptCost | undefined;
  /** Where the platform may connect to by itself. */
  readonly outgoing?: Outgoing | undefined;
}

export interface Outgoing {
  /** Private networks (CIDR) in which receivers of webhooks may stand; none unless set. */
  readonly networks: readonly string[];
}

export interface HttpSurroundings {
  /** Scheme, host and port that browsers see, such as `https://taalil.example`; needed behind a proxy that ends TLS. */
  readonly publicOrigin?: string | undefined;
  /** How many proxies in front of us append to `X-Forwarded-For`; 0 unless set: then the header is never read. */
  readonly trustedProxies?: number | undefined;
}
