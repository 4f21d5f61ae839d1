import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Clock, stamp } from './clock.ts';
import { PlatformError } from './errors.ts';
import { assertThere, type HeldStore, withHeldStores } from './held-store.ts';
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
  readSchema,
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
  return withHeldStores(folder, [from, to], async (hold) => {
    const source = await hold(from);
    return copyStore(from, to, {
      migrations,
      onRows,
      async beforeVisible() {
        const moved: Moved = { id: randomUUID(), to: shownAddress(to), at: stamp(clock.now()) };
        await markMoved(source, moved);
        return { ...moved, to: shownAddress(from) };
      },
    });
  });
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
  await withHeldStores(folder, movedTo === undefined ? [at] : [at, movedTo], async (hold) => {
    const { store } = await hold(at);
    const moved = await moveFact(store.read, MOVED_FACT);
    if (moved === undefined) {
      throw new PlatformError('conflict', 'This store was not moved: it can be opened as it is.', {
        where: shownAddress(at),
      });
    }
    if (movedTo !== undefined) {
      assertNamed(movedTo, moved);
      const gone = !isPostgres(movedTo) && !existsSync(movedTo);
      if (!gone) await endCopy({ at, movedTo, moved, clock }, await hold(movedTo));
    }
    await clearMoved(store);
  });
}

function assertNamed(movedTo: string, moved: Moved): void {
  if (shownAddress(movedTo) === moved.to) return;
  throw new PlatformError('conflict', `The store was moved to another place: ${moved.to}.`, {
    where: shownAddress(movedTo),
    mend: 'Name that place, as it was named then.',
  });
}

interface Ending {
  readonly at: string;
  readonly movedTo: string;
  readonly moved: Moved;
  readonly clock: Clock;
}

async function endCopy({ at, movedTo, moved, clock }: Ending, copy: HeldStore): Promise<void> {
  const { read, dialect } = copy.store;
  const tables = await readSchema(read, dialect);
  // The copy never became visible: the server keeps nothing of it.
  if (tables.size === 0) return;
  const arrived = tables.has('store_facts') ? await moveFact(read, ARRIVED_FACT) : undefined;
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
  await markMoved(copy, { id: moved.id, to: shownAddress(at), at: stamp(clock.now()) });
}

function markMoved({ store, assertHeld }: HeldStore, moved: Moved): Promise<void> {
  return store.transact(async (tx) => {
    assertHeld();
    await setMoveFact(tx.db, MOVED_FACT, moved);
  });
}
