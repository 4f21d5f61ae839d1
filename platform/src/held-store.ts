import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PlatformError } from './errors.ts';
import { holdWriterLock } from './ledger/writer-lock.ts';
import {
  isPostgres,
  openPostgres,
  openSqlite,
  otherSessions,
  type Store,
  shownAddress,
} from './store/index.ts';

/** A store on which nobody else writes. */
export interface HeldStore {
  readonly store: Store;
  /** Throws `writer-held` where the place of the writer was lost since it was taken. */
  assertHeld(): void;
}

/**
 * Lends stores and the writer's place of each, and gives all back: addresses are those of PostgreSQL databases or the
 * paths of files, `folder` is the data folder with the keys. Throws `writer-held` while a platform runs on any of them,
 * and `store-unavailable` where there is no file to open. Migrates nothing.
 */
export async function withHeldStores<T>(
  folder: string,
  addresses: readonly string[],
  act: (hold: (address: string) => Promise<HeldStore>) => Promise<T>,
): Promise<T> {
  const folders = addresses.filter((a) => !isPostgres(a)).map((file) => dirname(resolve(file)));
  const locks: { release(): void }[] = [];
  const stores: Store[] = [];
  try {
    for (const each of new Set([resolve(folder), ...folders])) {
      mkdirSync(each, { recursive: true, mode: 0o700 });
      locks.push(holdWriterLock(each));
    }
    return await act(async (address) => {
      const held = await holdStore(address);
      stores.push(held.store);
      return held;
    });
  } finally {
    for (const store of stores) await store.close();
    for (const lock of locks) lock.release();
  }
}

async function holdStore(address: string): Promise<HeldStore> {
  if (!isPostgres(address)) {
    // The lock of its folder is the place, and nobody can lose it.
    assertThere(address);
    return { store: openSqlite(address), assertHeld() {} };
  }
  let lost = false;
  // Opened as the writer, so that a holder is named; taken again to hear when it is lost.
  const store = await openPostgres(address, { writer: true });
  await store.place.take(() => {
    lost = true;
  });
  const others = await otherSessions(store.read);
  if (others.length > 0) {
    await store.close();
    throw new PlatformError('writer-held', `Other processes use this database: ${others.join(', ')}.`, {
      where: shownAddress(address),
      mend: 'Stop every process of the platform, also those that only read.',
    });
  }
  return {
    store,
    assertHeld() {
      if (!lost) return;
      throw new PlatformError('writer-held', 'The connection that held the place of the writer broke.', {
        where: shownAddress(address),
        mend: 'Nothing was changed. Do it again.',
      });
    },
  };
}

/** Throws `store-unavailable` where an address is that of a file that is not there. */
export function assertThere(address: string): void {
  if (isPostgres(address) || existsSync(address)) return;
  throw new PlatformError('store-unavailable', 'There is no store here.', {
    where: address,
    mend: 'Name the file of the store, such as data/taalil.db.',
  });
}
