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
import { createApiKey } from '../access/index.ts';
import { caseLife } from '../cases/events.ts';
import { PlatformError } from '../errors.ts';
import { problemResponse } from '../problem.ts';
import { decide } from './decide.ts';
import { outcomesApi } from './outcome-api.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

test('what the facts turned out to be is sealed once, corrected by another, and told only by who may', async () => {
  const app = outcomesApi(p);
  app.onError((error, c) => {
    if (error instanceof PlatformError) return problemResponse(c, error);
    throw error;
  });
  const key = async (authorityId: string, scope: 'outcomes:write' | 'decisions:read') =>
    (await createApiKey(p, { authorityId, label: 'test', scopes: [scope], systems: 'all' })).secret;
  const own = await key(AUTHORITY_A, 'outcomes:write');
  const { subject, household } = clearCase('favourable');
  const { decision, case: caseId } = await decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: 'outcome-1',
    body: { subject, input: inputOf(household) },
  });
  const tell = async (secret: string, body: unknown) => {
    const answer = await app.request(`/api/v1/decisions/${decision}/outcome`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [answer.status, ((await answer.json()) as { status: unknown }).status] as const;
  };
  const told = async () =>
    (await caseLife(p, AUTHORITY_A, caseId))
      .filter(({ type }) => type === 'outcome-established')
      .map(({ facts }) => [facts.outcome, facts.sought]);

  const random = { outcome: 'adverse', sought: 'random' };
  assert.deepEqual(await tell(own, random), [200, 'recorded']);
  assert.deepEqual(await tell(own, random), [200, 'unchanged']);
  assert.deepEqual(await told(), [['adverse', 'random']]);
  assert.deepEqual(await tell(own, { ...random, outcome: 'favourable' }), [200, 'recorded']);
  assert.deepEqual(await told(), [
    ['adverse', 'random'],
    ['favourable', 'random'],
  ]);

  assert.equal((await tell(await key(AUTHORITY_A, 'decisions:read'), random))[0], 403);
  assert.equal((await tell(await key(AUTHORITY_B, 'outcomes:write'), random))[0], 404);
  for (const wrong of [{}, { outcome: 'guilty', sought: 'random' }, { ...random, name: 'x' }, []]) {
    assert.equal((await tell(own, wrong))[0], 400, JSON.stringify(wrong));
  }
  assert.equal((await told()).length, 2);
});
