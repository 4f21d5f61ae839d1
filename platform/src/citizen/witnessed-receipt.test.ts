import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Hono } from 'hono';
import { makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { openedBy, refusedCase, signingReviewer } from '../../test/opened-file.ts';
import type { Visitor } from '../../test/visitor.ts';
import { createApp } from '../app.tsx';
import type { WebEnv } from '../http.ts';
import { exportLog } from '../ledger/export.ts';
import type { RunningGathering } from '../ledger/witnessing/witnessing.ts';
import { addKnownLog, makeWitness, type RunningWitness, startWitness } from '../witness/witness.ts';

const AUTHORITY = 'specimen';
const NAMES = ['faculty', 'bar'] as const;
const PYTHON = '/usr/bin/python3';
const VERIFIER = join(import.meta.dirname, '../../../interop/python/verify_log.py');
const available = spawnSync(PYTHON, ['-c', 'import cryptography']).status === 0;
const skip = available ? false : 'the independent verifier did not run: apt-get install python3-cryptography';

let folder: string;
let p: TestPlatform;
let app: Hono<WebEnv>;
let visitor: Visitor;
let gathering: RunningGathering | undefined;
const witnesses: RunningWitness[] = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-witnessed-'));
  const lines: string[] = [];
  for (const name of NAMES) {
    const [vkey] = makeWitness(join(folder, name), `${name}.example`);
    const running = await startWitness({ folder: join(folder, name), host: '127.0.0.1', port: 0 });
    witnesses.push(running);
    lines.push(`witness ${name} ${vkey} ${running.url}`);
  }
  const setup = join(folder, 'data', 'witnesses');
  mkdirSync(setup, { recursive: true });
  writeFileSync(join(setup, 'policy'), `${lines.join('\n')}\ngroup both all faculty bar\nquorum both\n`);
  writeFileSync(
    join(setup, 'operators.json'),
    JSON.stringify({ faculty: { fr: 'Une faculté', ar: 'كلية', en: 'A faculty' } }),
  );
  p = await makePlatform({ folder: join(folder, 'data'), publishEveryMs: 0 });
  app = createApp(p);
  visitor = await openedBy(p, app, (await refusedCase(p, await signingReviewer(p))).case);
});
after(async () => {
  await gathering?.stop();
  await p.close();
  for (const witness of witnesses) await witness.stop();
  rmSync(folder, { recursive: true });
});

const verifier = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(PYTHON, [VERIFIER, ...args], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  assert.equal(stderr, '');
  return {
    status,
    ...(JSON.parse(stdout) as { kind?: string; signed_by?: string[]; receipts?: { signed_by: string[] }[] }),
  };
};

test('the person’s page says that the witnesses are awaited, then which, by whom, since when', async () => {
  const pending = (await visitor.get('/fr/case/receipt')).html;
  assert.match(pending, /Tout n’est pas encore attesté/);
  assert.match(pending, /étapes attendent encore les témoins/);
  for (const name of NAMES) addKnownLog(join(folder, name), `log ${await p.ledger.vkey(AUTHORITY)}`);
  gathering = p.ledger.gather({ everyMs: 50, pauseMostMs: 200 });
  const end = performance.now() + 10_000;
  for (let html = pending; /pas encore attesté/.test(html); ) {
    assert.ok(performance.now() < end, 'not witnessed in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
    html = (await visitor.get('/fr/case/receipt')).html;
  }
  const expected = {
    fr: [/Une faculté/, /faculty\.example/, /bar\.example/, /étapes sur/, /depuis le/],
    ar: [/كلية/, /faculty\.example/, /منذ/],
    en: [/A faculty/, /since/],
    zgh: [/faculty\.example/],
  } as const;
  for (const [lang, texts] of Object.entries(expected)) {
    const { html, status } = await visitor.get(`/${lang}/case/receipt`);
    assert.equal(status, 200);
    for (const text of texts) assert.match(html, text, lang);
  }
});

test('the public page of the log shows witnesses and rule, and the rule is a file that verifiers read', async () => {
  const html = await (await app.request(`/fr/log/${AUTHORITY}`)).text();
  assert.match(html, /2 sur 2 \(/);
  for (const text of ['Une faculté', 'faculty.example+', 'bar.example+', `/log/${AUTHORITY}/policy`])
    assert.ok(html.includes(text), text);
  const response = await app.request(`/log/${AUTHORITY}/policy`);
  assert.equal(response.status, 200);
  writeFileSync(join(folder, 'policy'), await response.text());
  assert.equal((await app.request('/log/nobody/policy')).status, 404);
});

test('an independent verifier accepts log and receipts under the policy, and finds one changed byte in each', {
  skip,
}, async () => {
  const site = join(folder, 'site');
  const policy = ['--policy', join(folder, 'policy')];
  await p.ledger.published(AUTHORITY);
  await exportLog(p.store, AUTHORITY, site);
  const log = verifier('log', site, ...policy);
  assert.deepEqual(
    [log.status, log.signed_by],
    [0, ['bar.example', 'faculty.example', 'test.example/log/specimen']],
  );
  const file = join(folder, 'receipt.taalil.json');
  writeFileSync(file, (await visitor.get('/fr/case/receipt.json')).html);
  const { status, receipts = [] } = verifier('receipt', file, ...policy);
  assert.equal(status, 0);
  assert.ok(receipts.length >= 3 && receipts.every((one) => one.signed_by.length === 3));
  assert.equal(
    verifier('receipt', file, '--key', await p.ledger.vkey(AUTHORITY)).status,
    0,
    'the key alone will do',
  );

  const text = readFileSync(file, 'utf8');
  const change = (at: number) => {
    const bytes = Buffer.from(text);
    bytes[at] = bytes[at] === 65 ? 66 : 65;
    writeFileSync(file, bytes);
    return verifier('receipt', file, ...policy).kind;
  };
  const within = (mark: string, by: number) =>
    Buffer.byteLength(text.slice(0, text.indexOf(mark) + mark.length)) + by;
  assert.equal(change(within('— faculty.example ', 40)), 'broken', 'a co-signature');
  assert.equal(change(within('— test.example/log/specimen ', 40)), 'broken', 'the signature of the log');
  const index = /\\nindex \d+\\n/.exec(text)?.[0] as string;
  assert.equal(change(within(index, 5)), 'broken', 'a hash of the inclusion proof');
  assert.notEqual(change(within('"salt":"', 5)), undefined, 'a salt');
  writeFileSync(file, text);
  assert.equal(verifier('receipt', file, ...policy).status, 0);
});
