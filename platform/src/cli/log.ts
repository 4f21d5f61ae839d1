import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { exportLog } from '../ledger/export.ts';
import { openSource } from '../ledger/log-source.ts';
import { monitorLog } from '../ledger/monitor.ts';
import { openReader } from '../open-reader.ts';
import { type Progress, progressBar } from '../progress.ts';
import { logIds } from './log-ids.ts';
import { type ProveOptions, prove } from './log-prove.ts';
import { type RecoverCliOptions, recoverLogs } from './log-recover.ts';
import { type TrustOptions, tellCosignatures, trustOf } from './trust.ts';
import { verdictOf } from './verdict.ts';

/** `taalil log …`: publish, verify, prove and recover transparency logs. */
export function logCommand(): Command {
  const log = new Command('log').description('The transparency log of each authority').exitOverride();
  log
    .command('export')
    .description('write the published log as the files of a static site; repeat it to bring them up to date')
    .argument('<dir>', 'the folder to write to; more than one log get a folder each')
    .option('--authority <id>', 'only the log of this authority')
    .action(async (dir: string, options: { authority?: string }) => exportAll(dir, options.authority));
  log
    .command('verify')
    .description('read a published log again: signatures, hashes, entries, gaps, an earlier checkpoint')
    .argument('<location>', 'its address, such as https://agency.example/log/agency, or a folder')
    .option('--key <vkey>', "the log's verifier key, obtained elsewhere than from the log")
    .option('--policy <file>', 'a C2SP tlog-policy file: the witnesses that must have co-signed')
    .option('--since <file>', 'an earlier checkpoint of this log, which it must extend')
    .action(async (location: string, options: VerifyOptions) => {
      process.exitCode = await verify(location, options);
    });
  log
    .command('prove-complete')
    .description('show that the store holds exactly the entries of the log; name every row that does not fit')
    .option('--authority <id>', 'only this authority')
    .option('--checkpoint <file...>', 'checkpoints that you kept: the log must contain them')
    .action(async (options: ProveOptions) => {
      process.exitCode = await prove(options);
    });
  log
    .command('recover')
    .description(
      'after a refusal to sign: bring the log back from what is there, and say which payloads are lost',
    )
    .option('--authority <id>', 'whose log, where the store holds more than one')
    .option('--from <location...>', 'mirrors or exports of the log, at an address or in a folder')
    .option('--never-restored', 'the fence file alone is lost, and this store was never set back')
    .option('--close', 'where it cannot be brought back: close it for good and open a successor')
    .action(async (options: RecoverCliOptions) => {
      process.exitCode = await recoverLogs(options);
    });
  log
    .command('close')
    .description('close a log that is sound, because its key may be known, and open its successor; for good')
    .requiredOption('--authority <id>', 'whose log')
    .action(async ({ authority }: { authority: string }) => {
      process.exitCode = await recoverLogs({ authority, retire: true });
    });
  return log;
}

async function exportAll(dir: string, authorityId: string | undefined): Promise<void> {
  const store = await openReader(readConfig(process.env));
  try {
    const logs = await logIds(store, authorityId);
    for (const logId of logs) {
      let bar: Progress | undefined;
      const { size, written } = await exportLog(store, logId, logs.length === 1 ? dir : `${dir}/${logId}`, {
        onEntries(done, total) {
          bar ??= progressBar(`Exporting ${logId}`, total);
          bar.step(done);
        },
      });
      bar?.end();
      console.log(`${logId}: ${size} entries, ${written} files written.`);
    }
  } finally {
    await store.close();
  }
}

interface VerifyOptions extends TrustOptions {
  readonly since?: string;
}

async function verify(location: string, { key, policy, since }: VerifyOptions): Promise<number> {
  if (key === undefined && policy === undefined) trustOf({});
  return verdictOf(async () => {
    const trust = trustOf({ key, policy });
    const earlier = since === undefined ? undefined : readFileSync(since);
    const started = performance.now();
    let bar: Progress | undefined;
    const head = await monitorLog(openSource(location), trust, {
      ...(earlier === undefined ? {} : { since: earlier }),
      onStart: ({ size }) => {
        bar = progressBar('Verifying', size);
      },
      onEntries: (done) => bar?.step(done),
    });
    bar?.end();
    const seconds = (performance.now() - started) / 1_000;
    const rate = Math.round(head.size / seconds);
    return [
      `Valid: ${head.size} entries of ${head.origin}, ${rate} entries/s.`,
      ...tellCosignatures(head.cosignatures),
    ].join('\n');
  });
}
