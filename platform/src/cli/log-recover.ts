import { readConfig } from '../config.ts';
import { PlatformError } from '../errors.ts';
import { authorityOf } from '../ledger/log-id.ts';
import type { Known } from '../ledger/recovery/known-heads.ts';
import type { LostPayloads } from '../ledger/recovery/lost.ts';
import { openReader } from '../open-reader.ts';
import { type Progress, progressBar } from '../progress.ts';
import { type Outcome, recover } from '../recover.ts';
import { EXIT } from './exit.ts';
import { logIds } from './log-ids.ts';

export interface RecoverCliOptions {
  readonly authority?: string;
  readonly from?: readonly string[];
  readonly close?: boolean;
  readonly retire?: boolean;
  readonly neverRestored?: boolean;
}

/** `taalil log recover`: 0 when the log can sign again, 1 when it must be closed. The platform must be stopped. */
export async function recoverLogs(options: RecoverCliOptions): Promise<number> {
  const { folder, fence, witnesses, database } = readConfig(process.env);
  const authorityId = await oneAuthority(options.authority);
  let bar: Progress | undefined;
  let done = 0;
  const outcome = await recover({
    folder,
    fence,
    witnesses,
    database,
    authorityId,
    from: options.from ?? [],
    close: options.close,
    retire: options.retire,
    neverRestored: options.neverRestored,
    onEntries(entries, size) {
      if (bar === undefined || entries < done) bar = progressBar('Reading', size);
      done = entries;
      bar.step(entries);
    },
  });
  bar?.end();
  tell(authorityId, outcome);
  return outcome.kind === 'impossible' || (options.retire === true && outcome.kind !== 'succeeded')
    ? EXIT.broken
    : EXIT.valid;
}

async function oneAuthority(wanted: string | undefined): Promise<string> {
  const store = await openReader(readConfig(process.env));
  try {
    const [first, ...more] = new Set((await logIds(store, wanted)).map(authorityOf));
    if (first !== undefined && more.length === 0) return first;
    throw new PlatformError(
      'invalid-request',
      `This store holds the logs of ${[first, ...more].join(', ')}.`,
      {
        mend: 'Say which one with --authority.',
      },
    );
  } finally {
    await store.close();
  }
}

function tell(authorityId: string, outcome: Outcome): void {
  if (outcome.kind !== 'succeeded') tellKnown(outcome.known);
  if (outcome.kind === 'sound') {
    console.log(`Sound: the log of ${authorityId} stands at ${outcome.size} entries; it can sign again.`);
  } else if (outcome.kind === 'rebuilt') {
    const { size, tiles, entries, lost } = outcome;
    console.log(
      `Recovered: the log of ${authorityId} stands at ${size} entries again; ${tiles} tiles and ${entries} entries were mended.`,
    );
    tellLost(lost);
  } else if (outcome.kind === 'impossible') {
    console.log(`Not recovered: ${outcome.why}. Nothing was changed.`);
    if (outcome.closed === true) return;
    console.log(
      'Give a mirror that reaches further (--from URL|DIR, more than once if need be). Where there is',
    );
    console.log('none, --close ends this log for good and opens a successor, whose first entry says so.');
  } else {
    const { by, why } = outcome;
    if (why !== undefined) console.log(`Not recovered: ${why}.`);
    console.log(`Closed: ${by.closed.origin} signs nothing more; its private key is destroyed.`);
    console.log(
      `Opened: ${by.logId}, counting on from ${by.base}. Its first entry names this last checkpoint:`,
    );
    console.log(by.closed.checkpoint);
    console.log('Tell the witnesses and everybody who checks receipts the new verifier key:');
    console.log('see the public page of the log.');
    tellLost(by.lost);
  }
}

function tellKnown({ last, silent }: Known): void {
  if (last !== undefined)
    console.log(`Signed last, as far as is known: ${last.size} entries (${last.source}).`);
  for (const name of silent) console.log(`Could not be asked: ${name}`);
}

function tellLost({ ranges, count, kinds }: LostPayloads): void {
  if (count === 0) {
    console.log('No payload is lost.');
    return;
  }
  console.log(
    `${count} payloads are lost: what these entries say can only be shown by receipts that people hold.`,
  );
  for (const [from, to] of ranges) console.log(`  ${to - from === 1 ? from : `${from} to ${to - 1}`}`);
  for (const [kind, n] of kinds) console.log(`  ${n} of kind ${kind}`);
}
