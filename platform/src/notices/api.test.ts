import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { createApiKey, type Scope } from '../access/index.ts';
import { decide } from '../decisions/decide.ts';
import { PlatformError } from '../errors.ts';
import { problemResponse } from '../problem.ts';
import { noticesApi, openWithCode, verifyReceiptText } from './index.ts';

let p: TestPlatform;
let app: ReturnType<typeof noticesApi>;
const keys: Record<string, string> = {};

before(async () => {
  p = await makePlatform();
  app = noticesApi(p);
  app.onError((error, c) => {
    if (error instanceof PlatformError) return problemResponse(c, error);
    throw error;
  });
  const make = async (
    name: string,
    authorityId: string,
    scopes: readonly Scope[],
    systems: readonly string[] | 'all',
  ) => {
    keys[name] = (await createApiKey(p, { authorityId, label: name, scopes, systems })).secret;
  };
  await make('agency', AUTHORITY_A, ['notices:write', 'decisions:read'], [SYSTEM]);
  await make('reader', AUTHORITY_A, ['decisions:read'], [SYSTEM]);
  await make('elsewhere', AUTHORITY_A, ['notices:write'], ['other-system']);
  await make('stranger', AUTHORITY_B, ['notices:write', 'decisions:read'], 'all');
});
after(() => p.dispose());

interface Letter {
  readonly reference: string;
  readonly code: string;
  readonly address: string;
  readonly code_version: number;
}
const read = async <T>(answer: Response): Promise<T> => (await answer.json()) as T;
const problem = (answer: Response) => read<{ code: string; faults: unknown[] }>(answer);

let made = 0;
async function decided(effect: 'favourable' | 'adverse' = 'favourable') {
  const person = clearCase(effect);
  return decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: `api-${made++}-notice`,
    body: { subject: person.subject, input: inputOf(person.household) },
  });
}

const ask = (method: string, path: string, key = 'agency', body?: unknown) =>
  app.request(`/api/v1/decisions/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${keys[key]}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const notification = {
  mode: 'hand',
  date: '2026-03-02',
  to: 'the person',
  proof: { document: 'slip 7', on: '2026-03-02' },
};

test('a letter gives a reference and a code that open the case; the next letter kills it', async () => {
  const { decision, case: caseId } = await decided();
  const answer = await ask('POST', `${decision}/letter`);
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const letter = await read<Letter>(answer);
  assert.ok(!letter.address.includes(letter.code));
  const open = (code: string) => openWithCode(p, { reference: letter.reference, code, address: '192.0.2.1' });
  assert.equal((await open(letter.code)).caseId, caseId);
  const next = await read<Letter>(await ask('POST', `${decision}/letter`));
  assert.equal(next.code_version, 2);
  await assert.rejects(open(letter.code), { code: 'unauthenticated' });
});

test('a notification is recorded with its place in the log; a proposal cannot be notified', async () => {
  const { decision } = await decided();
  const answer = await ask('POST', `${decision}/notification`, 'agency', notification);
  assert.equal(answer.status, 201);
  assert.equal(typeof (await read<{ log_index: number }>(answer)).log_index, 'number');
  const proposal = await decided('adverse');
  const refused = await ask('POST', `${proposal.decision}/notification`, 'agency', notification);
  assert.equal(refused.status, 409);
  assert.equal((await problem(refused)).code, 'person-required');
});

test('a bad notification names every fault and changes nothing', async () => {
  const { decision } = await decided();
  const receipt = await (await ask('GET', `${decision}/receipt`)).text();
  for (const body of [
    {},
    { ...notification, mode: 'pigeon' },
    { ...notification, more: 1 },
    { ...notification, date: '2 March' },
    [],
  ]) {
    const answer = await ask('POST', `${decision}/notification`, 'agency', body);
    assert.equal(answer.status, 400);
    assert.ok((await problem(answer)).faults.length > 0);
  }
  assert.equal(
    JSON.parse(await (await ask('GET', `${decision}/receipt`)).text()).receipts.length,
    JSON.parse(receipt).receipts.length,
  );
});

test('the receipt checks out', async () => {
  const { decision } = await decided();
  const answer = await ask('GET', `${decision}/receipt`, 'reader');
  assert.equal((await verifyReceiptText(p, await answer.text())).kind, 'valid');
});

test('no key, a wrong scope, another system, another authority', async () => {
  const { decision } = await decided();
  const none = await app.request(`/api/v1/decisions/${decision}/letter`, { method: 'POST' });
  assert.equal(none.status, 401);
  assert.equal((await ask('POST', `${decision}/letter`, 'reader')).status, 403);
  assert.equal((await ask('POST', `${decision}/letter`, 'elsewhere')).status, 403);
  for (const [method, path] of [
    ['POST', 'letter'],
    ['POST', 'notification'],
    ['GET', 'receipt'],
  ] as const) {
    const answer = await ask(
      method,
      `${decision}/${path}`,
      'stranger',
      method === 'POST' ? notification : undefined,
    );
    assert.equal(answer.status, 404, path);
  }
});

test('the document describes the routes', () => {
  const { paths } = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 't', version: '1' } });
  assert.deepEqual(Object.keys(paths ?? {}), [
    '/api/v1/decisions/{decision}/letter',
    '/api/v1/decisions/{decision}/notification',
    '/api/v1/decisions/{decision}/receipt',
  ]);
});
