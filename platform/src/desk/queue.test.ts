import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { REASONS, signingReviewer } from '../../test/opened-file.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { decide } from '../decisions/decide.ts';
import { publishVersion } from '../register/publish.ts';
import { changeStatus } from '../register/status.ts';
import { grantDelegation } from '../training/index.ts';
import { overrideProposal } from './decide-proposal.ts';
import { queueFigures, SORTS, type WaitingProposal, waitingIn, waitingProposals } from './queue.ts';
import { readQuery, toSearch } from './queue-query.ts';

const OTHER = 'autre-aide';
let p: TestPlatform;
let reviewer: string;
before(async () => {
  p = await makePlatform();
  reviewer = await signingReviewer(p);
  const bytes = modelFile({ version: 1, fault: false });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await publishVersion(p, AUTHORITY_A, OTHER, RECORD, { bytes, sha256 });
  await changeStatus(p, { authorityId: AUTHORITY_A, systemId: OTHER, to: 'live', by: 'stf_test' });
  await grantDelegation(p, {
    authorityId: AUTHORITY_A,
    staffId: reviewer,
    act: 'confirm-adverse',
    scope: OTHER,
    from: '2026-03-01',
    to: '2027-02-01',
    instrument: 'Décision 13',
  });
  for (let i = 0; i < 14; i++) {
    await propose(i % 3 === 0 ? OTHER : SYSTEM);
    if (i % 2 === 0) p.clock.moveTo(p.clock.now().add({ hours: 30 }));
  }
});
after(() => p.dispose());

let made = 0;
async function propose(systemId: string): Promise<string> {
  const { subject, household } = clearCase('adverse');
  const answer = await decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId,
    idempotencyKey: `queue-test-${made++}`,
    body: { subject: `${subject}-${made}`, input: inputOf(household) },
  });
  return answer.decision;
}
const override = (decisionId: string) =>
  overrideProposal(p, {
    authorityId: AUTHORITY_A,
    decisionId,
    staffId: reviewer,
    reasons: { lang: 'fr', text: `${REASONS.fr} (${made++})` },
  });

const everything = async () => (await waitingProposals(p, AUTHORITY_A, { most: 1_000 })).proposals;
const keyOf = {
  since: (row: WaitingProposal) => `${row.since} ${row.decisionId}`,
  system: (row: WaitingProposal) => `${row.systemId} ${row.since} ${row.decisionId}`,
  reference: (row: WaitingProposal) => row.reference,
};

test('pages in any order, of any size, forwards and back, hold every proposal once', async () => {
  const all = await everything();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SORTS),
      fc.constantFrom('ascending', 'descending'),
      fc.integer({ min: 1, max: 16 }),
      fc.constantFrom(undefined, SYSTEM, OTHER),
      fc.constantFrom(undefined, 2, 7),
      async (sort, direction, most, systemId, days) => {
        const latest = p.clock.now().subtract({ hours: 24 * (days ?? 0) }).epochMilliseconds;
        const expected = all
          .filter((row) => systemId === undefined || row.systemId === systemId)
          .filter((row) => Temporal.Instant.from(row.since).epochMilliseconds <= latest)
          .toSorted((a, b) => (keyOf[sort](a) < keyOf[sort](b) ? -1 : 1));
        if (direction === 'descending') expected.reverse();
        const ask = { sort, direction, most, systemId, days } as const;
        const forwards: WaitingProposal[] = [];
        let page = await waitingProposals(p, AUTHORITY_A, ask);
        assert.equal(page.previous, undefined);
        forwards.push(...page.proposals);
        while (page.next !== undefined) {
          page = await waitingProposals(p, AUTHORITY_A, { ...ask, after: page.next });
          forwards.push(...page.proposals);
        }
        assert.deepEqual(forwards, expected);
        const backwards = [...page.proposals];
        while (page.previous !== undefined) {
          page = await waitingProposals(p, AUTHORITY_A, { ...ask, before: page.previous });
          backwards.unshift(...page.proposals);
        }
        assert.deepEqual(backwards, expected);
        const figures = await queueFigures(p, AUTHORITY_A, { systemId, days });
        assert.equal(figures.count, expected.length);
      },
    ),
    { numRuns: 60, seed: 11 },
  );
});

test('a cursor stays good when its proposal is decided, and nothing is skipped', async () => {
  const all = await everything();
  const first = await waitingProposals(p, AUTHORITY_A, { most: 4 });
  const [gone, cursor] = [first.proposals[1], first.next];
  assert.ok(gone && cursor);
  await override(gone.decisionId);
  await override(cursor);
  const second = await waitingProposals(p, AUTHORITY_A, { most: 4, after: cursor });
  assert.deepEqual(second.proposals, all.slice(4, 8));
});

test("another authority's queue is empty, and its cursors are unknown there", async () => {
  const [row] = await everything();
  assert.deepEqual(await waitingProposals(p, AUTHORITY_B), {
    proposals: [],
    previous: undefined,
    next: undefined,
  });
  assert.deepEqual(await queueFigures(p, AUTHORITY_B), { count: 0, oldest: undefined });
  const foreign = waitingProposals(p, AUTHORITY_B, { after: row?.decisionId });
  await assert.rejects(foreign, { code: 'invalid-request' });
});

test('what waits in some systems is counted, the oldest first', async () => {
  const all = await everything();
  const others = all.filter((row) => row.systemId === OTHER);
  assert.deepEqual(await waitingIn(p, AUTHORITY_A, [OTHER]), { left: others.length, next: others[0] });
  assert.deepEqual(await waitingIn(p, AUTHORITY_A, [OTHER, SYSTEM]), { left: all.length, next: all[0] });
  assert.deepEqual(await waitingIn(p, AUTHORITY_A, []), { left: 0, next: undefined });
});

test('an address says the queue and is read back; what it does not know is left out', () => {
  const cursor = fc.option(fc.stringMatching(/^dec_[0-9a-z]{24}$/), { nil: undefined });
  fc.assert(
    fc.property(
      fc.constantFrom(...SORTS),
      fc.constantFrom('ascending', 'descending'),
      fc.constantFrom(undefined, SYSTEM),
      fc.constantFrom(undefined, 2, 30),
      cursor,
      (sort, direction, system, days, after) => {
        const query = { sort, direction, system, days, after, before: undefined } as const;
        const search = new URLSearchParams(toSearch(query));
        assert.deepEqual(readQuery(Object.fromEntries(search)), query);
      },
    ),
  );
  const strange = {
    sort: 'name',
    direction: 'up',
    system: "x' or 1=1",
    days: '-1',
    after: 'dec_1',
    before: '',
  };
  assert.equal(toSearch(readQuery(strange)), '');
});
