import { PlatformError } from './errors.ts';
import { withHeldStores } from './held-store.ts';
import { migrations } from './rooms.ts';
import { declaredSchema, type MigrationStep, readSchema, schemaDifferences, upgrade } from './store/index.ts';

export interface UpgradeStoreOptions {
  /** Address of the PostgreSQL database or path of the file. */
  readonly store: string;
  /** The data folder with the keys. */
  readonly folder: string;
  /** Do everything, and take it back. */
  readonly dryRun: boolean;
}

/**
 * Brings a store up to this version's tables, in one transaction that is committed only when they are exactly those.
 * Takes the writer's place: throws `writer-held` while a platform runs, and what `upgrade` throws.
 */
export function upgradeStore({
  store: at,
  folder,
  dryRun,
}: UpgradeStoreOptions): Promise<readonly MigrationStep[]> {
  return withHeldStores(folder, [at], async (hold) => {
    const { store, assertHeld } = await hold(at);
    return upgrade(store, migrations, {
      dryRun,
      async check(db) {
        assertHeld();
        const found = await readSchema(db, store.dialect);
        const differences = schemaDifferences(await declaredSchema(migrations), found);
        if (differences.length === 0) return;
        throw new PlatformError(
          'store-unavailable',
          'Nothing was migrated: the tables would not be those of this version.',
          {
            mend: 'Somebody has changed the tables by hand. Mend what is named, or restore a backup.',
            faults: differences.map((what) => ({ where: 'tables', what })),
          },
        );
      },
    });
  });
}
