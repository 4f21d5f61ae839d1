import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { BASIS } from '../../worlds/soutien-menages/monitoring.ts';
import { caseLife } from '../cases/events.ts';
import { decide } from '../decisions/decide.ts';
import { recordBasis } from '../monitoring/basis.ts';
import { openAttributes } from './attributes.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

async function decided(key: string, audit: Record<string, string | number | boolean> | undefined) {
  const { subject, household } = clearCase('favourable');
  return decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: key,
    body: { subject, input: inputOf(household), ...(audit === undefined ? {} : { audit }) },
  });
}

const DAY = '2026-03-02';
const logged: string[] = [];
const open = (authorityId: string, caseIds: readonly string[], day = DAY) =>
  openAttributes(p, {
    authorityId,
    systemId: SYSTEM,
    caseIds,
    day,
    log: async (ids) => {
      logged.push(...ids);
    },
  });

test('protected attributes open only on a legal basis in force, for what it names, logged before, until erased', async () => {
  const { audit } = clearCase('favourable');
  const answer = await decided('attributes-1', { ...audit });
  await assert.rejects(open(AUTHORITY_A, [answer.case]), { code: 'forbidden' });
  const basis = { ...BASIS, attributes: ['applicant_sex', 'region'], from: '2026-01-01', to: '2026-06-30' };
  await recordBasis(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, basis });
  for (const day of ['2025-12-31', '2026-07-01']) {
    await assert.rejects(open(AUTHORITY_A, [answer.case], day), { code: 'forbidden' });
  }
  assert.deepEqual(logged, []);
  assert.deepEqual(
    [...(await open(AUTHORITY_A, [answer.case]))],
    [[answer.case, { applicant_sex: audit.applicant_sex, region: audit.region }]],
  );
  assert.deepEqual(logged, [answer.case]);
  await assert.rejects(open(AUTHORITY_B, [answer.case]), { code: 'forbidden' });
  const refused = openAttributes(p, {
    authorityId: AUTHORITY_A,
    systemId: SYSTEM,
    caseIds: [answer.case],
    day: DAY,
    log: () => Promise.reject(new Error('the log is full')),
  });
  await assert.rejects(refused, /the log is full/);
  p.vault.destroy(AUTHORITY_A, answer.case);
  assert.equal((await open(AUTHORITY_A, [answer.case])).size, 0);
});

test('a basis that is not complete is refused', async () => {
  for (const wrong of [
    { ...BASIS, attributes: [] },
    { ...BASIS, title: {} },
    { ...BASIS, from: '2026-02-30' },
    { ...BASIS, to: '2020-01-01' },
    { ...BASIS, because: 'we want to' },
  ]) {
    const recording = recordBasis(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, basis: wrong });
    await assert.rejects(recording, { code: 'invalid-request' });
  }
});

test('no model sees protected attributes: whatever they say, the decision and all that is sealed stay the same', async () => {
  const { audit } = clearCase('favourable');
  const answers = [
    await decided('model-0001', { ...audit, applicant_sex: 'female', disability: true, applicant_age: 19 }),
    await decided('model-0002', { ...audit, applicant_sex: 'male', disability: false, applicant_age: 92 }),
    await decided('model-0003', undefined),
  ];
  const sealed = await Promise.all(
    answers.map(async (answer) => (await caseLife(p, AUTHORITY_A, answer.case))[0]?.facts ?? {}),
  );
  for (const facts of sealed) {
    assert.deepEqual(facts.explanation, sealed[0]?.explanation);
    assert.deepEqual(facts.outcome, sealed[0]?.outcome);
    assert.deepEqual(facts.input, sealed[0]?.input);
    assert.ok(!JSON.stringify(facts).includes('applicant_'));
  }
});

test('only the monitor opens them: nobody else in the house even names the way in', () => {
  const root = join(import.meta.dirname, '..');
  const users = globSync('**/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !file.includes('.test.') && readFileSync(join(root, file), 'utf8').includes('openAttributes'),
  );
  assert.deepEqual(users.sort(), ['monitoring/aggregate.ts', 'vault/attributes.ts']);
});
