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
import { decide } from '../decisions/decide.ts';
import { readAttributes } from './attributes.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

test('protected attributes come with their case, open only for it, and die with its key', async () => {
  const { subject, household, audit } = clearCase('favourable');
  const answer = await decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: 'attributes-1',
    body: { subject, input: inputOf(household), audit },
  });
  assert.deepEqual(await readAttributes(p, AUTHORITY_A, answer.case), audit);
  assert.equal(await readAttributes(p, AUTHORITY_B, answer.case), undefined);
  p.vault.destroy(AUTHORITY_A, answer.case);
  await assert.rejects(readAttributes(p, AUTHORITY_A, answer.case), { code: 'erased' });
});
