import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { Command } from 'commander';
import { eraseCase, readyToErase } from '../../test/erasing.ts';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { newCase } from '../../test/opened-file.ts';
import { backupCommand } from '../cli/backup.ts';
import { restoreCommand } from '../cli/restore.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { RESTORING } from '../ledger/restoring.ts';
import { openReader } from '../open-reader.ts';
import { recover } from '../recover.ts';
import { openVault } from '../vault/vault.ts';
import { drillBackup } from './drill.ts';
import { filesBelow } from './files.ts';
import { type RestoreOptions, restore } from './restore.ts';
import { takeBackup } from './take.ts';

const skip =
  process.env.TAALIL_TEST_STORE === 'postgres' ? 'it is about the files of the embedded store' : false;
let folder: string;
let p: TestPlatform;
let erasedLater = '';
const at = (name: string) => join(folder, name);
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-restore-'));
  p = await makePlatform({ folder: at('data'), fence: at('fence') });
  const { officer, second } = await readyToErase(p);
  erasedLater = (await newCase(p, 'favourable')).case;
  mkdirSync(at('data/witnesses'));
  writeFileSync(at('data/witnesses/policy'), 'quorum none\n');
  writeFileSync(at('identity.json'), '{}');
  const from = { folder: at('data'), fence: at('fence'), witnesses: at('data/witnesses'), clock: p.clock };
  await takeBackup({ ...from, identity: at('identity.json'), to: at('backup'), keysTo: at('keys') });
  p.clock.moveTo(Temporal.Instant.from('2027-04-05T09:00:00Z'));
  await eraseCase(p, erasedLater, officer, second);
  await p.close();
});
after(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  rmSync(at('target'), { recursive: true, force: true });
  rmSync(at('fence-of-target'), { recursive: true, force: true });
});

const into = (change: Partial<RestoreOptions> = {}) =>
  restore({
    ...{ data: at('backup'), keys: at('keys'), folder: at('target'), fence: at('fence-of-target') },
    ...change,
  });
const hasKey = (caseId: string, of = 'target') => {
  const vault = openVault(at(of));
  try {
    return vault.has(AUTHORITY_A, caseId);
  } finally {
    vault.close();
  }
};
const seal = async (fence: string) => {
  const restored = await makePlatform({ folder: at('target'), fence, authorities: false, system: false });
  const event = { authorityId: AUTHORITY_A, kind: 'authority', type: 'test', facts: {} } as const;
  try {
    await recordInJournal(restored, { ...event, write: () => {} });
  } finally {
    await restored.close();
  }
};

test('an empty folder gets all but the fence and the sessions, and signs nothing before it is recovered', {
  skip,
}, async () => {
  const restored = await into();
  assert.deepEqual(
    readdirSync(at('target'))
      .filter((name) => !name.startsWith('writer.'))
      .sort(),
    ['identity.json', 'keys', 'taalil.db', 'vault.db', 'witnesses'],
  );
  assert.ok(!existsSync(at('fence-of-target')));
  assert.equal(restored.remembers, false);
  assert.ok(restored.logs.every(({ stand }) => stand === 'unknown'));
  assert.notDeepEqual(
    readFileSync(at('target/keys/sessions.key')),
    readFileSync(at('data/keys/sessions.key')),
    'everybody signs in again',
  );
  await assert.rejects(seal(at('fence-of-target')), { code: 'fenced', message: /fence file is missing/ });
  await assert.rejects(seal(at('fence')), { code: 'fenced', message: /this machine has signed/ });
});

test('what this machine, or a copy of its list, knows to be erased is erased again; otherwise it is told', {
  skip,
}, async () => {
  assert.deepEqual((await into()).erasedAgain, 0);
  assert.ok(hasKey(erasedLater), 'nobody could know');
  rmSync(at('target'), { recursive: true });
  const known = await into({ fence: at('fence') });
  assert.deepEqual([known.erasedAgain, known.remembers], [1, true]);
  assert.ok(!hasKey(erasedLater));
  rmSync(at('target'), { recursive: true });
  const told = await into({ erasures: [at('fence/erased.jsonl')] });
  assert.deepEqual([told.erasedAgain, told.remembers], [1, true]);
  assert.ok(!hasKey(erasedLater));
  assert.ok(existsSync(at('fence-of-target/erased.jsonl')), 'from now on this machine remembers too');
  assert.deepEqual(readdirSync(at('fence-of-target')), ['erased.jsonl']);
  await assert.rejects(into({ erasures: [at('nothing')], folder: at('other') }), { code: 'not-found' });
});

test('a folder that holds anything, and one without keys, are refused and left alone', { skip }, async () => {
  const before = filesBelow(at('data'));
  await assert.rejects(into({ folder: at('data') }), { code: 'conflict', message: /is not empty: it holds/ });
  assert.deepEqual(filesBelow(at('data')), before);
  await assert.rejects(into({ keys: undefined }), { code: 'conflict', message: /holds no keys/ });
  assert.ok(!existsSync(at('target')));
});

test('data alone are restored beside keys that are still there, if they are those keys', {
  skip,
}, async () => {
  mkdirSync(at('target'));
  cpSync(at('data/vault.db'), at('target/vault.db'));
  cpSync(at('data/keys'), at('target/keys'), { recursive: true });
  const { erasedAgain } = await into({ keys: undefined });
  assert.equal(erasedAgain, 0, 'this key store knows of the erasure');
  assert.ok(!hasKey(erasedLater));
  const other = await makePlatform({ system: false, folder: at('other') });
  await other.close();
  rmSync(at('other/taalil.db'));
  rmSync(at('other/fence'), { recursive: true });
  await assert.rejects(into({ keys: undefined, folder: at('other') }), { code: 'altered-record' });
});

test('a damaged backup changes nothing', { skip }, async () => {
  cpSync(at('backup'), at('damaged'), { recursive: true });
  const bytes = readFileSync(at('damaged/taalil.db'));
  bytes[5_000] = (bytes[5_000] as number) ^ 1;
  writeFileSync(at('damaged/taalil.db'), bytes);
  await assert.rejects(into({ data: at('damaged') }), { code: 'altered-record' });
  assert.ok(!existsSync(at('target')));
});

test('cut off, it opens nothing, and the same command ends it', { skip }, async () => {
  const opening = () => makePlatform({ folder: at('target'), fence: at('fence'), authorities: false });
  const cutOff = { code: 'store-unavailable', message: /was cut off/ };
  // While it was copying: some of it is there, and not said to be all.
  mkdirSync(at(`target/${RESTORING}/keys`), { recursive: true });
  writeFileSync(at(`target/${RESTORING}/keys/kek-0001.key`), 'half');
  await assert.rejects(opening(), cutOff);
  await assert.rejects(openReader({ folder: at('target') }), cutOff);
  await into({ fence: at('fence') });
  assert.ok(!existsSync(at(`target/${RESTORING}`)));
  // While things were put into their places: the keys are, the store is not.
  mkdirSync(at(`target/${RESTORING}`));
  writeFileSync(at(`target/${RESTORING}/complete`), 'bkp_other');
  cpSync(at('target/taalil.db'), at(`target/${RESTORING}/taalil.db`));
  rmSync(at('target/taalil.db'));
  await assert.rejects(opening(), cutOff);
  await assert.rejects(into({ fence: at('fence') }), { code: 'conflict', message: /of another backup/ });
  const { id } = JSON.parse(readFileSync(at('backup/manifest.json'), 'utf8')) as { id: string };
  writeFileSync(at(`target/${RESTORING}/complete`), id);
  await into({ fence: at('fence') });
  assert.ok(!hasKey(erasedLater));
  await assert.rejects(seal(at('fence')), { code: 'fenced' });
});

test('a drill tries a backup out, and leaves nothing', { skip }, async () => {
  mkdirSync(at('place'));
  const steps: string[] = [];
  const drilled = await drillBackup({
    ...{ data: at('backup'), keys: at('keys'), within: at('place'), clock: p.clock },
    ...{ receipts: 10, tell: (step) => void steps.push(step) },
  });
  const found = drilled.proved.map(({ authorityId, findings }) => [authorityId, findings.list]);
  assert.deepEqual(found, [[AUTHORITY_A, []]]);
  assert.equal(drilled.receipts, 1);
  assert.match(steps.join('\n'), /signs nothing: there is no fence/);
  assert.deepEqual(readdirSync(at('place')), []);
});

/** What the commands print, with the environment of an operator. */
async function saidBy(env: Record<string, string>, command: Command, ...args: string[]) {
  const before = { ...process.env };
  const { log, error } = console;
  const { write } = process.stderr;
  const said: string[] = [];
  console.log = console.error = (text: string) => void said.push(text);
  process.stderr.write = () => true;
  Object.assign(process.env, env);
  try {
    await command.parseAsync(args, { from: 'user' });
    return { said: said.join('\n'), code: process.exitCode };
  } finally {
    Object.assign(console, { log, error });
    process.stderr.write = write;
    process.env = before;
    process.exitCode = undefined;
  }
}

test('the operator is told what is not known, and what to run next', { skip }, async () => {
  const restoring = (env: Record<string, string>) =>
    saidBy(env, restoreCommand(), at('backup'), '--keys', at('keys'));
  const first = await restoring({ TAALIL_DATA: at('target'), TAALIL_FENCE: at('fence-of-target') });
  assert.match(first.said, /Not known: which cases were erased after 2026-03-02/);
  assert.match(first.said, /does not know what was signed after the \d+ entries[\s\S]*--from MIRROR --close/);
  assert.match(first.said, /taalil log prove-complete\n {2}taalil serve\n/);
  const second = await restoring({ TAALIL_DATA: at('again'), TAALIL_FENCE: at('fence') });
  assert.doesNotMatch(second.said, /Not known/);
  assert.match(second.said, /1 keys of erased cases were in the backup/);
  assert.match(second.said, /the backup holds \d+ entries, and this machine has signed \d+/);
});

test('the commands back up, verify and drill, and their exit codes tell', { skip }, async () => {
  const env = { TAALIL_DATA: at('data'), TAALIL_FENCE: at('fence') };
  const run = (...args: string[]) => saidBy(env, backupCommand(), ...args);
  const made = await run(at('by-command'), '--keys', at('by-command-keys'));
  assert.match(made.said, /Backed up and verified:[\s\S]*keys open under 0001[\s\S]*Keep them apart/);
  assert.match((await run(at('data-alone'))).said, /Without keys: nobody can open this backup by itself/);
  const good = await run('verify', at('by-command'), '--keys', at('by-command-keys'));
  assert.deepEqual([good.code, good.said.startsWith('Valid: ')], [0, true]);
  const drilled = await run('drill', at('by-command'), '--keys', at('by-command-keys'), '--in', at('place'));
  assert.equal(drilled.code, 0);
  assert.match(drilled.said, /Good: .* restores, and everything in it holds/);
  const file = at('by-command-keys/vault.db');
  const bytes = readFileSync(file);
  bytes[100] = (bytes[100] as number) ^ 1;
  writeFileSync(file, bytes);
  const broken = await run('verify', at('by-command'), '--keys', at('by-command-keys'));
  assert.equal(broken.code, 1);
  assert.match(broken.said, /Broken: The backup .* is damaged[\s\S]*vault\.db: It was altered/);
  assert.equal((await run('verify', at('nothing'))).code, 3);
});

test('keys of before a log was closed do not bring its private key back', { skip }, async () => {
  const closed = await recover({
    ...{ folder: at('data'), fence: at('fence'), witnesses: at('data/witnesses'), clock: p.clock },
    ...{ authorityId: AUTHORITY_A, from: [], retire: true },
  });
  assert.equal(closed.kind, 'succeeded');
  const { logs } = await into({ fence: at('fence') });
  assert.equal(logs.find(({ log }) => log === AUTHORITY_A)?.stand, 'closed');
  const keys = readdirSync(at('target/keys'));
  assert.ok(!keys.includes(`log-${AUTHORITY_A}.key`) && keys.includes(`log-${AUTHORITY_A}.vkey`));
  await assert.rejects(seal(at('fence')), { code: 'fenced', message: /key file of this log is missing/ });
  await assert.rejects(
    recover({
      ...{ folder: at('target'), fence: at('fence'), witnesses: at('none'), clock: p.clock },
      ...{ authorityId: AUTHORITY_A, from: [], close: true },
    }),
    { code: 'fenced' },
  );
});
