import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { systemClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { PlatformError } from '../errors.ts';
import { moveStore, reopenStore } from '../move-store.ts';
import { isPostgres, shownAddress } from '../store/index.ts';

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
    .requiredOption('--to <place>', 'postgres://…, or the path of a file; a password may be in PGPASSWORD')
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
  return store;
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
    `${shownAddress(from)} opens no more. Set ${next}, keep the data folder with its keys, and run: taalil log prove-complete`,
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

/** A folder stands for the file of the store in it. */
function addressOf(place: string): string {
  if (isPostgres(place)) {
    if (URL.canParse(place)) return place;
    throw new PlatformError('invalid-request', 'This is no address of a PostgreSQL database.', {
      mend: 'Write it as postgres://USER@HOST:PORT/DATABASE.',
    });
  }
  return existsSync(place) && statSync(place).isDirectory() ? join(place, 'taalil.db') : place;
}
