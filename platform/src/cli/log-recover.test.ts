import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { AUTHORITY_A, makePlatform } from '../../test/make-platform.ts';
import { storeFile } from '../../test/store-file.ts';
import { exportLog } from '../ledger/export.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { logCommand } from './log.ts';

const skip =
  process.env.TAALIL_TEST_STORE === 'postgres' ? 'it is about the files of the embedded store' : false;
let folder: string;
const dataBefore = process.env.TAALIL_DATA;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-cli-recover-'));
  const p = await makePlatform({ system: false, folder: join(folder, 'data'), publishEveryMs: 0 });
  const note = (n: number) =>
    recordInJournal(p, {
      authorityId: AUTHORITY_A,
      kind: 'authority',
      type: 'test',
      facts: { n },
      write: () => {},
    });
  for (let n = 0; n < 12; n++) await note(n);
  await p.ledger.published(AUTHORITY_A);
  await exportLog(p.store, AUTHORITY_A, join(folder, 'mirror'));
  await p.close();
  process.env.TAALIL_DATA = join(folder, 'data');
});
after(() => {
  if (dataBefore === undefined) delete process.env.TAALIL_DATA;
  else process.env.TAALIL_DATA = dataBefore;
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  process.exitCode = undefined;
});

async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const { log } = console;
  const { write } = process.stderr;
  console.log = (text: string) => void said.push(text);
  process.stderr.write = () => true;
  try {
    await logCommand().parseAsync(['recover', ...args], { from: 'user' });
  } finally {
    console.log = log;
    process.stderr.write = write;
  }
  return { code: Number(process.exitCode), said: said.join('\n') };
}

test('the operator is told what was found, what was mended, what is lost, and what to do', {
  skip,
}, async () => {
  const sound = await run();
  assert.equal(sound.code, 0);
  assert.match(sound.said, /Signed last, as far as is known: 12 entries/);
  assert.match(sound.said, /Sound: the log of specimen stands at 12 entries; it can sign again/);

  cpSync(join(folder, 'data'), join(folder, 'whole'), { recursive: true });
  storeFile(
    join(folder, 'data'),
    `delete from log_entries where log_index >= 10; delete from journal where log_index >= 10;
     update log_tiles set hashes = substr(hashes, 1, 320), width = 10;
     delete from log_checkpoints where size > 10; update log_state set size = 10 where authority_id = 'specimen'`,
  );
  const impossible = await run('--from', join(folder, 'nowhere'));
  assert.equal(impossible.code, 1);
  assert.match(impossible.said, /Not recovered: entry 10 is lost: neither store nor mirror has it/);
  assert.match(impossible.said, /Could not be asked: .*nowhere/);
  assert.match(impossible.said, /--close/);

  const mended = await run('--from', join(folder, 'mirror'));
  assert.equal(mended.code, 0, mended.said);
  assert.match(mended.said, /Recovered: .* stands at 12 entries again; \d tiles and 2 entries were mended/);
  assert.match(mended.said, /2 payloads are lost/);
  assert.match(mended.said, /\n {2}10 to 11\n {2}2 of kind authority, 2026-03/);
  assert.equal((await run()).code, 0);
});

test('closing a log names the successor and its predecessor’s last checkpoint', { skip }, async () => {
  rmSync(join(folder, 'data'), { recursive: true });
  cpSync(join(folder, 'whole'), join(folder, 'data'), { recursive: true });
  storeFile(join(folder, 'data'), 'delete from log_entries where log_index = 4');
  const closed = await run('--close');
  assert.equal(closed.code, 0, closed.said);
  assert.match(closed.said, /Closed: test\.example\/log\/specimen signs nothing more/);
  assert.match(closed.said, /Opened: specimen~2, counting on from 12/);
  assert.match(closed.said, /\ntest\.example\/log\/specimen\n12\n/);
});
