import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { finishErasures } from './erasure/destroy.ts';
import { PlatformError } from './errors.ts';
import { rememberLastRecorded } from './ledger/last-recorded.ts';
import { type LedgerConfig, openLedger } from './ledger/ledger.ts';
import { assertRestored } from './ledger/restoring.ts';
import { readWitnessSetup, type WitnessSetup } from './ledger/witnessing/setup.ts';
import { holdWriterLock } from './ledger/writer-lock.ts';
import { loadAuthorities } from './register/authorities.ts';
import { migrations } from './rooms.ts';
import { migrate, openPostgres, openSqlite, type Store, type StoreKind, storeFact } from './store/index.ts';
import { openVault } from './vault/vault.ts';

export interface OpenOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly kind: StoreKind;
  /** Schema-less host and path prefix of log origins, such as `specimen.example/log`. */
  readonly originPrefix: string;
  /** Folder of the fence files, `fence` in the data folder unless given. Never part of a backup of the store. */
  readonly fence?: string | undefined;
  /** Address of a PostgreSQL database; the store is a file in the data folder unless given. */
  readonly database?: string | undefined;
  /** Folder with the policy of the witnesses, `witnesses` in the data folder unless given; see docs/witness.md. */
  readonly witnesses?: string | undefined;
  /** How old the published head of a log may be, in milliseconds; about a second unless given. */
  readonly publishEveryMs?: number | undefined;
  /** For the recovery of a log alone. */
  readonly recovering?: boolean | undefined;
}

export interface OpenPlatform extends Context {
  /** Waits for what is being sealed, then closes everything and gives the writer's place free. */
  close(): Promise<void>;
}

/**
 * Opens a data folder for writing. Throws `writer-held` when another process writes there, and refuses a virtual
 * clock on a production store (I13).
 */
export async function openPlatform(options: OpenOptions): Promise<OpenPlatform> {
  const { folder, clock, kind, database } = options;
  const config = ledgerConfig(options);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = holdWriterLock(folder);
  const store = await openStore(folder, database).catch((error) => {
    lock.release();
    throw error;
  });
  const vault = openVault(folder);
  try {
    await migrate(store, migrations, kind);
    await assertKind({ store, folder, kind, clock });
    await finishErasures({ store, vault, clock, fence: config.fenceFolder });
  } catch (error) {
    await store.close();
    vault.close();
    lock.release();
    throw error;
  }
  await loadAuthorities({ store });
  await rememberLastRecorded(store, clock);
  const ledger = openLedger(store, vault, clock, config);
  return {
    folder,
    fence: config.fenceFolder,
    store,
    vault,
    ledger,
    clock,
    kind,
    async close() {
      await ledger.close();
      await store.close();
      vault.close();
      lock.release();
    },
  };
}

/** Where the ledger finds its files. Throws at once when the policy of the witnesses cannot be read, or the folder is not restored. */
export function ledgerConfig({
  folder,
  originPrefix,
  fence = join(folder, 'fence'),
  witnesses = join(folder, 'witnesses'),
  publishEveryMs,
  recovering,
}: Omit<OpenOptions, 'clock' | 'kind'>): LedgerConfig {
  assertRestored(folder);
  readWitnessSetup(witnesses);
  return { originPrefix, fenceFolder: fence, witnesses: onceRead(witnesses), publishEveryMs, recovering };
}

function openStore(folder: string, database: string | undefined): Promise<Store> {
  return database === undefined
    ? Promise.resolve(openSqlite(join(folder, 'taalil.db')))
    : openPostgres(database, { writer: true });
}

/** Read when it is first needed: a demonstration writes its policy after it was opened. */
function onceRead(folder: string): () => WitnessSetup | undefined {
  let read: { readonly setup: WitnessSetup | undefined } | undefined;
  return () => {
    read ??= { setup: readWitnessSetup(folder) };
    return read.setup;
  };
}

/** A store is a demonstration or in production for good; a production store refuses a virtual clock (I13). */
export async function assertKind({
  store,
  folder,
  kind,
  clock,
}: Pick<Context, 'store' | 'folder' | 'kind' | 'clock'>): Promise<void> {
  const stored = await storeFact(store, 'kind');
  if (stored !== kind) {
    throw new PlatformError(
      'store-unavailable',
      `This data folder holds a ${stored} store, not a ${kind} one.`,
      { where: folder, mend: 'Set TAALIL_DATA to the folder you mean.' },
    );
  }
  if (kind === 'production' && clock.virtual) {
    throw new PlatformError('store-unavailable', 'A production store refuses a virtual clock.', {
      mend: "Run with the system's clock.",
    });
  }
}
