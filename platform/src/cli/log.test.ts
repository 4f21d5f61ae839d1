import assert from 'node:assert/strict';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { addSignatures } from '@taalil/transparency-log';
import { buildEntry, createSigner, generateKey, signCheckpoint } from '@taalil/transparency-log/writer';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { exportLog } from '../ledger/export.ts';
import { serve } from '../serve.ts';
import { logCommand } from './log.ts';

const SIZE = 270;
let p: TestPlatform;
let folder: string;
let site: string;
let vkey: string;
let earlier: string;
before(async () => {
  p = await makePlatform({ system: false });
  folder = mkdtempSync(join(tmpdir(), 'taalil-cli-log-'));
  site = join(folder, 'site');
  earlier = join(folder, 'earlier');
  await seal(20);
  writeFileSync(earlier, (await p.ledger.checkpoint(AUTHORITY_A)) as string);
  await seal(SIZE - 20);
  await p.ledger.published(AUTHORITY_A);
  await exportLog(p.store, AUTHORITY_A, site);
  vkey = await p.ledger.vkey(AUTHORITY_A);
});
after(async () => {
  await p.dispose();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  process.exitCode = undefined;
});

const seal = (count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, n) => {
      const { entry } = buildEntry({
        type: 'authority',
        period: '2026-03',
        facts: [{ name: 'n', value: n }],
      });
      return p.ledger.seal(AUTHORITY_A, { entry, write: () => {} });
    }),
  );

async function verify(...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const { log, error } = console;
  const { write } = process.stderr;
  console.log = console.error = (text: string) => void said.push(text);
  process.stderr.write = () => true;
  try {
    await logCommand().parseAsync(['verify', ...args], { from: 'user' });
  } finally {
    Object.assign(console, { log, error });
    process.stderr.write = write;
  }
  return { code: Number(process.exitCode), said: said.join('\n') };
}

test('a good log is valid, in a folder and at an address', async () => {
  const there = await verify(site, '--key', vkey, '--since', earlier);
  assert.match(there.said, /^Valid: 270 entries of test\.example\/log\/specimen, \d+ entries\/s\.$/);
  assert.equal(there.code, 0);
  const running = await serve(p, { host: '127.0.0.1', port: 0 });
  try {
    assert.equal((await verify(`${running.url}/log/${AUTHORITY_A}`, '--key', vkey)).code, 0);
    assert.equal((await verify(`${running.url}/log/nobody`, '--key', vkey)).code, 3);
  } finally {
    await running.stop();
  }
});

test('one changed byte of any file is found', async () => {
  const files = globSync('**/*', { cwd: site, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(site.length + 1));
  assert.ok(files.length >= 6, files.join());
  for (const file of files) {
    const copy = join(folder, 'altered');
    cpSync(site, copy, { recursive: true });
    const bytes = readFileSync(join(copy, file));
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(join(copy, file), bytes);
    const { code, said } = await verify(copy, '--key', vkey);
    assert.ok(file === 'checkpoint' ? code > 0 : code === 1 || code === 3, `${file}: ${code} ${said}`);
    if (file.startsWith('tile/0')) assert.match(said, /^Broken: .*entry|Entry/i);
    rmSync(copy, { recursive: true });
  }
});

test('another key is untrusted; a missing tile and a folder that is no log are unreachable', async () => {
  const other = generateKey('test.example/log/specimen').vkey;
  assert.equal((await verify(site, '--key', other)).code, 2);
  const renamed = generateKey('other.example/log').vkey;
  assert.equal((await verify(site, '--key', renamed)).code, 2);
  const copy = join(folder, 'holes');
  cpSync(site, copy, { recursive: true });
  rmSync(join(copy, 'tile/entries/000'));
  assert.equal((await verify(copy, '--key', vkey)).code, 3);
  assert.equal((await verify(join(folder, 'nowhere'), '--key', vkey)).code, 3);
  assert.equal((await verify('http://127.0.0.1:9/log', '--key', vkey)).code, 3);
  await assert.rejects(verify(site), { code: 'invalid-request' });
});

test('a log that does not extend the earlier checkpoint is broken', async () => {
  const secret = readFileSync(join(p.folder, 'keys', `log-${AUTHORITY_A}.key`), 'utf8').trim();
  const signer = createSigner(secret);
  const forked = join(folder, 'forked');
  const origin = signer.key.name;
  writeFileSync(forked, signCheckpoint({ origin, size: 20, root: new Uint8Array(32) }, [signer]));
  assert.equal((await verify(site, '--key', vkey, '--since', forked)).code, 1);
  writeFileSync(forked, signCheckpoint({ origin, size: SIZE + 1, root: new Uint8Array(32) }, [signer]));
  assert.equal((await verify(site, '--key', vkey, '--since', forked)).code, 1);
});

test('a policy asks for its witnesses, and a missing quorum is untrusted', async () => {
  const witness = generateKey('witness.example', 'cosignature/v1');
  const policy = join(folder, 'policy');
  writeFileSync(policy, `log ${vkey}\nwitness w ${witness.vkey}\nquorum w\n`);
  assert.equal((await verify(site, '--policy', policy)).code, 2);

  const copy = join(folder, 'cosigned');
  cpSync(site, copy, { recursive: true });
  const note = readFileSync(join(copy, 'checkpoint'), 'utf8');
  const text = `${note.split('\n\n')[0]}\n`;
  writeFileSync(
    join(copy, 'checkpoint'),
    addSignatures(note, [createSigner(witness.skey).sign(text, 1_772_442_000)]),
  );
  const { code, said } = await verify(copy, '--policy', policy, '--key', vkey);
  assert.equal(code, 0, said);
  assert.match(said, /co-signed by w at 2026-03-02T09:00:00\.000Z/);
});
