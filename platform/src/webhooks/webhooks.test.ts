import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
import { createApiKey } from '../access/index.ts';
import { createApp } from '../app.tsx';
import type { CloudEvent } from '../cases/cloud-event.ts';
import { decide } from '../decisions/decide.ts';
import { deliverDue, WAITS } from './deliver.ts';
import { parseReceiver, post } from './receiver.ts';

interface Got {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

let p: TestPlatform;
let app: ReturnType<typeof createApp>;
let key: string;
let foreign: string;
let receiver: Server;
let url: string;
let answer = 204;
let got: Got[] = [];

before(async () => {
  p = await makePlatform();
  app = createApp(p);
  const make = async (authorityId: string) =>
    (
      await createApiKey(p, {
        authorityId,
        label: 'hooks',
        scopes: ['webhooks:write', 'events:read'],
        systems: [SYSTEM],
      })
    ).secret;
  key = await make(AUTHORITY_A);
  foreign = await make(AUTHORITY_B);
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(answer, answer === 302 ? { Location: url } : {}).end('x'.repeat(100));
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
after(async () => {
  receiver.close();
  await p.dispose();
});

async function call(method: string, path: string, body?: unknown, by = key) {
  const response = await app.request(`/api/v1/webhooks${path}`, {
    method,
    headers: { Authorization: `Bearer ${by}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, string> };
}

let asked = 0;
async function happens(): Promise<string> {
  const person = clearCase('favourable');
  const { decision } = await decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: `webhook-test-${asked++}`,
    body: { subject: person.subject, input: inputOf(person.household) },
  });
  return decision;
}

function verifies({ headers, body }: Got, secret: string): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(signed)
    .digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`);
}

const received = () => {
  const all = got;
  got = [];
  return all;
};
const later = (seconds: number) => p.clock.moveTo(p.clock.now().add({ seconds: seconds + 1 }));

test('an event is sent once, signed, as a CloudEvent that names no person', async () => {
  const made = await call('POST', '', { url });
  assert.equal(made.status, 201);
  const decision = await happens();
  await deliverDue(p);
  await deliverDue(p);
  const [delivery, ...more] = received();
  assert.deepEqual(more, []);
  assert.ok(verifies(delivery as Got, made.body.secret as string));
  assert.ok(!verifies({ ...(delivery as Got), body: '{}' }, made.body.secret as string));
  const event = JSON.parse((delivery as Got).body) as CloudEvent;
  assert.equal(event.type, 'taalil.case.decision-made');
  assert.equal(event.data.decision, decision);
  assert.equal(delivery?.headers['webhook-id'], event.id);
  await call('DELETE', `/${made.body.webhook}`);
});

test('what is not taken is retried under the same id, later and later, then given up, and can be sent again', async () => {
  const { body: hook } = await call('POST', '', { url, types: ['decision-made'] });
  const start = hook.cursor as string;
  answer = 503;
  await happens();
  await deliverDue(p);
  await deliverDue(p);
  const [first, ...none] = received();
  assert.deepEqual(none, [], 'not before its time');
  for (const wait of WAITS) {
    later(wait);
    await deliverDue(p);
    const [again] = received();
    assert.equal(again?.headers['webhook-id'], first?.headers['webhook-id']);
  }
  later(1_000_000);
  await deliverDue(p);
  assert.deepEqual(received(), [], 'given up');
  const failures = (await call('GET', `/${hook.webhook}/failures`)).body.failures as unknown as {
    status: string;
    failure: string;
  }[];
  assert.deepEqual(
    failures.map(({ status, failure }) => [status, failure]),
    [['dead', '503']],
  );
  answer = 200;
  await call('PATCH', `/${hook.webhook}`, { replay_after: start });
  await deliverDue(p);
  assert.equal(received().length, 1);
  assert.deepEqual((await call('GET', `/${hook.webhook}/failures`)).body.failures, []);
  await call('DELETE', `/${hook.webhook}`);
});

test('one receiver that is away keeps no other one waiting, and a redirect is not followed', async () => {
  const away = await call('POST', '', { url: 'http://127.0.0.1:1/' });
  const there = await call('POST', '', { url });
  answer = 302;
  await happens();
  await deliverDue(p);
  assert.equal(received().length, 1, 'the redirect was not followed');
  answer = 204;
  later(WAITS[0]);
  await deliverDue(p);
  assert.equal(received().length, 1);
  for (const hook of [away, there]) await call('DELETE', `/${hook.body.webhook}`);
});

test('a paused webhook gets nothing, and afterwards everything', async () => {
  const { body: hook } = await call('POST', '', { url });
  await call('PATCH', `/${hook.webhook}`, { status: 'paused' });
  await happens();
  await deliverDue(p);
  assert.equal(received().length, 0);
  await call('PATCH', `/${hook.webhook}`, { status: 'active' });
  await deliverDue(p);
  assert.equal(received().length, 1);
  await call('DELETE', `/${hook.webhook}`);
});

test('after a change of secret both sign for a day', async () => {
  const { body: hook } = await call('POST', '', { url });
  const next = (await call('POST', `/${hook.webhook}/secret`)).body.secret as string;
  await happens();
  await deliverDue(p);
  const [both] = received() as [Got];
  assert.ok(verifies(both, next) && verifies(both, hook.secret as string));
  later(25 * 3_600);
  await happens();
  await deliverDue(p);
  const [one] = received() as [Got];
  assert.ok(verifies(one, next) && !verifies(one, hook.secret as string));
  await call('DELETE', `/${hook.webhook}`);
});

test('another authority sees no webhook of this one, and gets none of its events', async () => {
  const { body: hook } = await call('POST', '', { url });
  const other = await call('POST', '', { url }, foreign);
  assert.deepEqual(
    ((await call('GET', '', undefined, foreign)).body.webhooks as unknown as { webhook: string }[]).map(
      (w) => w.webhook,
    ),
    [other.body.webhook],
  );
  for (const [method, path, body] of [
    ['PATCH', '', { status: 'paused' }],
    ['DELETE', '', undefined],
    ['POST', '/secret', undefined],
    ['GET', '/failures', undefined],
  ] as const) {
    assert.equal((await call(method, `/${hook.webhook}${path}`, body, foreign)).status, 404);
  }
  await happens();
  await deliverDue(p);
  assert.equal(received().length, 1);
  await call('DELETE', `/${hook.webhook}`);
  await call('DELETE', `/${other.body.webhook}`, undefined, foreign);
});

test('systems beyond the reach of the key, and addresses that are none, are refused', async () => {
  assert.equal((await call('POST', '', { url, systems: ['another'] })).status, 403);
  for (const bad of [
    'ftp://a.example/',
    'https://user:pass@a.example/',
    'a.example',
    'https://a.example/#x',
  ]) {
    assert.equal((await call('POST', '', { url: bad })).status, 400, bad);
  }
});

test('in production: https alone, and neither this machine nor a private network that the operator did not name', async () => {
  const production = { kind: 'production' as const };
  assert.throws(() => parseReceiver(production, 'http://a.example/'), { code: 'invalid-request' });
  for (const address of [
    '127.0.0.1',
    '169.254.169.254',
    '10.1.2.3',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[fd00::1]',
    '0.0.0.0',
  ]) {
    const done = await post(production, new URL(`https://${address}:1/`), {}, '{}');
    assert.deepEqual(done, { ok: false, failure: 'refused-address' }, address);
  }
  const named = await post(production, new URL('https://localhost:1/'), {}, '{}');
  assert.deepEqual(named, { ok: false, failure: 'refused-address' }, 'a name counts by what it resolves to');
  const allowed = await post(
    { ...production, outgoing: { networks: ['127.0.0.0/8'] } },
    new URL('https://127.0.0.1:1/'),
    {},
    '{}',
  );
  assert.deepEqual(allowed, { ok: false, failure: 'unreachable' });
});

test('the feed gives CloudEvents to who asks for them', async () => {
  await happens();
  const response = await app.request('/api/v1/events?limit=2', {
    headers: { Authorization: `Bearer ${key}`, Accept: 'application/cloudevents-batch+json' },
  });
  const events = (await response.json()) as CloudEvent[];
  assert.equal(events.length, 2);
  assert.ok(events.every(({ specversion, source }) => specversion === '1.0' && source.includes(SYSTEM)));
});
