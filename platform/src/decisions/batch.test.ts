import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { countTurns } from '../../test/count-turns.ts';
import {
  AUTHORITY_A,
  inputOf,
  makePlatform,
  people,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { createApiKey } from '../access/index.ts';
import { createApp } from '../app.tsx';
import { verifyLog } from '../ledger/verify.ts';
import { changeStatus } from '../register/status.ts';
import type { Answer } from './answer.ts';
import { decideBatch } from './batch.ts';
import { decide } from './decide.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

const caller = { authorityId: AUTHORITY_A, apiKeyId: 'key_test' };
const drawn = people(300, 'batch');
const line = (key: string, i: number, change: (envelope: Record<string, unknown>) => void = () => {}) => {
  const { subject, household, audit } = drawn[i % drawn.length] as (typeof drawn)[number];
  const envelope: Record<string, unknown> = {
    idempotency_key: key,
    subject,
    input: inputOf(household),
    audit,
  };
  change(envelope);
  return JSON.stringify(envelope);
};
const lines = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => line(`${prefix}-${i}-key`, i));
const size = () => verifyLog(p, AUTHORITY_A);

interface Faults {
  code: string;
  details: { faults: { where: string; what: string }[] };
}

async function refused(text: string, ...places: RegExp[]): Promise<void> {
  const before = await size();
  await assert.rejects(decideBatch(p, caller, SYSTEM, text), (error: Faults) => {
    for (const place of places) {
      assert.ok(
        error.details.faults.some(({ where }) => place.test(where)),
        JSON.stringify(error.details),
      );
    }
    return true;
  });
  assert.equal(await size(), before, 'something was sealed');
}

test('one answer a line, in the order of the lines, in one commit; the same lines get the same answers', async () => {
  const text = lines('first', 120).join('\n');
  const answers = await decideBatch(p, caller, SYSTEM, text);
  assert.equal(answers.length, 120);
  assert.equal(new Set(answers.map(({ decision }) => decision)).size, 120);
  assert.ok(answers.some(({ status }) => status === 'awaiting-person'));
  assert.ok(answers.some(({ status }) => status === 'effective'));
  const rows = await Promise.all(
    answers.map(({ decision }) =>
      p.store.lookup('decisions', { authority_id: AUTHORITY_A, decision_id: decision }),
    ),
  );
  assert.ok(rows.every((row) => row !== undefined));
  const proofs = await Promise.all(answers.map(({ log_index }) => p.ledger.proof(AUTHORITY_A, log_index)));
  const checkpoints = new Set(proofs.map((proof) => proof.split('\n\n').slice(1).join()));
  assert.equal(checkpoints.size, 1, 'one commit, one checkpoint');
  assert.deepEqual(await decideBatch(p, caller, SYSTEM, `${text}\n`), answers);
});

test('a malformed line changes nothing and is named', async () => {
  const good = lines('malformed', 200);
  await refused(good.with(149, '{"idempotency_key": "x').join('\n'), /^line 150$/);
  await refused(
    good
      .with(
        7,
        line('malformed-7-key', 7, (e) => Object.assign(e, { colour: 1 })),
      )
      .join('\n'),
    /^line 8/,
  );
  await refused(
    good
      .with(
        3,
        line('malformed-3-key', 3, (e) => delete (e.input as Record<string, unknown>).members),
      )
      .with(180, '[]')
      .join('\n'),
    /^line 181$/,
  );
  await refused(
    good
      .with(
        3,
        line('malformed-3-key', 3, (e) => delete (e.input as Record<string, unknown>).members),
      )
      .join('\n'),
    /^line 4\/.*members/,
  );
  await refused(good.with(9, good[8] as string).join('\n'), /^line 10\/idempotency_key$/);
  await refused(good.with(9, line('short', 9)).join('\n'), /^line 10/);
  await refused([...good, '', ...good].join('\n'), /^line 201$/);
});

test('too many lines, or none, are refused', async () => {
  await assert.rejects(decideBatch(p, caller, SYSTEM, ''), { code: 'too-large' });
  await assert.rejects(decideBatch(p, caller, SYSTEM, '{}\n'.repeat(10_001)), { code: 'too-large' });
});

test('a key that was used with another body names its line', async () => {
  await decideBatch(p, caller, SYSTEM, line('reused-key-1', 1));
  await refused([line('fresh-key-22', 2), line('reused-key-1', 3)].join('\n'), /^line 2/);
});

test('the same batch sent twice at once, and beside a single request with one of its keys, is one set of decisions', async () => {
  const text = lines('twice', 60).join('\n');
  const { idempotency_key: idempotencyKey, ...body } = JSON.parse(line('twice-30-key', 30)) as {
    idempotency_key: string;
  };
  const [one, two, single] = await Promise.all([
    decideBatch(p, caller, SYSTEM, text),
    decideBatch(p, caller, SYSTEM, text),
    decide(p, { caller, systemId: SYSTEM, idempotencyKey, body }),
  ]);
  assert.deepEqual(one, two);
  assert.equal(single.decision, one[30]?.decision);
});

test('all lines go to the ledger in one turn: a change of writer between two of them would leave both parts waiting', async () => {
  const counted = countTurns();
  const turns: number[] = [];
  const ledger = Object.create(p.ledger) as typeof p.ledger;
  ledger.seal = (...args) => {
    turns.push(counted.turn);
    return p.ledger.seal(...args);
  };
  await decideBatch({ ...p, ledger }, caller, SYSTEM, lines('one-turn', 120).join('\n'));
  counted.stop();
  assert.equal(turns.length, 120);
  assert.equal(new Set(turns).size, 1);
});

test('a system that is suspended before the commit decides no line', async () => {
  const before = await size();
  const [batch] = await Promise.allSettled([
    decideBatch(p, caller, SYSTEM, lines('suspended', 100).join('\n')),
    changeStatus(p, {
      authorityId: AUTHORITY_A,
      systemId: SYSTEM,
      to: 'suspended',
      reason: { en: 'test' },
      by: 'stf_x',
    }),
  ]);
  const decided = batch.status === 'fulfilled' ? 100 : 0;
  if (batch.status === 'rejected') assert.equal(batch.reason.code, 'suspended');
  assert.equal(await size(), before + decided + 1, 'all lines or none, and the suspension');
});

test('over HTTP: NDJSON in, NDJSON out, named faults, the wrong type refused', async () => {
  const q = await makePlatform();
  try {
    const { secret } = await createApiKey(q, {
      authorityId: AUTHORITY_A,
      label: 'batch',
      scopes: ['decisions:write'],
      systems: [SYSTEM],
    });
    const app = createApp(q);
    const post = (body: string, type = 'application/x-ndjson') =>
      app.request(`/api/v1/systems/${SYSTEM}/decisions/batch`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${secret}`, 'Content-Type': type },
        body,
      });
    const response = await post(lines('http', 20).join('\n'));
    assert.equal(response.status, 200);
    const answers = (await response.text())
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as Answer & { line: number });
    assert.deepEqual(
      answers.map((answer) => answer.line),
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    const bad = await post('{}\n{}');
    assert.equal(bad.status, 422);
    assert.equal(((await bad.json()) as { faults: unknown[] }).faults.length, 2);
    assert.equal((await post('{}', 'text/plain')).status, 400);
  } finally {
    await q.dispose();
  }
});
