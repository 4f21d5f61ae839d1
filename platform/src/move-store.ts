import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Clock, stamp } from './clock.ts';
import { PlatformError } from './errors.ts';
import { holdWriterLock } from './ledger/writer-lock.ts';
import { migrations } from './rooms.ts';
import {
  ARRIVED_FACT,
  type CopiedTable,
  clearMoved,
  copyStore,
  digestStore,
  isPostgres,
  MOVED_FACT,
  type Moved,
  moveFact,
  openPostgres,
  openSqlite,
  readSchema,
  type Store,
  setMoveFact,
  shownAddress,
} from './store/index.ts';

export interface MoveOptions {
  /** Addresses of PostgreSQL databases or paths of files. */
  readonly from: string;
  readonly to: string;
  /** The data folder with the keys: it stays the same. */
  readonly folder: string;
  readonly clock: Clock;
  readonly onRows?: ((table: string, rows: number) => void) | undefined;
}

/**
 * Moves a store to another place, where it goes on: every row, so every proof. The writer's place of both is held; throws
 * `writer-held` while a platform runs on either.
 *
 * At no instant can both sign: the source is marked as moved, durably, before the target becomes visible. When it is cut
 * off between the two, neither goes on until `reopenStore` has looked at both.
 */
export async function moveStore({ from, to, folder, clock, onRows }: MoveOptions): Promise<CopiedTable[]> {
  assertThere(from);
  const release = holdFolders(folder, from, to);
  try {
    const source = await holdStore(from);
    try {
      return await copyStore(from, to, {
        migrations,
        onRows,
        async beforeVisible() {
          const moved: Moved = { id: randomUUID(), to: shownAddress(to), at: stamp(clock.now()) };
          await source.mark(moved);
          return { ...moved, to: shownAddress(from) };
        },
      });
    } finally {
      await source.store.close();
    }
  } finally {
    release();
  }
}

export interface ReopenOptions extends Pick<MoveOptions, 'folder' | 'clock'> {
  /** The store that says it was moved. */
  readonly store: string;
  /** Where it was moved to; undefined where that is gone for good. */
  readonly movedTo: string | undefined;
}

/**
 * Takes a move back: `store` goes on again, and the copy says in its turn that it was moved. Throws `conflict` where the
 * copy holds anything that `store` does not: then it must be copied back. A copy that never became visible is nothing.
 */
export async function reopenStore({ store: at, movedTo, folder, clock }: ReopenOptions): Promise<void> {
  assertThere(at);
  const release = holdFolders(folder, at, ...(movedTo === undefined ? [] : [movedTo]));
  try {
    const { store } = await holdStore(at);
    try {
      const moved = await moveFact(store.read, MOVED_FACT);
      if (moved === undefined) {
        throw new PlatformError('conflict', 'This store was not moved: it can be opened as it is.', {
          where: shownAddress(at),
        });
      }
      if (movedTo !== undefined) await endCopy(at, movedTo, moved, clock);
      await clearMoved(store);
    } finally {
      await store.close();
    }
  } finally {
    release();
  }
}

async function endCopy(at: string, movedTo: string, moved: Moved, clock: Clock): Promise<void> {
  if (shownAddress(movedTo) !== moved.to) {
    throw new PlatformError('conflict', `The store was moved to another place: ${moved.to}.`, {
      where: shownAddress(movedTo),
      mend: 'Name that place, as it was named then.',
    });
  }
  if (!isPostgres(movedTo) && !existsSync(movedTo)) return;
  const copy = await holdStore(movedTo);
  try {
    const tables = await readSchema(copy.store.read, copy.store.dialect);
    const arrived = tables.has('store_facts') ? await moveFact(copy.store.read, ARRIVED_FACT) : undefined;
    if (tables.size === 0) return;
    if (arrived?.id !== moved.id) {
      throw new PlatformError('conflict', 'This is not the copy that was made when the store was moved.', {
        where: shownAddress(movedTo),
        mend: `It was moved to ${moved.to}.`,
      });
    }
    const here = await digestStore(at, migrations);
    const there = new Map((await digestStore(movedTo, migrations)).map((t) => [t.table, t.sha256]));
    const changed = here.filter(({ table, sha256 }) => there.get(table) !== sha256).map(({ table }) => table);
    if (changed.length > 0) {
      throw new PlatformError('conflict', `The copy has gone on; it has changed: ${changed.join(', ')}.`, {
        where: shownAddress(movedTo),
        mend: 'Copy it back into an empty place: taalil store copy --from … --to …',
      });
    }
    await copy.mark({ id: moved.id, to: shownAddress(at), at: stamp(clock.now()) });
  } finally {
    await copy.store.close();
  }
}

interface HeldStore {
  readonly store: Store;
  /** Says that it was moved; throws `writer-held` where the place was lost since it was taken. */
  mark(moved: Moved): Promise<void>;
}

/** Opens a store whose writer's place is ours. That of a file is the lock of its folder. */
async function holdStore(address: string): Promise<HeldStore> {
  let lost = false;
  const store = await open();
  return {
    store,
    mark: (moved) =>
      store.transact(async (tx) => {
        if (lost) {
          throw new PlatformError('writer-held', 'The connection that held the place of the writer broke.', {
            where: shownAddress(address),
            mend: 'Nothing was moved. Do it again.',
          });
        }
        await setMoveFact(tx.db, MOVED_FACT, moved);
      }),
  };

  async function open(): Promise<Store> {
    if (!isPostgres(address)) return openSqlite(address);
    // Opened as the writer, so that a holder is named; taken again to hear when it is lost.
    const postgres = await openPostgres(address, { writer: true });
    await postgres.place.take(() => {
      lost = true;
    });
    return postgres;
  }
}

function assertThere(address: string): void {
  if (isPostgres(address) || existsSync(address)) return;
  throw new PlatformError('store-unavailable', 'There is no store here.', {
    where: address,
    mend: 'Name the file of the store, such as data/taalil.db.',
  });
}

/** The locks of the data folder and of the folders in which files of stores lie. */
function holdFolders(folder: string, ...addresses: readonly string[]): () => void {
  const files = addresses.filter((address) => !isPostgres(address));
  const locks: { release(): void }[] = [];
  const release = () => {
    for (const lock of locks) lock.release();
  };
  try {
    for (const each of new Set([resolve(folder), ...files.map((file) => dirname(resolve(file)))])) {
      mkdirSync(each, { recursive: true, mode: 0o700 });
      locks.push(holdWriterLock(each));
    }
  } catch (error) {
    release();
    throw error;
  }
  return release;
}
