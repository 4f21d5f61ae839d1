import { Command } from 'commander';
import type { FenceStand } from '../backup/fences.ts';
import { type Restored, restore } from '../backup/restore.ts';
import { readConfig } from '../config.ts';
import { authorityOf } from '../ledger/log-id.ts';
import { told } from './backup.ts';

interface RestoreFlags {
  readonly keys?: string;
  readonly erasures?: readonly string[];
  readonly olderKeys?: boolean;
}

/** `taalil restore DIR --keys DIR`: into the empty data folder, and the empty database, of the environment. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      'restore a backup into an empty data folder (and an empty DATABASE_URL); tells what to run next',
    )
    .argument('<dir>', 'the backup of the data')
    .option('--keys <dir>', 'the backup of the keys; left out where the data folder still has its keys')
    .option('--erasures <file...>', 'copies of erased.jsonl: what was erased since the backup')
    .option('--older-keys', 'there are no newer keys: what is newer than these is never opened again')
    .exitOverride()
    .action(async (data: string, { keys, erasures, olderKeys }: RestoreFlags) => {
      const { folder, fence, database } = readConfig(process.env);
      const restored = await restore({ data, keys, folder, fence, database, erasures, olderKeys });
      const into = database === undefined ? folder : `${folder}, its store into the database`;
      console.log(`Restored and verified: ${data} into ${into}`);
      console.log(told(restored.backup));
      for (const line of next(restored)) console.log(line);
    });
}

/** What is known, what cannot be known, and the next commands, in their order. */
function next({ backup, logs, erasedAgain, remembers }: Restored): string[] {
  const lines = [
    erasedAgain === 0
      ? 'No key of a case that is known to be erased was in the backup.'
      : `${erasedAgain} keys of erased cases were in the backup; they are destroyed again.`,
  ];
  if (!remembers) {
    lines.push(
      `Not known: which cases were erased after ${backup.data.at}. This machine remembers none, and no log says`,
      'which they were. If there is a copy of erased.jsonl, restore again with --erasures FILE; if not, compare the',
      'acts of the archives, and erase those cases again.',
    );
  }
  lines.push('', 'Next, in this order:');
  const authorities = Map.groupBy(
    logs.filter(({ size, signed }) => size > 0 || (signed ?? 0) > 0),
    ({ log }) => authorityOf(log),
  );
  for (const [authority, ofAuthority] of authorities) {
    lines.push(...ways(authority, ofAuthority.at(-1) as FenceStand).map((line) => `  ${line}`));
  }
  lines.push('  taalil log prove-complete', '  taalil serve', '  taalil backup DIR --keys DIR');
  return lines;
}

function ways(authority: string, { size, signed, stand }: FenceStand): string[] {
  const recover = `taalil log recover --authority ${authority}`;
  if (stand === 'same') return [`# ${authority}: this machine signed nothing after the backup.`, recover];
  if (stand === 'later') {
    return [
      `# ${authority}: the backup holds ${size} entries, and this machine has signed ${signed}. Until the rest is brought`,
      '# back from a mirror of the log it signs nothing (fenced).',
      `${recover} --from MIRROR`,
      '# Where no mirror reaches that far, the log is closed and a successor goes on:',
      `${recover} --from MIRROR --close`,
    ];
  }
  if (stand === 'closed') {
    return [
      `# ${authority}: this log was closed after the backup. A later backup goes on; this one cannot: docs/recovery.md.`,
    ];
  }
  return [
    `# ${authority}: this machine does not know what was signed after the ${size} entries of the backup: there is no fence.`,
    '# If the machine that signed is there, and has signed nothing since: copy its fence folder here, then',
    recover,
    '# If it is lost, its log is closed, and a successor goes on; receipts stay valid:',
    `${recover} --from MIRROR --close`,
  ];
}
