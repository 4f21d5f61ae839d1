import { join } from 'node:path';
import { Command } from 'commander';
import { drillBackup } from '../backup/drill.ts';
import { takeBackup } from '../backup/take.ts';
import { type VerifiedBackup, verifyBackup } from '../backup/verify.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { PlatformError } from '../errors.ts';
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
  backup
    .command('drill')
    .description('try a backup out, apart from the platform: restore, prove, verify receipts, destroy again')
    .argument('<dir>', 'the backup of the data')
    .option('--keys <dir>', 'the backup of the keys')
    .option('--in <dir>', 'where to make the folder that holds data and keys meanwhile')
    .option('--receipts <cases>', 'how many cases have their receipts made and verified, at most', '1000')
    .action(async (data: string, flags: DrillFlags, command: Command) => {
      const keys = flags.keys ?? command.parent?.opts<KeysOption>().keys;
      process.exitCode = await verdictOf(() => drill(data, { ...flags, keys }));
    });
  return backup;
}

interface DrillFlags {
  readonly keys?: string | undefined;
  readonly in?: string;
  readonly receipts: string;
}

async function drill(data: string, { keys, in: within, receipts }: DrillFlags): Promise<string> {
  if (keys === undefined || !/^[1-9]\d{0,8}$/.test(receipts)) {
    throw new PlatformError('invalid-request', 'A drill needs the keys, and a number of cases.', {
      mend: 'taalil backup drill DIR --keys KEYS-DIR [--receipts 1000]',
    });
  }
  const { proved } = await drillBackup({
    ...{ data, keys, within, receipts: Number(receipts), clock: systemClock },
    tell: (step) => console.log(step),
  });
  for (const { authorityId, findings } of proved) {
    for (const { where, what } of findings.list) console.error(`${where}: ${what}`);
    if (findings.count === 0) continue;
    throw new PlatformError(
      'altered-record',
      `${findings.count} rows of ${authorityId} do not fit the log.`,
      {
        mend: 'Compare with the platform itself: taalil log prove-complete.',
      },
    );
  }
  return `Good: ${data} restores, and everything in it holds.`;
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
    lines.push(
      `  ${keys.live} keys open${keys.live === 0 ? '' : ` under ${keys.keks.join(', ')}`}; ${keys.destroyed} are destroyed`,
    );
  if (keys !== undefined && keys.lacking > 0)
    lines.push(`  ${keys.lacking} rows have no key: nobody opens them any more`);
  return lines.join('\n');
}
