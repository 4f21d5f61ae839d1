import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, VirtualClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { resumeDemonstrationClock } from './demonstration/clock.ts';
import { PlatformError } from './errors.ts';
import { type Ledger, openLedger } from './ledger/ledger.ts';
import { ledgerConfig, type OpenPlatform, openPlatform } from './open.ts';
import { openReader } from './open-reader.ts';
import { storeFacts } from './recover.ts';
import { loadAuthorities } from './register/authorities.ts';
import { type Store, type StoreKind, storeFact } from './store/index.ts';
import { openVault, type Vault } from './vault/vault.ts';

/**
 * Opens an existing store for one command, with the kind, the origins and the time that it has, and closes it again. The
 * platform must be stopped: throws `writer-held` otherwise, `store-unavailable` where there is no store.
 */
export async function withPlatform(
  { folder, fence, database, witnesses }: Config,
  authorityId: string,
  act: (platform: OpenPlatform) => Promise<void>,
): Promise<void> {
  const { kind, originPrefix } = await storeFacts({ folder, database, authorityId });
  const virtual = new VirtualClock(Temporal.Now.instant());
  const clock = kind === 'production' ? systemClock : virtual;
  const platform = await openPlatform({ folder, fence, database, witnesses, clock, kind, originPrefix });
  try {
    if (kind === 'demonstration') await resumeDemonstrationClock(platform.store, virtual);
    await act(platform);
  } finally {
    await platform.close();
  }
}

/**
 * Reads an existing store for one command, with its keys and the time that it has, beside the platform that may be running on
 * it. Whatever would write rejects. Throws `store-unavailable` where there is no store, or no keys.
 */
export async function withReader<T>(config: Config, act: (ctx: Context) => Promise<T>): Promise<T> {
  const { folder, fence } = config;
  const reader = await openReader(config);
  const store: Store = { ...reader, transact: () => Promise.reject(new Error('this store is read alone')) };
  let vault: Vault | undefined;
  let ledger: Ledger | undefined;
  try {
    vault = openExistingVault(folder);
    const kind = (await storeFact(store, 'kind')) as StoreKind;
    const virtual = new VirtualClock(Temporal.Now.instant());
    if (kind === 'demonstration') await resumeDemonstrationClock(store, virtual);
    const clock = kind === 'production' ? systemClock : virtual;
    ledger = openLedger(store, vault, clock, ledgerConfig({ ...config, originPrefix: '' }));
    await loadAuthorities({ store });
    return await act({ store, vault, ledger, clock, kind, folder, fence });
  } finally {
    await ledger?.close();
    vault?.close();
    await reader.close();
  }
}

/** Opens the key store of a data folder that has one. Throws `store-unavailable`: an empty one is never made here. */
export function openExistingVault(folder: string): Vault {
  if (!existsSync(join(folder, 'vault.db')) || !existsSync(join(folder, 'keys'))) {
    throw new PlatformError(
      'store-unavailable',
      `${folder} holds no keys: without them nothing can be opened.`,
      {
        where: folder,
        mend: "Run this on the authority's own machine.",
      },
    );
  }
  return openVault(folder);
}
