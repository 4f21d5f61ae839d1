import { readFileSync, statSync } from 'node:fs';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import { Command } from 'commander';
import { BundleError } from '../escalation/archive/error.ts';
import { type VerifiedBundle, verifyArchive } from '../escalation/archive/verify.ts';
import { ARCHIVE_MOST } from '../escalation/archive/zip.ts';
import { EXIT } from './exit.ts';

/** `taalil bundle verify FILE --key VKEY`: checks the whole file of a case, as one archive, with no network. */
export function bundleCommand(): Command {
  const bundle = new Command('bundle').description('The whole file of a case, for an appeal');
  bundle
    .command('verify')
    .description('check that no byte of the archive was changed since it was issued under the key')
    .argument('<file>', 'the archive as it was downloaded (ZIP)')
    .requiredOption(
      '--key <vkey...>',
      "the log's verifier key, as its public page shows it; several for a log with a past",
    )
    .option('--json', 'print what was verified as JSON')
    .action(async (file: string, options: { key: string[]; json?: boolean }) => {
      process.exitCode = await verify(file, options);
    });
  return bundle;
}

async function verify(file: string, { key, json }: { key: string[]; json?: boolean }): Promise<number> {
  try {
    if (statSync(file).size > ARCHIVE_MOST) {
      console.error(`Malformed: ${file} is larger than any such archive.`);
      return EXIT.malformed;
    }
    const verified = await verifyArchive(readFileSync(file), { vkey: key }, nodeRuntime);
    console.log(json ? JSON.stringify(plain(verified), undefined, 2) : tell(verified));
    console.error(
      `Valid: ${verified.files.length} files, ${verified.receipts.length} entries of ${verified.issued.origin}.`,
    );
    return EXIT.valid;
  } catch (error) {
    if (error instanceof BundleError) {
      const said = { broken: 'Broken', untrusted: 'Untrusted', malformed: 'Malformed' } as const;
      console.error(`${said[error.code]}: ${error.message}`);
      return EXIT[error.code];
    }
    if ((error as NodeJS.ErrnoException).code !== undefined) {
      console.error(`${file} cannot be read: ${(error as Error).message}`);
      return EXIT.malformed;
    }
    throw error;
  }
}

function plain({ manifest, issued, receipts }: VerifiedBundle) {
  return {
    manifest,
    issued: { origin: issued.origin, index: issued.index, period: issued.period },
    receipts: receipts.map(({ index, facts }) => ({ index, facts })),
  };
}

function tell({ manifest, issued, receipts }: VerifiedBundle): string {
  return [
    `Case ${manifest.reference} of ${manifest.authority}, issued on ${manifest.at}`,
    `  sealed as entry ${issued.index} of ${issued.origin}`,
    ...receipts.map(({ index, facts }) => `  entry ${index}: ${String(facts.type)}, ${String(facts.at)}`),
    ...manifest.files.map(({ path, bytes }) => `  ${path}, ${bytes} bytes`),
  ].join('\n');
}
