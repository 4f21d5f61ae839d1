import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import {
  AUTHORITY_A,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { decide } from './decide.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

const caller = { authorityId: AUTHORITY_A, apiKeyId: 'key_test' };
let n = 0;
const request = (effect: 'favourable' | 'adverse') => {
  const person = clearCase(effect);
  return {
    caller,
    systemId: SYSTEM,
    idempotencyKey: `test-key-${n++}`,
    body: { subject: person.subject, input: inputOf(person.household), audit: person.audit },
  };
};

test('a full grant is decided by rule, explained and sealed', async () => {
  const answer = await decide(p, request('favourable'));
  assert.equal(answer.status, 'effective');
  assert.equal(answer.outcome?.effect, 'favourable');
  assert.equal(answer.outcome?.decided_by, 'rule');
  assert.ok(nodeRuntime);
});

test('an adverse outcome is only a proposal and says no outcome', async () => {
  const answer = await decide(p, request('adverse'));
  assert.equal(answer.status, 'awaiting-person');
  assert.equal(answer.outcome, undefined);
});

test('the same key and body get the same answer, at the same time and later', async () => {
  const same = request('favourable');
  const [a, b] = await Promise.all([decide(p, same), decide(p, same)]);
  assert.deepEqual(a, b);
  assert.deepEqual(await decide(p, same), a);
  await assert.rejects(decide(p, { ...same, body: { ...same.body, subject: 'another' } }), {
    code: 'idempotency-reused',
  });
});
