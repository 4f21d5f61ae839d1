import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { createApiKey } from '../src/access/index.ts';
import { createApp } from '../src/app.tsx';
import { issueCode, openWithCode } from '../src/notices/index.ts';
import { changeStatus } from '../src/register/status.ts';
import { modelFile } from '../worlds/soutien-menages/model.ts';
import { RECORD } from '../worlds/soutien-menages/record.ts';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from './make-platform.ts';

let p: TestPlatform;
let app: ReturnType<typeof createApp>;
let key: string;
let foreignKey: string;
const SCOPES = ['decisions:write', 'decisions:read', 'systems:write', 'systems:read', 'events:read'] as const;

before(async () => {
  p = await makePlatform();
  app = createApp(p);
  const make = (authorityId: string) =>
    createApiKey(p, { authorityId, label: 'test', scopes: SCOPES, systems: 'all' }).then((k) => k.secret);
  key = await make(AUTHORITY_A);
  foreignKey = await make(AUTHORITY_B);
});
after(() => p.dispose());

interface Problem {
  code: string;
  status: number;
  title: string;
  mend?: string;
  faults?: { where: string; what: string }[];
}

const household = inputOf(clearCase('favourable').household);
let n = 0;

async function post(body: unknown, headers: Record<string, string> = {}, system: string = SYSTEM) {
  return app.request(`/api/v1/systems/${system}/decisions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `refusal-${n++}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function counts(): Promise<unknown> {
  const db = new DatabaseSync(join(p.folder, 'taalil.db'), { readOnly: true });
  const found = ['cases', 'decisions', 'case_events', 'idempotency', 'log_entries'].map(
    (table) => db.prepare(`select count(*) as n from ${table}`).get()?.n,
  );
  db.close();
  return found;
}

/** The answer is a problem that says what, where and how to mend; the store is as it was. */
async function refused(
  request: () => Promise<Response> | Response,
  status: number,
  code: string,
): Promise<Problem> {
  const before = await counts();
  const response = await request();
  const problem = (await response.json()) as Problem;
  assert.equal(response.status, status, JSON.stringify(problem));
  assert.equal(problem.code, code);
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.ok(problem.title.length > 10);
  assert.deepEqual(await counts(), before, 'something was written');
  return problem;
}

const inputs: [string, Record<string, unknown>, string, RegExp][] = [
  ['an unknown field', { ...household, shoe_size: 42 }, '/input/shoe_size', /not an input/],
  ['a wrong type', { ...household, members: 'five' }, '/input/members', /type integer/],
  ['a value out of range', { ...household, members: 900 }, '/input/members', /<= 20/],
  ['a value outside the choices', { ...household, milieu: 'lunar' }, '/input/milieu', /urban, rural/],
  ['a fraction where whole numbers are declared', { ...household, rooms: 2.5 }, '/input/rooms', /integer/],
  ['more decimals than declared', { ...household, land: 1.234 }, '/input/land', /decimals/],
  ['null for a fact', { ...household, rooms: null }, '/input/rooms', /integer/],
];
for (const [name, input, where, what] of inputs) {
  test(`${name} is refused and named`, async () => {
    const { faults, mend } = await refused(() => post({ subject: 'H-1', input }), 422, 'invalid-input');
    assert.equal(faults?.[0]?.where, where);
    assert.match(faults?.[0]?.what ?? '', what);
    assert.ok(mend);
  });
}

test('a missing input is refused and named', async () => {
  const { rooms: _, ...input } = household as Record<string, unknown>;
  const { faults } = await refused(() => post({ subject: 'H-1', input }), 422, 'invalid-input');
  assert.deepEqual(faults?.[0]?.where, '/input/rooms');
});

test('a body that is no envelope, no JSON, or of another type is refused', async () => {
  await refused(() => post({ input: household }), 400, 'invalid-request');
  await refused(() => post({ subject: 'H-1', input: household, name: 'x' }), 400, 'invalid-request');
  await refused(() => post('{"subject": '), 400, 'invalid-request');
  await refused(() => post('subject=H-1', { 'Content-Type': 'text/plain' }), 400, 'invalid-request');
  await refused(
    () => post({ subject: 'H-1', input: household }, { 'Idempotency-Key': 'x' }),
    400,
    'invalid-request',
  );
});

test('prototype names are fields like any other, and unknown', async () => {
  const body = `{"subject":"H-1","input":${JSON.stringify(household).replace('{', '{"__proto__":{"rooms":1},')}}`;
  await refused(() => post(body), 422, 'invalid-input');
});

test('an oversized body is refused, announced or not', async () => {
  const large = JSON.stringify({ subject: 'H-1', input: household, audit: { a: 'x'.repeat(300_000) } });
  await refused(() => post(large, { 'Content-Length': String(large.length) }), 413, 'too-large');
  await refused(() => post(large), 413, 'too-large');
});

test('an unknown or suspended system decides nothing', async () => {
  await refused(() => post({ subject: 'H-1', input: household }, {}, 'no-such-system'), 404, 'not-found');
  const set = (to: 'live' | 'suspended', by: string) =>
    changeStatus(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, to, reason: { fr: 'essai' }, by });
  await set('suspended', 'stf_a');
  await refused(() => post({ subject: 'H-1', input: household }), 409, 'suspended');
  await set('live', 'stf_a');
  await refused(() => post({ subject: 'H-1', input: household }), 409, 'suspended');
  await set('live', 'stf_b');
  assert.equal((await post({ subject: 'H-1', input: household })).status, 201);
});

test('a key that is missing, wrong, or without the scope opens nothing', async () => {
  const body = { subject: 'H-1', input: household };
  await refused(() => post(body, { Authorization: '' }), 401, 'unauthenticated');
  await refused(() => post(body, { Authorization: `Bearer ${key.slice(0, -1)}x` }), 401, 'unauthenticated');
  const { secret } = await createApiKey(p, {
    authorityId: AUTHORITY_A,
    label: 'reader',
    scopes: ['decisions:read'],
    systems: 'all',
  });
  await refused(() => post(body, { Authorization: `Bearer ${secret}` }), 403, 'forbidden');
});

test('an idempotency key reused with another body is refused; with the same body it is the same answer', async () => {
  const headers = { 'Idempotency-Key': 'reused-key-1' };
  const first = await (await post({ subject: 'H-1', input: household }, headers)).json();
  assert.deepEqual(await (await post({ subject: 'H-1', input: household }, headers)).json(), first);
  await refused(() => post({ subject: 'H-2', input: household }, headers), 422, 'idempotency-reused');
});

test('a model file that is not the one stated is refused', async () => {
  const model = Buffer.from(modelFile({ version: 2, fault: false }));
  const put = () =>
    app.request(`/api/v1/systems/${SYSTEM}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        record: RECORD,
        model: { base64: model.toString('base64'), sha256: 'a'.repeat(64) },
      }),
    });
  const { mend } = await refused(put, 422, 'invalid-model');
  assert.match(mend ?? '', /[0-9a-f]{64}/);
});

test("authority B does not see A's decision, its events or its case", async () => {
  const made = (await (await post({ subject: 'H-1', input: household })).json()) as { decision: string };
  const get = (path: string) => app.request(path, { headers: { Authorization: `Bearer ${foreignKey}` } });
  await refused(() => get(`/api/v1/decisions/${made.decision}`), 404, 'not-found');
  const { events } = (await (await get('/api/v1/events')).json()) as { events: unknown[] };
  assert.deepEqual(events, []);
});

test('a wrong code opens nothing, and the right one still does afterwards', async () => {
  const made = (await (await post({ subject: 'H-1', input: household })).json()) as { case: string };
  const { reference, code } = await issueCode(p, {
    authorityId: AUTHORITY_A,
    caseId: made.case,
    by: { kind: 'staff', staffId: 'stf_test' },
  });
  const wrong = String((BigInt(code) + 1n) % 1_000_000_000_000n).padStart(12, '0');
  await assert.rejects(openWithCode(p, { reference, code: wrong, address: '192.0.2.1' }));
  assert.equal((await openWithCode(p, { reference, code, address: '192.0.2.1' })).caseId, made.case);
});

test('an altered row is not shown as a decision', async () => {
  const made = (await (await post({ subject: 'H-1', input: household })).json()) as { decision: string };
  const alter = (sql: string) => {
    const db = new DatabaseSync(join(p.folder, 'taalil.db'), { timeout: 2_000 });
    db.prepare(sql).run(made.decision);
    db.close();
  };
  const get = () =>
    app.request(`/api/v1/decisions/${made.decision}`, { headers: { Authorization: `Bearer ${key}` } });
  alter("update decisions set effect = 'adverse' where decision_id = ?");
  await refused(get, 500, 'altered-record');
  alter("update decisions set effect = 'favourable' where decision_id = ?");
  assert.equal((await get()).status, 200);
  alter("update case_events set at = '2020-01-01T00:00:00.000Z' where decision_id = ?");
  await refused(get, 500, 'altered-record');
});
