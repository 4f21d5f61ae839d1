import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ClientError, createClient, type Event } from '@taalil/client';
import { createApiKey } from '../src/access/index.ts';
import { clientTypes, type Document } from '../src/api/client-types.ts';
import { documentOf } from '../src/api/platform-api.ts';
import { createApp } from '../src/app.tsx';
import { changeStatus } from '../src/register/status.ts';
import { serve } from '../src/serve.ts';
import {
  AUTHORITY_A,
  clearCase,
  inputOf,
  makePlatform,
  people,
  SYSTEM,
  type TestPlatform,
} from './make-platform.ts';

let p: TestPlatform;
let app: ReturnType<typeof createApp>;
let key: string;
before(async () => {
  p = await makePlatform();
  app = createApp(p);
  ({ secret: key } = await createApiKey(p, {
    authorityId: AUTHORITY_A,
    label: 'client',
    scopes: [
      'decisions:write',
      'decisions:read',
      'events:read',
      'systems:read',
      'outcomes:write',
      'notices:write',
    ],
    systems: [SYSTEM],
  }));
});
after(() => p.dispose());

/** The platform behind a network that fails as the test says: `before` loses the request, `after` the answer. */
function network(
  faults: ('before' | 'after' | 503 | 'html')[] = [],
): typeof fetch & { readonly sent: number } {
  let sent = 0;
  const through = async (url: string | URL | Request, init?: RequestInit) => {
    const fault = faults.shift();
    if (fault === 'before') throw new TypeError('fetch failed');
    if (fault === 'html') return new Response('<h1>Bad gateway</h1>', { status: 502 });
    if (fault === 503)
      return Response.json(
        { code: 'writer-held', title: 'No writer.' },
        { status: 503, headers: { 'Retry-After': '0.01' } },
      );
    sent++;
    const response = await app.request(String(url), init);
    if (fault === 'after') throw new TypeError('terminated');
    return response;
  };
  return Object.defineProperty(through, 'sent', { get: () => sent }) as unknown as ReturnType<typeof network>;
}
const client = (faults: Parameters<typeof network>[0] = [], attempts = 5) =>
  createClient({ url: 'http://taalil.test', key, fetch: network(faults), attempts });
const envelope = (i = 0) => {
  const { subject, household, audit } = people(20, 'client')[i] as ReturnType<typeof people>[number];
  return { subject, input: inputOf(household), audit: { ...audit } };
};

test('its types are those of the API’s own document', () => {
  const file = readFileSync(join(import.meta.dirname, '../../packages/client/src/api.ts'), 'utf8');
  assert.equal(
    file.trimEnd(),
    clientTypes(documentOf() as Document).trimEnd(),
    'run: ./taalil openapi --types > packages/client/src/api.ts',
  );
});

test('a lost request, a lost answer and a busy platform are one decision', async () => {
  const decided = await client(['before', 'after', 503, 'html']).decide(SYSTEM, 'client-faults', envelope());
  assert.deepEqual(await client().decide(SYSTEM, 'client-faults', envelope()), decided);
  assert.deepEqual((await client().decision(decided.decision)).decision, decided.decision);
});

test('attempts end; a refusal of the platform is told with its mend and is not tried again', async () => {
  await assert.rejects(client(['before', 'before'], 2).decide(SYSTEM, 'client-lost-1', envelope()), {
    code: 'unreachable',
  });
  await assert.rejects(client(['html'], 1).decide(SYSTEM, 'client-html-1', envelope()), {
    code: 'not-understood',
  });
  const through = network();
  const wrong = createClient({ url: 'http://taalil.test', key, fetch: through });
  await assert.rejects(
    wrong.decide(SYSTEM, 'client-wrong-1', { subject: 's', input: {} }),
    (error: ClientError) => {
      assert.ok(error instanceof ClientError);
      assert.equal(error.code, 'invalid-input');
      assert.ok((error.problem?.faults?.length ?? 0) > 0 && error.problem?.mend);
      return true;
    },
  );
  assert.equal(through.sent, 1);
});

test('batches, and their faults by line', async () => {
  const lines = Array.from({ length: 12 }, (_, i) => ({
    idempotency_key: `client-batch-${i}`,
    ...envelope(i),
  }));
  const answers = await client(['after']).decideBatch(SYSTEM, lines);
  assert.deepEqual(
    answers.map(({ line }) => line),
    lines.map((_, i) => i + 1),
  );
  const [first] = lines;
  await assert.rejects(
    client().decideBatch(SYSTEM, [...lines, { ...(first as (typeof lines)[number]), input: {} }]),
    (error: ClientError) => error.problem?.faults?.some(({ where }) => where.startsWith('line 13')) === true,
  );
});

test('events come in order, each once, and go on from a cursor', async () => {
  const stop = new AbortController();
  const seen: Event[] = [];
  const wanted = (await client().decide(SYSTEM, 'client-events', envelope(13))).decision;
  for await (const event of client(['before']).events({ everyMs: 10, signal: stop.signal })) {
    seen.push(event);
    if (event.decision === wanted) stop.abort();
  }
  assert.equal(new Set(seen.map(({ cursor }) => cursor)).size, seen.length);
  const again = await client()
    .events({ after: seen.at(-2)?.cursor as string })
    .next();
  assert.deepEqual(again.value, seen.at(-1));
});

test('a receipt is checked without trusting the platform; one for another key is not believed', async () => {
  const person = clearCase('favourable');
  const { decision } = await client().decide(SYSTEM, 'client-receipt', {
    subject: person.subject,
    input: inputOf(person.household),
  });
  const policy = `log ${await p.ledger.vkey(AUTHORITY_A)}\nquorum none\n`;
  const verified = await client().verifiedReceipt(decision, policy);
  assert.ok(verified.length > 0);
  const other = `log ${await p.ledger.vkey('autre-agence')}\nquorum none\n`;
  await assert.rejects(client().verifiedReceipt(decision, other), { kind: 'untrusted' });
});

test('the example in Python does what it says, against a real server', async () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/integrate.md'), 'utf8');
  const example = /```python\n([\s\S]*?)```/.exec(guide)?.[1] as string;
  const running = await serve(p, { host: '127.0.0.1', port: 0 });
  try {
    const call = `\nimport sys\nprint(json.dumps(decide("${SYSTEM}", "python-example", json.load(sys.stdin))))\n`;
    const child = execFile('/usr/bin/python3', ['-c', example + call], {
      env: { TAALIL_URL: running.url, TAALIL_KEY: key },
    });
    child.stdin?.end(JSON.stringify(envelope(14)));
    const out = (await child.stdout?.toArray())?.join('') ?? '';
    const decided = JSON.parse(out) as { decision: string };
    assert.equal((await client().decide(SYSTEM, 'python-example', envelope(14))).decision, decided.decision);
  } finally {
    await running.stop();
  }
});

test('what was found later is told; a suspended system says so', async () => {
  const { decision } = await client().decide(SYSTEM, 'client-outcome', envelope(15));
  await client().establishOutcome(decision, { outcome: 'favourable', sought: 'random' });
  assert.equal((await client().system(SYSTEM)).status, 'live');
  await changeStatus(p, {
    authorityId: AUTHORITY_A,
    systemId: SYSTEM,
    to: 'suspended',
    reason: { en: 'test' },
    by: 'stf_x',
  });
  await assert.rejects(client().decide(SYSTEM, 'client-suspended', envelope(16)), { code: 'suspended' });
});
