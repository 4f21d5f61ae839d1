import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSigner } from '@taalil/transparency-log/writer';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { PlatformError } from '../errors.ts';
import { keyFile } from '../ledger/identity.ts';
import { type Progress, progressBar } from '../progress.ts';
import { abandonKey, rotateKeys } from '../rotate-keys.ts';
import { KEY_STORE_FILE, KEYS_FOLDER } from '../vault/key-store.ts';
import { kekFile, PEPPER_FILE, SESSIONS_FILE } from '../vault/keyring.ts';
import { kekStatus } from '../vault/rotate.ts';

interface RotateFlags {
  readonly vault?: boolean;
  readonly sessions?: boolean;
  readonly all?: boolean;
}

/** `taalil keys …`: which keys there are, and changing those that can be changed. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('The key files of a platform').exitOverride();
  keys
    .command('status')
    .description('which keys there are, how old, and what is under each; runs beside the platform')
    .action(() => status(readConfig(process.env).folder));
  keys
    .command('rotate')
    .description('change keys, on a machine whose platform is stopped; run it again after a crash')
    .option('--vault', "the key-encryption key: every case's key is wrapped anew, the old one is destroyed")
    .option('--sessions', 'the secret of sessions: whoever is signed in has to sign in again')
    .option('--all', 'both')
    .action(async ({ vault, sessions, all }: RotateFlags) => {
      if (vault !== true && sessions !== true && all !== true) {
        throw new PlatformError('invalid-request', 'Say which keys: --vault, --sessions or --all.', {
          mend: '`taalil keys status` shows which there are, and how those are changed that this command cannot change.',
        });
      }
      await rotate({ vault: vault === true || all === true, sessions: sessions === true || all === true });
    });
  keys
    .command('abandon')
    .description('give up, for good, the cases under a key-encryption key whose file is lost everywhere')
    .argument('<kek>', 'its number, as status shows it, such as 0001')
    .requiredOption('--for-good', 'your word that there is no copy of it')
    .action((kek: string) => {
      const given = abandonKey(readConfig(process.env).folder, kek);
      console.log(`${given} keys are given up. What was sealed under them cannot be opened any more;`);
      console.log(
        'receipts that people hold go on verifying. `taalil log prove-complete` names these cases.',
      );
    });
  return keys;
}

async function rotate(what: { vault: boolean; sessions: boolean }): Promise<void> {
  const { folder, database } = readConfig(process.env);
  let bar: Progress | undefined;
  const rotated = await rotateKeys({
    folder,
    database,
    ...what,
    onKeys(done, total) {
      bar ??= progressBar('Wrapping keys anew', total);
      bar.step(done);
    },
  });
  bar?.end();
  if (what.sessions) console.log('The secret of sessions is new: everybody has to sign in again.');
  if (rotated === undefined) return;
  if (rotated.resumed) console.log('An earlier rotation had been cut off; it is ended now.');
  const old = rotated.from.length === 0 ? '' : `; ${rotated.from.join(', ')} is destroyed`;
  console.log(`${rotated.to} wraps all keys: ${rotated.keys} were wrapped anew${old}.`);
  console.log('Older key backups still open what they hold. Make a new one now, then destroy those:');
  console.log('  taalil backup DIR --keys KEYS-DIR');
}

function status(folder: string): void {
  const file = join(folder, KEY_STORE_FILE);
  if (!existsSync(file)) {
    throw new PlatformError('not-found', `${folder} holds no key store.`, {
      where: file,
      mend: 'Set TAALIL_DATA to the data folder. Where the store is lost, restore it from the key backup.',
    });
  }
  const keys = join(folder, KEYS_FOLDER);
  const madeOn = (name: string) => {
    const path = join(keys, name);
    return existsSync(path) ? statSync(path).mtime.toISOString().slice(0, 10) : 'MISSING   ';
  };
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const keks = kekStatus(folder, db);
    console.log('Key-encryption keys, which wrap the keys of cases, staff, files, webhooks … (vault.db)');
    for (const { id, file, keys } of keks) {
      const wrong = file === 'wrong' ? '  ANOTHER KEY THAN THIS STORE NEEDS' : '';
      console.log(`  ${kekFile(id)}  ${madeOn(kekFile(id))}  ${keys} keys${wrong}`);
    }
    console.log(
      keks.length > 1
        ? '  A rotation was cut off. End it, on a stopped platform: taalil keys rotate --vault'
        : '  Changed by: taalil keys rotate --vault',
    );
  } finally {
    db.close();
  }
  console.log('Sessions and forms');
  console.log(`  ${SESSIONS_FILE}  ${madeOn(SESSIONS_FILE)}`);
  console.log('  Changed by: taalil keys rotate --sessions');
  console.log('Pepper: keyed hashes of codes, pseudonyms and staff subjects, marks between checkpoints');
  console.log(`  ${PEPPER_FILE}    ${madeOn(PEPPER_FILE)}`);
  console.log('  Cannot be changed: what it was used for is stored. If it leaked: docs/operator.md');
  console.log('Logs');
  for (const logId of logsIn(keys)) {
    console.log(
      `  ${keyFile(logId)}  ${madeOn(keyFile(logId))}  ${createSigner(readFileSync(join(keys, keyFile(logId)), 'utf8').trim()).vkey}`,
    );
  }
  console.log('  Changed only by closing the log and opening its successor: taalil log close');
  console.log(
    'API keys: taalil api-key rotate. Secrets of webhooks: by the API. The old one works for a day more.',
  );
}

function logsIn(keys: string): string[] {
  if (!existsSync(keys)) return [];
  return readdirSync(keys)
    .map((name) => /^log-(.+)\.key$/.exec(name)?.[1])
    .filter((id) => id !== undefined)
    .sort();
}
