import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { generateKey, nodeRuntime } from '@taalil/transparency-log/writer';
import { Hono } from 'hono';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { newCase, openedBy } from '../../test/opened-file.ts';
import { reasonsText, reviewOfRefusal, staffMember } from '../../test/reviewing.ts';
import { citizenPages } from '../citizen/index.ts';
import type { WebEnv } from '../http.ts';
import { recordNotification } from '../notices/index.ts';
import { askForDocuments, bringDocuments, decideReview, extendReview } from '../reviews/index.ts';
import { readZip, writeZip } from './archive/zip.ts';
import { BundleError, issueBundle, verifyArchive } from './index.ts';
import { escalationPages } from './pages.tsx';

const authorityId = AUTHORITY_A;
let p: TestPlatform;
let caseId: string;
let archive: Uint8Array;
let vkey: string;
before(async () => {
  p = await makePlatform();
  ({ caseId } = await aLongCase(p));
  vkey = await p.ledger.vkey(authorityId);
  ({ archive } = await issueBundle(p, { authorityId, caseId, lang: 'fr' }));
});
after(() => p.dispose());

/** A refusal that was notified and reviewed: documents asked for and brought, the time extended, the request rejected. */
async function aLongCase(platform: TestPlatform) {
  const [by, to, supervisor, agent] = [
    await staffMember(platform, 'author', ['reviewer'], { password: null }),
    await staffMember(platform, 'reviewer', ['reviewer'], { password: null }),
    await staffMember(platform, 'supervisor', ['supervisor'], { password: null }),
    await staffMember(platform, 'agent', ['counter'], { password: null }),
  ] as const;
  const made = await reviewOfRefusal(platform, { by, to, supervisor });
  const { reviewId } = made;
  await recordNotification(platform, {
    authorityId,
    ...made,
    mode: 'hand',
    date: '2026-03-02',
    proof: { document: 'slip 1', on: '2026-03-02' },
    to: 'la personne',
    by: { kind: 'staff', staffId: agent.staffId },
  });
  await askForDocuments(platform, {
    authorityId,
    reviewId,
    documents: ['income'],
    text: 'Le bulletin de paie de mars.',
    lang: 'fr',
    staffId: to.staffId,
  });
  await bringDocuments(platform, { authorityId, ...made, text: 'Le voici.', staffId: agent.staffId });
  await extendReview(platform, {
    authorityId,
    reviewId,
    ground: 'technical-expertise',
    because: 'Une expertise est en cours.',
    lang: 'fr',
    by: supervisor.staffId,
  });
  await decideReview(platform, {
    authorityId,
    reviewId,
    staffId: to.staffId,
    outcome: 'rejected',
    reasons: { lang: 'fr', text: reasonsText() },
  });
  return made;
}

const verify = (bytes: Uint8Array, key = vkey) => verifyArchive(bytes, { vkey: key }, nodeRuntime);
const fileOf = (path: string) => {
  const found = readZip(archive).find((file) => file.path === path);
  assert.ok(found, path);
  return found;
};
const textOf = (path: string) => Buffer.from(fileOf(path).bytes).toString();
async function faultOf(bytes: Uint8Array, key?: string): Promise<BundleError> {
  const error = await verify(bytes, key).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof BundleError, String(error));
  return error;
}

test('an archive verifies with the key of the log alone, and says what the log vouches for', async () => {
  const { manifest, issued, receipts, files } = await verify(archive);
  assert.equal(manifest.case, caseId);
  assert.equal(issued.facts.type, 'bundle-issued');
  const types = receipts.map(({ facts }) => facts.type);
  for (const type of ['request-qualified', 'documents-requested', 'review-extended', 'review-rejected']) {
    assert.ok(types.includes(type), type);
  }
  assert.deepEqual(
    files.map(({ path }) => path).filter((path) => path.endsWith('.html')),
    ['ar.html', 'fr.html', 'en.html', 'index.html'],
  );
});

test('one changed byte is found in every file, and the file is named', async () => {
  for (const { path, bytes } of readZip(archive)) {
    for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
      const changed = Uint8Array.from(archive);
      const start = bytes.byteOffset - archive.byteOffset;
      changed[start + at] = (changed[start + at] as number) ^ 1;
      const error = await faultOf(changed);
      assert.equal(error.file, path, `byte ${at} of ${path}: ${error.message}`);
      assert.notEqual(error.code, 'untrusted', path);
    }
  }
});

test('one changed byte is found wherever it is, also in no file', async () => {
  const small = writeZip(readZip(archive).map((file) => file));
  assert.deepEqual(Buffer.from(small), Buffer.from(archive));
  const edges = [0, 4, 10, 14, 26, 30, archive.length - 22, archive.length - 1, archive.length - 60];
  const spread = Array.from({ length: 60 }, (_, i) => Math.floor((archive.length * (i + 0.5)) / 60));
  for (const at of [...edges, ...spread]) {
    const changed = Uint8Array.from(archive);
    changed[at] = (changed[at] as number) ^ 0x10;
    const error = await faultOf(changed);
    assert.ok(error.file !== '', `byte ${at}`);
  }
});

test('files added, taken away, or of another case are found', async () => {
  const files = readZip(archive);
  const added = writeZip([...files, { path: 'more.txt', bytes: new Uint8Array([1]) }]);
  assert.equal((await faultOf(added)).file, 'more.txt');
  const without = writeZip(files.filter(({ path }) => path !== 'clock.json'));
  assert.equal((await faultOf(without)).file, 'clock.json');
  const other = await issueBundle(p, {
    authorityId,
    caseId: (await newCase(p, 'favourable')).case,
    lang: 'ar',
  });
  const issue = readZip(other.archive).find(({ path }) => path === 'issued.taalil.json');
  assert.ok(issue);
  const swapped = writeZip(files.map((file) => (file.path === issue.path ? issue : file)));
  assert.equal((await faultOf(swapped)).file, 'manifest.json');
  assert.equal((await faultOf(new Uint8Array(40))).code, 'malformed');
});

test('under another key it is not trusted', async () => {
  const stranger = generateKey('stranger.example/log');
  assert.equal((await faultOf(archive, stranger.vkey)).code, 'untrusted');
});

test('it says what the issue asks for: reasons, model, rules with source and certainty, every clock', () => {
  const told = JSON.parse(textOf('case.json'));
  assert.match(told.decisions[0].model.sha256, /^[0-9a-f]{64}$/);
  assert.equal(told.requests[0].qualifications[0].kind, 'revision');
  const clock = JSON.parse(textOf('clock.json'));
  assert.deepEqual(
    clock.events.map(({ type }: { type: string }) => type),
    [
      'review-requested',
      'request-qualified',
      'decision-notified',
      'documents-requested',
      'documents-brought',
      'review-extended',
      'review-rejected',
    ],
  );
  assert.ok(clock.deadlines.some(({ rule }: { rule: { id: string } }) => rule.id === 'ma.annulment.action'));
  const { rules } = JSON.parse(textOf('rules.json'));
  assert.ok(rules.every((rule: { source: string; certainty: string }) => rule.source && rule.certainty));
  const page = textOf('fr.html');
  assert.match(page, /Le bulletin de paie de mars/);
  assert.match(page, /expertise technique/);
  assert.doesNotMatch(page, /https?:\/\/|trop tard|forclos/);
  assert.match(textOf('ar.html'), /<html lang="ar-MA" dir="rtl">/);
});

test('the proposal that waits for a person keeps its outcome closed', async () => {
  const { case: waiting } = await newCase(p, 'adverse');
  const { archive: closed } = await issueBundle(p, { authorityId, caseId: waiting, lang: 'fr' });
  await verify(closed);
  for (const { path, bytes } of readZip(closed).filter(
    (file) => !/^(?:system|rules|taalil)/.test(file.path),
  )) {
    assert.doesNotMatch(Buffer.from(bytes).toString(), /"effect": ?"adverse"|"contributions"/, path);
  }
});

test('only who has opened the file gets it, and the command verifies it with no network', async () => {
  const app = new Hono<WebEnv>().route('/', escalationPages(p)).route('/', citizenPages(p));
  const stranger = await app.request('/fr/case/bundle');
  assert.equal(stranger.status, 303);
  const person = await openedBy(p, app, caseId);
  const token = await person.token('/fr/case/bundle');
  const response = await person.request('/fr/case/bundle', {
    method: 'POST',
    body: new URLSearchParams({ csrf: token }),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(response.headers.get('content-type'), 'application/zip');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const folder = mkdtempSync(join(tmpdir(), 'taalil-bundle-'));
  try {
    const file = join(folder, 'file.zip');
    const bytes = Buffer.from(await response.arrayBuffer());
    writeFileSync(file, bytes);
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, [...process.execArgv, 'platform/src/cli/taalil.ts', ...args], {
        cwd: new URL('../../..', import.meta.url),
      }).catch((error: { stderr: string; code: number }) => error);
    assert.match((await run('bundle', 'verify', file, '--key', vkey)).stderr, /^Valid: /m);
    const page = readZip(bytes).find(({ path }) => path === 'fr.html');
    const at = (page?.bytes.byteOffset ?? 0) - bytes.byteOffset + 400;
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(file, bytes);
    const refused = await run('bundle', 'verify', file, '--key', vkey);
    assert.match(refused.stderr, /^Broken: fr\.html/m);
    assert.equal('code' in refused ? refused.code : 0, 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
