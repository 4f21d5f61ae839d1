import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, makePlatform, TEST_START } from '../../test/make-platform.ts';
import { makeStaff } from '../../test/visitor.ts';
import { readSession } from '../access/index.ts';
import { startSession } from '../access/sessions.ts';
import { keysCommand } from './keys.ts';

const skip =
  process.env.TAALIL_TEST_STORE === 'postgres' ? 'the command finds the embedded store by its folder' : false;
const folder = mkdtempSync(join(tmpdir(), 'taalil-cli-keys-'));
const dataBefore = process.env.TAALIL_DATA;
let token = '';
let vkey = '';
before(async () => {
  const p = await makePlatform({ system: false, folder });
  const staffId = await makeStaff(p, AUTHORITY_A, ['supervisor'], 'Hind Tazi');
  token = await p.store.transact(async (tx) => startSession(tx, TEST_START, AUTHORITY_A, staffId));
  vkey = await p.ledger.vkey(AUTHORITY_A);
  await p.close();
  process.env.TAALIL_DATA = folder;
});
after(() => {
  if (dataBefore === undefined) delete process.env.TAALIL_DATA;
  else process.env.TAALIL_DATA = dataBefore;
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<string> {
  const said: string[] = [];
  const { log } = console;
  const { write } = process.stderr;
  console.log = (text: string) => void said.push(text);
  process.stderr.write = () => true;
  try {
    await keysCommand().parseAsync(args, { from: 'user' });
  } finally {
    console.log = log;
    process.stderr.write = write;
  }
  return said.join('\n');
}
const reopened = () => makePlatform({ system: false, folder, authorities: false });

test('the operator sees which keys there are, and how each is changed', { skip }, async () => {
  const running = await reopened();
  const said = await run('status').finally(() => running.close());
  assert.match(said, /kek-0001\.key {2}\d{4}-\d\d-\d\d {2}\d+ keys/);
  assert.match(said, /sessions\.key {2}\d{4}/);
  assert.match(said, /pepper\.key[\s\S]*Cannot be changed/);
  assert.ok(said.includes(`log-${AUTHORITY_A}.key`) && said.includes(vkey));
  assert.match(said, /taalil log close/);
});

test('keys are changed on a stopped platform alone; a new secret of sessions ends them', {
  skip,
}, async () => {
  await assert.rejects(run('rotate'), { code: 'invalid-request' });
  const running = await reopened();
  assert.ok(await readSession(running, token));
  await assert.rejects(run('rotate', '--all'), { code: 'writer-held' });
  const mac = running.vault.keyring.sessionMac('csrf', 'x');
  await running.close();
  const said = await run('rotate', '--all');
  assert.match(said, /everybody has to sign in again/);
  assert.match(said, /0002 wraps all keys: \d+ were wrapped anew; 0001 is destroyed/);
  assert.match(said, /Make a new one now/);
  assert.match(await run('status'), /kek-0002\.key/);
  const after = await reopened();
  assert.equal(await readSession(after, token), undefined);
  assert.notDeepEqual(after.vault.keyring.sessionMac('csrf', 'x'), mac);
  await after.close();
});
