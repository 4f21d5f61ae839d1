import { readFileSync, statSync } from 'node:fs';
import { type VerifiedReceipt, verifyReceiptFile } from '@taalil/transparency-log';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import { Command } from 'commander';
import { PlatformError } from '../errors.ts';
import { type TrustOptions, tellCosignatures, trustOf } from './trust.ts';
import { verdictOf } from './verdict.ts';

const FILE_MOST = 16 * 1024 * 1024;

interface ReceiptOptions extends TrustOptions {
  readonly json?: boolean;
}

/** `taalil receipt verify FILE --key VKEY`: checks a receipt, or a case's bundle of them, with no network. */
export function receiptCommand(): Command {
  const receipt = new Command('receipt').description('Receipts that a person keeps');
  receipt
    .command('verify')
    .description('check that every receipt in the file is in the log of the key, and show what it says')
    .argument('<file>', 'the receipt as it was downloaded (JSON)')
    .option('--key <vkey>', "the log's verifier key, as its public page shows it")
    .option('--policy <file>', 'a C2SP tlog-policy file: the witnesses that must have co-signed')
    .option('--json', 'print what was verified as JSON')
    .action(async (file: string, options: ReceiptOptions) => {
      if (options.key === undefined && options.policy === undefined) trustOf({});
      process.exitCode = await verdictOf(() => verify(file, options));
    });
  return receipt;
}

async function verify(file: string, { json, ...trust }: ReceiptOptions): Promise<string> {
  if (statSync(file).size > FILE_MOST) {
    throw new PlatformError('too-large', `${file} is larger than any receipt.`, { where: file });
  }
  const receipts = await verifyReceiptFile(
    readFileSync(file),
    trustOf(trust),
    { linkedBy: 'case' },
    nodeRuntime,
  );
  console.error(
    `Valid: ${receipts.length} ${receipts.length === 1 ? 'entry' : 'entries'} of ${receipts[0]?.origin}.`,
  );
  return json ? JSON.stringify(receipts.map(plain), undefined, 2) : receipts.map(tell).join('\n');
}

function plain({ origin, index, size, type, period, facts, checkpoint }: VerifiedReceipt) {
  const cosignatures = checkpoint.cosignatures.map(({ witness, timestamp }) => ({ witness, timestamp }));
  return { origin, index, size, type, period, facts, cosignatures };
}

function tell({ index, size, facts, checkpoint }: VerifiedReceipt): string {
  const lines = Object.entries(facts).map(
    ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [`Entry ${index} of ${size}`, ...lines, ...tellCosignatures(checkpoint.cosignatures), ''].join('\n');
}
