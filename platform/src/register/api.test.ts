import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Hono } from 'hono';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { addEvents } from '../../test/register-figures.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { createApiKey, type Scope } from '../access/index.ts';
import { platformApi } from '../api/platform-api.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { problemResponse } from '../problem.ts';
import { registerSchema, systemSchema } from './public-schema.ts';
import { takeSnapshot } from './snapshots.ts';
import { UPLOAD_MOST } from './upload.ts';

type Sent = NonNullable<RequestInit['body']>;

let p: TestPlatform;
let app: Hono<WebEnv>;
let keyA: string;
let keyB: string;
before(async () => {
  p = await makePlatform();
  app = new Hono<WebEnv>().route('/', platformApi(p));
  app.onError((error, c) => {
    if (error instanceof PlatformError) return problemResponse(c, error);
    throw error;
  });
  keyA = await keyFor(AUTHORITY_A, ['systems:write', 'systems:read']);
  keyB = await keyFor(AUTHORITY_B, ['systems:write', 'systems:read']);
});
after(() => p.dispose());

async function keyFor(
  authorityId: string,
  scopes: Scope[],
  systems: string[] | 'all' = 'all',
): Promise<string> {
  return (await createApiKey(p, { authorityId, label: 'test', scopes, systems })).secret;
}

const V1 = modelFile({ version: 1, fault: false });
const V2 = modelFile({ version: 2, fault: false });
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const body = (record: unknown = RECORD, bytes: Uint8Array = V1, sha256 = hash(bytes)) =>
  JSON.stringify({ record, model: { sha256, base64: Buffer.from(bytes).toString('base64') } });

async function call(method: string, path: string, key?: string, sent?: Sent, type = 'application/json') {
  const response = await app.request(path, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(sent === undefined || type === '' ? {} : { 'content-type': type }),
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const json = (await response.json()) as Record<string, never>;
  return { status: response.status, json, headers: response.headers };
}

const put = (system: string, sent: Sent, key: string | undefined = keyA, type = 'application/json') =>
  call('PUT', `/api/v1/systems/${system}`, key, sent, type);
const setStatus = (system: string, to: string, reason?: object, key = keyA) =>
  call('POST', `/api/v1/systems/${system}/status`, key, JSON.stringify({ status: to, reason }));

test('a system is registered as a draft, set live, and only then public', async () => {
  const made = await put('aide-logement', body());
  assert.equal(made.status, 201);
  assert.deepEqual([made.json.outcome, made.json.status, made.json.version], ['registered', 'draft', 1]);
  assert.equal((await call('GET', `/api/v1/register/${AUTHORITY_A}/aide-logement`)).status, 404);
  assert.equal((await setStatus('aide-logement', 'live')).json.status, 'live');
  assert.equal((await call('GET', `/api/v1/register/${AUTHORITY_A}/aide-logement`)).status, 200);
  assert.equal((await put('aide-logement', body())).json.outcome, 'unchanged');
  assert.equal((await put('aide-logement', body(RECORD, V2))).json.version, 2);
});

test('the same as a multipart form', async () => {
  const form = new FormData();
  form.set('record', new Blob([JSON.stringify(RECORD)], { type: 'application/json' }));
  form.set('model', new File([new Uint8Array(V1)], 'model.json'));
  form.set('sha256', hash(V1));
  assert.equal((await put('en-formulaire', form, keyA, '')).status, 201);
  form.delete('sha256');
  const { status, json } = await put('en-formulaire', form, keyA, '');
  assert.equal(status, 400);
  assert.deepEqual(json.faults, [{ where: 'sha256', what: 'is missing' }]);
});

const REFUSED: readonly [string, () => ReturnType<typeof put>, number, string][] = [
  [
    'without a key',
    () => call('PUT', `/api/v1/systems/${SYSTEM}`, undefined, body()),
    401,
    'unauthenticated',
  ],
  ['with an unknown key', () => put(SYSTEM, body(), keyA.replace(/.{5}$/, 'AAAAA')), 401, 'unauthenticated'],
  ['with another hash', () => put(SYSTEM, body(RECORD, V1, hash(V2))), 422, 'invalid-model'],
  [
    'with a record that has an unknown key',
    () => put(SYSTEM, body({ ...RECORD, colour: 'green' })),
    422,
    'invalid-record',
  ],
  [
    'with an unknown member',
    () => put(SYSTEM, JSON.stringify({ ...JSON.parse(body()), extra: 1 })),
    400,
    'invalid-request',
  ],
  [
    'with no base64',
    () => put(SYSTEM, JSON.stringify({ record: RECORD, model: { sha256: hash(V1), base64: '?' } })),
    400,
    'invalid-request',
  ],
  ['that is no JSON', () => put(SYSTEM, '{"record":'), 400, 'invalid-request'],
  ['that is not UTF-8', () => put(SYSTEM, new Uint8Array([0x22, 0xff, 0x22])), 400, 'invalid-request'],
  ['of another type', () => put(SYSTEM, 'record', keyA, 'text/plain'), 400, 'invalid-request'],
  ['larger than the limit', () => put(SYSTEM, `{"record":"${'x'.repeat(UPLOAD_MOST)}"}`), 413, 'too-large'],
  ['under an impossible id', () => put('Ménages', body()), 400, 'invalid-request'],
];

for (const [what, act, status, code] of REFUSED) {
  test(`a publication ${what} is refused with a problem and changes nothing`, async () => {
    const before = await p.ledger.checkpoint(AUTHORITY_A);
    const answer = await act();
    assert.deepEqual([answer.status, answer.json.code], [status, code]);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.ok(answer.json.title && answer.json.mend, 'it says what, and how to mend it');
    assert.equal(await p.ledger.checkpoint(AUTHORITY_A), before);
  });
}

test('a key acts within its scopes and systems', async () => {
  const reader = await keyFor(AUTHORITY_A, ['systems:read']);
  assert.equal((await put(SYSTEM, body(), reader)).status, 403);
  assert.equal((await setStatus(SYSTEM, 'suspended', { fr: 'x' }, reader)).status, 403);
  const other = await keyFor(AUTHORITY_A, ['systems:write', 'systems:read'], ['autre']);
  assert.equal((await put(SYSTEM, body(), other)).status, 403);
  assert.equal((await call('GET', `/api/v1/systems/${SYSTEM}`, other)).status, 403);
  assert.deepEqual((await call('GET', '/api/v1/systems', other)).json.systems, []);
});

test("B publishes into B's register, never into A's", async () => {
  const before = await call('GET', `/api/v1/register/${AUTHORITY_A}/${SYSTEM}`);
  const made = await put(SYSTEM, body({ ...RECORD, name: { fr: 'Le système de B' } }), keyB);
  assert.equal(made.status, 201);
  assert.deepEqual((await call('GET', `/api/v1/register/${AUTHORITY_A}/${SYSTEM}`)).json, before.json);
  assert.equal((await call('GET', `/api/v1/register/${AUTHORITY_B}/${SYSTEM}`)).status, 404, 'a draft of B');
  for (const path of ['/api/v1/systems/aide-logement', '/api/v1/systems/aide-logement/status']) {
    const { status } = path.endsWith('status')
      ? await setStatus('aide-logement', 'suspended', { fr: 'Par B' }, keyB)
      : await call('GET', path, keyB);
    assert.equal(status, 404);
  }
});

test('a key suspends with a published reason, and never re-arms', async () => {
  await put('a-suspendre', body());
  await setStatus('a-suspendre', 'live');
  const nameless = await setStatus('a-suspendre', 'suspended');
  assert.deepEqual([nameless.status, nameless.json.code], [400, 'invalid-request']);
  const wrong = await setStatus('a-suspendre', 'draft', { fr: 'x' });
  assert.equal(wrong.status, 400);
  const done = await setStatus('a-suspendre', 'suspended', { fr: 'Coefficient faux' });
  assert.deepEqual(
    [done.status, done.json.status, done.json.status_reason],
    [200, 'suspended', { fr: 'Coefficient faux' }],
  );
  const rearm = await setStatus('a-suspendre', 'live', { fr: 'Corrigé' });
  assert.deepEqual([rearm.status, rearm.json.code], [409, 'person-required']);
  const page = await call('GET', `/api/v1/register/${AUTHORITY_A}/a-suspendre`);
  assert.deepEqual([page.json.status, page.json.status_reason], ['suspended', { fr: 'Coefficient faux' }]);
  assert.doesNotMatch(JSON.stringify(page.json), /key_|stf_/, 'nobody is named');
});

test('the public record keeps to its schema, open to all, with figures', async () => {
  await addEvents(p, '2026-03-05', { byRule: 60, confirmed: 30 });
  p.clock.moveTo(Temporal.Instant.from('2026-04-01T09:00:00Z'));
  await takeSnapshot(p, AUTHORITY_A, '2026-03-31');
  const { json, headers } = await call('GET', `/api/v1/register/${AUTHORITY_A}/${SYSTEM}`);
  const parsed = systemSchema.strict().parse(json);
  assert.equal(headers.get('access-control-allow-origin'), '*');
  assert.equal(parsed.figures?.total.volume, 90);
  assert.equal(parsed.figures?.total.overridden, null);
  assert.equal(parsed.figures?.periods[0]?.adverse?.share, '0.333');
  const file = await app.request(parsed.model.url);
  const bytes = new Uint8Array(await file.arrayBuffer());
  assert.equal(hash(bytes), parsed.model.sha256);
  assert.equal((await app.request(parsed.model.url.replace(/.$/, '~'))).status, 404);
  assert.equal((await call('GET', `/api/v1/register/${AUTHORITY_A}/${SYSTEM}?version=9`)).status, 404);
  assert.equal((await call('GET', `/api/v1/register/${AUTHORITY_A}/${SYSTEM}?version=x`)).status, 400);
});

const search = async (query: string) => {
  const { status, json } = await call('GET', `/api/v1/register${query}`);
  assert.equal(status, 200, JSON.stringify(json));
  return registerSchema
    .strict()
    .parse(json)
    .systems.map((s) => s.system);
};

test('the list is searched in Arabic and French, whatever the accents', async () => {
  await put('gharib', body({ ...RECORD, name: { ar: 'منح الطلبة المتفوقين', fr: 'Bourses d’excellence' } }));
  await setStatus('gharib', 'live');
  for (const typed of [
    'EXCELLENCE bourses',
    'bourses d’excéllence',
    'الطلبه',
    'المُتَفَوِّقِين',
    'gharib specimen',
  ]) {
    assert.deepEqual(await search(`?q=${encodeURIComponent(typed)}`), ['gharib'], typed);
  }
  assert.deepEqual(await search('?q=bourses%20inconnues'), []);
  assert.deepEqual(await search('?q=%25'), await search(''));
});

test('filters and pages', async () => {
  const all = await search('');
  assert.ok(all.length >= 4 && !all.includes('en-formulaire'), 'drafts are left out');
  assert.deepEqual(await search('?status=suspended'), ['a-suspendre']);
  assert.deepEqual(await search('?level=1'), []);
  assert.deepEqual(await search(`?authority=${AUTHORITY_B}`), []);
  const walked: string[] = [];
  let after = '';
  do {
    const { json } = await call('GET', `/api/v1/register?limit=1${after}`);
    const page = registerSchema.parse(json);
    walked.push(...page.systems.map((s) => s.system));
    after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
  } while (after !== '' && walked.length < 50);
  assert.deepEqual(walked, all);
  for (const bad of [
    '?limit=0',
    '?limit=x',
    '?level=7',
    '?status=draft',
    "?after=' or 1=1",
    '?authority=A',
  ]) {
    assert.equal((await call('GET', `/api/v1/register${bad}`)).status, 400, bad);
  }
});

test('a system withdrawn before it was ever live is nowhere in public', async () => {
  await put('jamais', body());
  await setStatus('jamais', 'retired', { fr: 'Abandonné' });
  assert.equal((await call('GET', `/api/v1/register/${AUTHORITY_A}/jamais`)).status, 404);
  assert.ok(!(await search('?status=retired')).includes('jamais'));
});

test('the OpenAPI document names every route of the register', async () => {
  const { json } = await call('GET', '/api/v1/openapi.json');
  const paths = Object.keys(json.paths ?? {});
  for (const path of [
    '/api/v1/register',
    '/api/v1/register/{authority}/{system}',
    '/api/v1/systems/{system}',
  ]) {
    assert.ok(paths.includes(path), path);
  }
});
