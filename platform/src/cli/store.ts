import { join } from 'node:path';
import { Command } from 'commander';
import { checkStore } from '../check-store.ts';
import { systemClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { PlatformError } from '../errors.ts';
import { moveStore, reopenStore } from '../move-store.ts';
import { openReader, type StorePlace } from '../open-reader.ts';
import { isPostgres, type MigrationStep, shownAddress } from '../store/index.ts';
import { upgradeStore } from '../upgrade-store.ts';
import { EXIT } from './exit.ts';
import { logIds } from './log-ids.ts';
import { prove } from './log-prove.ts';

/** `taalil store …`: move, check and migrate the store that TAALIL_DATA or DATABASE_URL name. */
export function storeCommand(): Command {
  const store = new Command('store')
    .description('The store: a file in the data folder, or a PostgreSQL database')
    .exitOverride();
  store
    .command('copy')
    .description(
      'move the store, with every proof, to an empty database or file; the platform must be stopped',
    )
    .requiredOption(
      '--to <place>',
      'postgres://…, or the folder of a file taalil.db; a password may be in PGPASSWORD',
    )
    .option('--from <place>', 'the store that is moved: the one in use unless given')
    .action(async ({ from, to }: { from?: string; to: string }) => {
      const config = readConfig(process.env);
      await copy(config, from === undefined ? placeOf(config) : addressOf(from), addressOf(to));
    });
  store
    .command('reopen')
    .description('take a move back, or end one that was cut off: the store goes on where it was')
    .option('--store <place>', 'the store that says it was moved: the one in use unless given')
    .option('--moved-to <place>', 'the store that it was moved to')
    .option('--copy-is-gone', 'the store that it was moved to is gone for good, with all that it has signed')
    .action(reopen);
  store
    .command('check')
    .description(
      'check tables, references, keys, the medium, and every row against the log; beside the platform',
    )
    .action(async () => {
      process.exitCode = await check(readConfig(process.env));
    });
  store
    .command('migrate')
    .description("bring a store of an earlier version up to this one's tables; the platform must be stopped")
    .option('--dry-run', 'do everything in one transaction, say what was done, and take it back')
    .action(async ({ dryRun = false }: { dryRun?: boolean }) => {
      const config = readConfig(process.env);
      tellSteps(await upgradeStore({ store: placeOf(config), folder: config.folder, dryRun }), dryRun);
    });
  return store;
}

/** 0 when everything fits, 1 when anything does not, 2 when the store is whole and must not be relied on. */
async function check({ folder, database }: Config): Promise<number> {
  const { findings, untrusted } = await checkStore({ folder, database });
  for (const { where, what } of findings.list) console.log(`${where}: ${what}`);
  if (findings.count > findings.list.length) {
    console.log(`… and ${findings.count - findings.list.length} more.`);
  }
  for (const note of findings.notes) console.log(`Note: ${note}`);
  for (const why of untrusted) console.log(`Untrusted: ${why}`);
  if (findings.count > 0) {
    console.log(`Broken: ${findings.count} faults.`);
    return EXIT.broken;
  }
  console.log('Tables, references, keys and medium are as they should be.');
  if (untrusted.length > 0) return EXIT.untrusted;
  return (await hasLogs({ folder, database })) ? prove({}) : EXIT.valid;
}

async function hasLogs(place: StorePlace): Promise<boolean> {
  const store = await openReader(place);
  try {
    await logIds(store, undefined);
    return true;
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'not-found') return false;
    throw error;
  } finally {
    await store.close();
  }
}

function tellSteps(steps: readonly MigrationStep[], dryRun: boolean): void {
  for (const { id, statements } of steps) {
    console.log(`${id}:`);
    for (const statement of statements) console.log(`  ${statement}`);
  }
  if (steps.length === 0) console.log('Nothing to do: the store is of this version.');
  else if (dryRun)
    console.log(
      `${steps.length} migrations went through on this store and were taken back: nothing was changed.`,
    );
  else console.log(`Migrated: ${steps.length} migrations in one transaction. Start the platform.`);
}

async function copy({ folder }: Config, from: string, to: string): Promise<void> {
  let rows = 0;
  const tables = await moveStore({
    ...{ from, to, folder },
    clock: systemClock,
    onRows(table, done) {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`\r\u001b[K${table}: ${done} rows`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  for (const { table, rows: count, sha256 } of tables) {
    rows += count;
    if (count > 0) console.log(`${sha256.slice(0, 16)}  ${table}: ${count}`);
  }
  const next = isPostgres(to)
    ? 'DATABASE_URL to this database'
    : 'TAALIL_DATA to its folder, without DATABASE_URL';
  console.log(
    `Moved: ${rows} rows of ${tables.length} tables are in ${shownAddress(to)}, counted and compared.`,
  );
  console.log(
    `${shownAddress(from)} opens no more. Set ${next}, keep the data folder with its keys, and run: taalil store check`,
  );
}

interface ReopenOptions {
  readonly store?: string;
  readonly movedTo?: string;
  readonly copyIsGone?: boolean;
}

async function reopen({ store, movedTo, copyIsGone = false }: ReopenOptions): Promise<void> {
  if ((movedTo === undefined) !== copyIsGone) {
    throw new PlatformError(
      'invalid-request',
      'Say where the store was moved to, so that the copy goes on no more.',
      {
        mend: 'Give --moved-to PLACE, or --copy-is-gone where it is gone for good.',
      },
    );
  }
  const config = readConfig(process.env);
  const place = store === undefined ? placeOf(config) : addressOf(store);
  await reopenStore({
    store: place,
    movedTo: movedTo === undefined ? undefined : addressOf(movedTo),
    folder: config.folder,
    clock: systemClock,
  });
  console.log(`${shownAddress(place)} goes on.`);
}

/** The store in use. */
function placeOf({ database, folder }: Config): string {
  return database ?? join(folder, 'taalil.db');
}

/** A folder stands for the store in it, which has one name. */
function addressOf(place: string): string {
  if (isPostgres(place)) {
    if (URL.canParse(place)) return place;
    throw new PlatformError('invalid-request', 'This is no address of a PostgreSQL database.', {
      mend: 'Write it as postgres://USER@HOST:PORT/DATABASE.',
    });
  }
  return place.endsWith('.db') ? place : join(place, 'taalil.db');
}
