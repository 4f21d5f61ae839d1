import { join } from 'node:path';
import { Command } from 'commander';
import { takeBackup } from '../backup/take.ts';
import { type VerifiedBackup, verifyBackup } from '../backup/verify.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { type Progress, progressBar } from '../progress.ts';
import { verdictOf } from './verdict.ts';

interface KeysOption {
  readonly keys?: string;
}

/** `taalil backup DIR`: a backup of the data, and of the keys apart; `taalil backup verify DIR`. */
export function backupCommand(): Command {
  const backup = new Command('backup')
    .description('back up a platform, also while it runs; verify a backup')
    .argument('<dir>', 'the folder to make, on another disk; it must not be there yet')
    .option('--keys <dir>', 'the folder to make for the keys; never on the same disk as the data')
    .exitOverride()
    .action(take);
  backup
    .command('verify')
    .description('files, database, logs, and with --keys every key, from the backup alone; writes nothing')
    .argument('<dir>', 'the backup of the data')
    .option('--keys <dir>', 'the backup of the keys')
    .action(async (data: string, { keys }: KeysOption, command: Command) => {
      // The parent has an option of this name too, and takes it.
      process.exitCode = await verify(data, keys ?? command.parent?.opts<KeysOption>().keys);
    });
  return backup;
}

async function take(to: string, { keys }: KeysOption): Promise<void> {
  const { folder, fence, witnesses, database } = readConfig(process.env);
  let bar: Progress | undefined;
  const taken = await takeBackup({
    folder,
    fence,
    witnesses,
    database,
    identity: process.env.TAALIL_IDENTITY ?? join(folder, 'identity.json'),
    clock: systemClock,
    to,
    keysTo: keys,
    onProgress(done, total) {
      if (total === undefined) return;
      bar ??= progressBar('Copying the store', total);
      bar.step(done);
    },
  });
  bar?.end();
  console.log(`Backed up and verified: ${to}`);
  console.log(told(taken));
  if (keys === undefined) {
    console.log(
      'Without keys: nobody can open this backup by itself. Keys are backed up with --keys DIR, to another place.',
    );
  } else {
    console.log(
      `Its keys: ${keys}. Keep them apart from the data, and no longer than the retention schedules say.`,
    );
  }
}

function verify(data: string, keys: string | undefined): Promise<number> {
  return verdictOf(async () => {
    let bar: Progress | undefined;
    let shown = '';
    const verified = await verifyBackup({
      data,
      keys,
      onEntries(log, done, size) {
        if (log !== shown) bar?.end();
        if (log !== shown) bar = progressBar(`Verifying the log ${log}`, size);
        shown = log;
        bar?.step(done);
      },
    });
    bar?.end();
    return `Valid: ${data}\n${told(verified)}`;
  });
}

export function told({ data, keys }: VerifiedBackup): string {
  const lines = [`  ${data.id} of ${data.at}, by version ${data.program}, of a ${data.store} store`];
  for (const { log, size } of data.logs) lines.push(`  ${log}: ${size} entries, as its key signed them`);
  if (keys !== undefined)
    lines.push(`  ${keys.live} keys open under ${keys.keks.join(', ')}; ${keys.destroyed} are destroyed`);
  return lines.join('\n');
}
