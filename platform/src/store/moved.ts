import { PlatformError } from '../errors.ts';
import { type Db, type Store, typed } from './contract.ts';

/** What a store says that was copied to another place, where it goes on. */
export interface Moved {
  /** The same in the store that it was moved to, as its fact `arrived`. */
  readonly id: string;
  /** Address as it may be shown. */
  readonly to: string;
  readonly at: string;
}

/** Facts that a store has of itself alone: where it went, and where it came from. No copy takes them along. */
export const MOVED_FACT = 'moved';
export const ARRIVED_FACT = 'arrived';

type Facts = { store_facts: { name: string; value: string } };

export async function moveFact(
  db: Db,
  name: typeof MOVED_FACT | typeof ARRIVED_FACT,
): Promise<Moved | undefined> {
  const row = await typed<Facts>(db)
    .selectFrom('store_facts')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.value) as Moved);
}

export async function setMoveFact(
  db: Db,
  name: typeof MOVED_FACT | typeof ARRIVED_FACT,
  fact: Moved,
): Promise<void> {
  const value = JSON.stringify(fact);
  await typed<Facts>(db)
    .insertInto('store_facts')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute();
}

export async function clearMoved(store: Store): Promise<void> {
  await store.transact(async (tx) => {
    await typed<Facts>(tx.db).deleteFrom('store_facts').where('name', '=', MOVED_FACT).execute();
  });
}

/** Two stores of one log that both go on are a fork: throws `store-unavailable` where this one went to another place. */
export async function assertNotMoved(db: Db): Promise<void> {
  const moved = await moveFact(db, MOVED_FACT);
  if (moved === undefined) return;
  throw new PlatformError(
    'store-unavailable',
    `This store was moved to ${moved.to} at ${moved.at}. It must not go on beside it: that would fork the log.`,
    {
      mend: 'Open the store it was moved to: see DATABASE_URL and TAALIL_DATA. To take the move back, or where it was cut off: taalil store reopen.',
    },
  );
}
