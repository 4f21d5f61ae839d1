import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allAnswers, assessors, publishLow, RULE, submitted } from '../../test/assessing.ts';
import { listJournal } from '../../test/journal.ts';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { makeStaff } from '../../test/visitor.ts';
import { bindingOf } from '../conformity/binding.ts';
import { decide } from '../decisions/decide.ts';
import { assertOneSignatureSuffices } from '../desk/people-needed.ts';
import type { PlatformError } from '../errors.ts';
import { changeStatus } from '../register/status.ts';
import { loadLive } from '../register/systems.ts';
import {
  openAssessment,
  returnAssessment,
  saveAnswers,
  submitAssessment,
  withdrawAssessment,
} from './answering.ts';
import { approveAssessment } from './approve.ts';
import { publishedAssessments } from './public.ts';
import { readAssessment } from './read.ts';

let p: TestPlatform;
let author: string;
let approver: string;
const hand = () => ({ authorityId: AUTHORITY_A, by: author });

before(async () => {
  p = await makePlatform();
  ({ author, approver } = await assessors(p, SYSTEM));
});
after(() => p.dispose());

const decided = async (systemId: string, n: number) =>
  decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId,
    idempotencyKey: `${systemId}-${n}`,
    body: { subject: `s-${n}`, input: inputOf(clearCase('favourable').household) },
  });

test('answers are saved, resumed, and each says who gave it; another author overwrites nothing unseen', async () => {
  const second = await makeStaff(p, AUTHORITY_A, ['integrator']);
  const { assessmentId } = await openAssessment(p, { ...hand(), systemId: SYSTEM, rule: RULE });
  const save = (by: string, answers: Record<string, string>, seen: number) =>
    saveAnswers(p, { authorityId: AUTHORITY_A, assessmentId, by, answers, seen });
  assert.deepEqual(await save(author, { decision: 'Une aide', effect: 'living' }, 0), []);
  assert.deepEqual(await save(second, { reversible: 'partly' }, 0), [], 'another question: no conflict');
  assert.deepEqual(await save(second, { effect: 'service' }, 0), [
    { question: 'effect', fault: 'meanwhile' },
  ]);
  const view = await readAssessment(p, AUTHORITY_A, assessmentId);
  assert.equal(view.answers.get('effect')?.value, 'living');
  assert.equal(view.answers.get('effect')?.by, author);
  assert.equal(view.answers.get('reversible')?.by, second);
  assert.deepEqual(await save(second, { effect: 'service' }, view.revision), [], 'having seen it, they may');
  assert.deepEqual(await save(author, { decision: 'x'.repeat(4_001), why: 'ok' }, 99), [
    { question: 'decision', fault: 'too-long' },
  ]);
  assert.equal((await readAssessment(p, AUTHORITY_A, assessmentId)).answers.has('why'), false, 'all or none');
  await assert.rejects(save(author, { nothing: 'x' }, 99), { code: 'invalid-request' });
  await assert.rejects(openAssessment(p, { ...hand(), systemId: SYSTEM, rule: RULE }), { code: 'conflict' });
  await assert.rejects(readAssessment(p, AUTHORITY_B, assessmentId), { code: 'not-found' });
  const reviewer = await makeStaff(p, AUTHORITY_A, ['reviewer']);
  await assert.rejects(save(reviewer, { effect: 'living' }, 99), { code: 'forbidden' });
  await assert.rejects(submitAssessment(p, { ...hand(), assessmentId }), { code: 'invalid-request' });
  await withdrawAssessment(p, { ...hand(), assessmentId });
  await assert.rejects(save(author, { effect: 'living' }, 99), { code: 'conflict' });
});

test('approval takes another person who holds the delegation; it is sealed and published', async () => {
  const assessmentId = await submitted(p, SYSTEM, author, 'most');
  const approve = (by: string) => approveAssessment(p, { authorityId: AUTHORITY_A, assessmentId, by });
  await assert.rejects(approve(author), { code: 'forbidden' });
  const undelegated = await makeStaff(p, AUTHORITY_A, ['supervisor']);
  await assert.rejects(approve(undelegated), { code: 'not-competent' });
  await returnAssessment(p, { authorityId: AUTHORITY_A, assessmentId, by: approver, note: 'Précisez.' });
  await assert.rejects(approve(approver), { code: 'conflict' });
  // Whoever wrote an answer is an author from then on.
  await saveAnswers(p, {
    authorityId: AUTHORITY_A,
    assessmentId,
    by: approver,
    answers: { why: 'Autre' },
    seen: 99,
  });
  await submitAssessment(p, { ...hand(), assessmentId });
  await assert.rejects(approve(approver), { code: 'not-independent' });
  assert.deepEqual(await publishedAssessments(p, AUTHORITY_A, SYSTEM), []);

  const other = await assessors(p, SYSTEM);
  assert.deepEqual(await approve(other.approver), { level: 4 });
  await assert.rejects(approve(other.approver), { code: 'conflict' });
  const [published] = await publishedAssessments(p, AUTHORITY_A, SYSTEM);
  assert.equal(published?.result.level, 4);
  const [entry] = (await listJournal(p, AUTHORITY_A)).filter((e) => e.type === 'assessment-approved');
  assert.equal(entry?.index, published?.logIndex);
  assert.equal(
    (entry?.facts.answers as Record<string, string> | undefined)?.effect,
    allAnswers('most').effect,
  );
  const system = await loadLive(p.store, AUTHORITY_A, SYSTEM);
  await assert.rejects(
    assertOneSignatureSuffices(p.store, system, p.clock.now()),
    (error: PlatformError) =>
      error.code === 'person-required' && error.details.where === 'ma.policy.two-people',
  );
});

test('from its approval on the level binds admission; decisions of the same moment fall on one side or the other', async () => {
  const id = 'essai-niveau';
  await publishLow(p, id, ['ca']);
  await changeStatus(p, { authorityId: AUTHORITY_A, systemId: id, to: 'live', by: 'stf_a' });
  const rights = await assessors(p, id);
  assert.equal((await decided(id, 0)).status, 'effective', 'level 1: a grant takes effect by itself');
  const assessmentId = await submitted(p, id, rights.author, 'most');
  assert.equal((await decided(id, 1)).status, 'effective', 'not approved yet');
  const many = Promise.all(Array.from({ length: 30 }, (_, i) => decided(id, 100 + i)));
  await approveAssessment(p, { authorityId: AUTHORITY_A, assessmentId, by: rights.approver });
  const approvedAt = (await publishedAssessments(p, AUTHORITY_A, id))[0]?.logIndex ?? 0;
  const later = await Promise.all(Array.from({ length: 5 }, (_, i) => decided(id, 200 + i)));
  assert.ok(
    later.every((one) => one.status === 'awaiting-person'),
    'level 4 of Canada: a human decides',
  );
  await many;
  const rows = await p.store.read
    .selectFrom('case_events' as never)
    .select(['log_index', 'type'] as never)
    .where('system_id' as never, '=', id as never)
    .execute();
  for (const { log_index, type } of rows as unknown as { log_index: number; type: string }[]) {
    const expected = Number(log_index) < approvedAt ? 'decision-made' : 'decision-proposed';
    assert.equal(type, expected, `entry ${log_index}, approval at ${approvedAt}`);
  }
  assert.equal((await bindingOf(p.store, { authorityId: AUTHORITY_A, systemId: id })).level, 4);
});
