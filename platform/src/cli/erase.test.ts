import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { BASIS, readyToErase } from '../../test/erasing.ts';
import { AUTHORITY_A, makePlatform, SYSTEM } from '../../test/make-platform.ts';
import { newCase } from '../../test/opened-file.ts';
import { findCase } from '../cases/cases.ts';
import { setSchedule } from '../erasure/index.ts';
import { openVault } from '../vault/vault.ts';
import { eraseCommand } from './erase.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-cli-erase-'));
const dataBefore = process.env.TAALIL_DATA;
let people: Awaited<ReturnType<typeof readyToErase>>;
let caseId: string;
let reference: string;
before(async () => {
  const p = await makePlatform({ folder });
  people = await readyToErase(p);
  const schedule = {
    systemId: SYSTEM,
    months: 1,
    backupDays: 30,
    archive: 'eliminate',
    basis: BASIS,
  } as const;
  await setSchedule(p, { authorityId: AUTHORITY_A, ...schedule, by: people.officer });
  caseId = (await newCase(p, 'favourable')).case;
  reference = (await findCase(p, AUTHORITY_A, caseId))?.reference ?? '';
  await p.close();
  process.env.TAALIL_DATA = folder;
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
  const { log, error } = console;
  console.log = (text: string) => void said.push(text);
  console.error = (text: string) => void said.push(text);
  try {
    await eraseCommand().parseAsync([...args, '--authority', AUTHORITY_A], { from: 'user' });
  } finally {
    console.log = log;
    console.error = error;
  }
  return { code: Number(process.exitCode ?? 0), said: said.join('\n') };
}

test('listed, asked for by one, confirmed by another, gone', async () => {
  assert.match(
    (await run('list')).said,
    new RegExp(`^${reference}  kept until 2026-04-02  may be asked for`),
  );
  const archive = ['--archive', 'eliminate', '--act', 'Visa n° 8/2026', '--day', '2026-05-02'];
  const wrong = await run('request', reference, 'AAAAA-AAAAA', '--by', people.supervisor, ...archive);
  assert.equal(wrong.code, 1);
  assert.match(wrong.said, /Your role does not include this[\s\S]*There is no such file here/);
  process.exitCode = undefined;
  assert.deepEqual(await run('request', reference, '--by', people.officer, ...archive), {
    code: 0,
    said: `${reference}: done`,
  });
  const alone = await run('confirm', reference, '--by', people.officer);
  assert.equal(alone.code, 1);
  assert.match(alone.said, /It takes two people/);
  process.exitCode = undefined;
  const vault = openVault(folder);
  assert.ok(vault.has(AUTHORITY_A, caseId));
  vault.close();
  assert.equal((await run('confirm', reference, '--by', people.supervisor)).code, 0);
  const after = openVault(folder);
  assert.ok(!after.has(AUTHORITY_A, caseId));
  after.close();
  assert.match(
    (await run('list')).said,
    new RegExp(`${reference}  erased 20.*0 due, 0 asked for, 1 erased`, 's'),
  );
});
