import { readFileSync, statSync } from 'node:fs';
import { LogError, type VerifiedReceipt, verifyReceiptFile } from '@taalil/transparency-log';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import { Command } from 'commander';

/** Exit codes of every verifying command. */
export const EXIT = { valid: 0, broken: 1, untrusted: 2, malformed: 3 } as const;

const FILE_MOST = 16 * 1024 * 1024;

/** `taalil receipt verify FILE --key VKEY`: checks a receipt, or a case's bundle of them, with no network. */
export function receiptCommand(): Command {
  const receipt = new Command('receipt').description('Receipts that a person keeps');
  receipt
    .command('verify')
    .description('check that every receipt in the file is in the log of the key, and show what it says')
    .argument('<file>', 'the receipt as it was downloaded (JSON)')
    .requiredOption('--key <vkey>', "the log's verifier key, as its public page shows it")
    .option('--json', 'print what was verified as JSON')
    .action(async (file: string, options: { key: string; json?: boolean }) => {
      process.exitCode = await verify(file, options);
    });
  return receipt;
}

async function verify(file: string, { key, json }: { key: string; json?: boolean }): Promise<number> {
  try {
    if (statSync(file).size > FILE_MOST) {
      console.error(`${file} is larger than any receipt.`);
      return EXIT.malformed;
    }
    const receipts = await verifyReceiptFile(
      readFileSync(file),
      { vkey: key },
      { linkedBy: 'case' },
      nodeRuntime,
    );
    if (json) console.log(JSON.stringify(receipts.map(plain), undefined, 2));
    else for (const one of receipts) console.log(tell(one));
    console.error(
      `Valid: ${receipts.length} ${receipts.length === 1 ? 'entry' : 'entries'} of ${receipts[0]?.origin}.`,
    );
    return EXIT.valid;
  } catch (error) {
    if (error instanceof LogError) {
      console.error(
        `${error.kind === 'untrusted' ? 'Untrusted' : error.kind === 'broken' ? 'Broken' : 'Malformed'}: ${error.message}`,
      );
      return error.kind === 'untrusted'
        ? EXIT.untrusted
        : error.kind === 'broken'
          ? EXIT.broken
          : EXIT.malformed;
    }
    if ((error as NodeJS.ErrnoException).code !== undefined) {
      console.error(`${file} cannot be read: ${(error as Error).message}`);
      return EXIT.malformed;
    }
    throw error;
  }
}

function plain({ origin, index, size, type, period, facts }: VerifiedReceipt) {
  return { origin, index, size, type, period, facts };
}

function tell({ index, size, facts }: VerifiedReceipt): string {
  const lines = Object.entries(facts).map(
    ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [`Entry ${index} of ${size}`, ...lines, ''].join('\n');
}
