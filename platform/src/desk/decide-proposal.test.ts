import assert from 'node:assert/strict';
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
import { createStaff } from '../access/index.ts';
import { readAnswer } from '../decisions/answer.ts';
import { decide } from '../decisions/decide.ts';
import { readDecision } from '../decisions/view.ts';
import { changeStatus } from '../register/status.ts';
import { grantCertificate, grantDelegation, revokeDelegation } from '../training/index.ts';
import { confirmProposal, overrideProposal } from './decide-proposal.ts';
import { openAtDesk } from './openings.ts';
import { checkReasons } from './reasons.ts';

let p: TestPlatform;
let reviewer: string;
let untrained: string;
let supervisor: string;
const FR = {
  lang: 'fr',
  text: "Vu l'article 7 du règlement : le score dépasse le seuil. Revenus déclarés du ménage : 20 000 dirhams par mois.",
} as const;

before(async () => {
  p = await makePlatform();
  const make = (subject: string, role: 'reviewer' | 'supervisor') =>
    createStaff(p, {
      authorityId: AUTHORITY_A,
      subject,
      name: `Prénom ${subject}`,
      roles: [role],
      password: 'a-long-password',
    });
  ({ staffId: reviewer } = await make('r1', 'reviewer'));
  ({ staffId: untrained } = await make('r2', 'reviewer'));
  ({ staffId: supervisor } = await make('s1', 'supervisor'));
  await grantCertificate(p, { authorityId: AUTHORITY_A, staffId: reviewer, to: '2027-03-01' });
  await delegate(reviewer);
});
after(() => p.dispose());

const delegate = (staffId: string) =>
  grantDelegation(p, {
    authorityId: AUTHORITY_A,
    staffId,
    act: 'confirm-adverse',
    scope: SYSTEM,
    from: '2026-03-01',
    to: '2027-03-01',
    instrument: 'Décision 12',
  });

let n = 0;
async function proposal(): Promise<string> {
  const person = clearCase('adverse');
  const answer = await decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: `desk-test-${n++}`,
    body: { subject: person.subject, input: inputOf(person.household) },
  });
  assert.equal(answer.status, 'awaiting-person');
  return answer.decision;
}
const by = (staffId: string, decisionId: string, text: string = `${FR.text} Dossier ${n}.`) => ({
  authorityId: AUTHORITY_A,
  decisionId,
  staffId,
  reasons: { ...FR, text },
});
const waits = async (id: string) =>
  assert.equal((await readAnswer(p, AUTHORITY_A, id)).status, 'awaiting-person');

test('a confirmed refusal is in force, reasoned, signed and timed', async () => {
  const id = await proposal();
  await openAtDesk(p, { authorityId: AUTHORITY_A, decisionId: id, staffId: reviewer });
  p.clock.moveTo(p.clock.now().add({ seconds: 240 }));
  await confirmProposal(p, by(reviewer, id));
  const answer = await readAnswer(p, AUTHORITY_A, id);
  assert.equal(answer.status, 'effective');
  assert.equal(answer.outcome?.effect, 'adverse');
  assert.equal(answer.outcome?.decided_by, 'person');
  const { settled } = await readDecision(p, AUTHORITY_A, id);
  assert.equal(settled?.facts.seconds, 240);
  const reasons = settled?.facts.reasons as { articles: string[]; facts: string[] };
  assert.deepEqual(reasons.articles, ['spec_threshold']);
  assert.deepEqual(reasons.facts, ['earnings']);
  const signer = settled?.facts.decided_by as { name: string; delegation: { instrument: string } };
  assert.equal(signer.name, 'Prénom r1');
  assert.equal(signer.delegation.instrument, 'Décision 12');
});

test('an override is favourable, in force, and says that it disagreed', async () => {
  const id = await proposal();
  await overrideProposal(p, by(reviewer, id));
  const { row, effect, settled } = await readDecision(p, AUTHORITY_A, id);
  assert.deepEqual([row.status, effect, row.overridden], ['effective', 'favourable', 1]);
  assert.equal(settled?.facts.agreed_with_proposal, false);
});

test('without certificate or delegation there is only a proposal', async () => {
  const id = await proposal();
  await assert.rejects(confirmProposal(p, by(untrained, id)), { code: 'not-certified' });
  await assert.rejects(confirmProposal(p, by(supervisor, id)), { code: 'forbidden' });
  await grantCertificate(p, { authorityId: AUTHORITY_A, staffId: untrained, to: '2027-03-01' });
  await assert.rejects(confirmProposal(p, by(untrained, id)), { code: 'not-competent' });
  await waits(id);
});

test("another authority's proposal does not exist", async () => {
  const id = await proposal();
  await assert.rejects(confirmProposal(p, { ...by(reviewer, id), authorityId: AUTHORITY_B }), {
    code: 'not-found',
  });
  await waits(id);
});

test('a text without an article, or without a fact of this file, is refused and named', async () => {
  const id = await proposal();
  const faults = async (text: string) => {
    const error = await confirmProposal(p, by(reviewer, id, text)).then(
      () => assert.fail('accepted'),
      (e) => e,
    );
    assert.equal(error.code, 'reasons-insufficient');
    return error.details.faults.map((f: { where: string }) => f.where);
  };
  assert.deepEqual(await faults('Revenus déclarés du ménage : 20 000 dirhams, ce qui dépasse la limite.'), [
    'law',
  ]);
  assert.deepEqual(await faults("Vu l'article 7 du règlement, le ménage ne remplit pas les conditions."), [
    'fact',
  ]);
  assert.deepEqual(await faults("Vu l'article 7 : Revenus déclarés du ménage : 19 999 dirhams par mois."), [
    'fact',
  ]);
  assert.deepEqual(await faults("Vu l'article 71 : Revenus déclarés du ménage : 20 000 dirhams par mois."), [
    'law',
  ]);
  await waits(id);
});

test('Arabic reasons count with their spelling variants and digits', async () => {
  const { system, facts } = await readDecision(p, AUTHORITY_A, await proposal());
  const found = checkReasons(system.record, facts, {
    lang: 'ar',
    text: 'بناء على المادة ٧ من النظام، فان الدخل المصرّح به للاسره هو ٢٠٠٠٠ درهم في الشهر ويتجاوز العتبة.',
  });
  assert.deepEqual([found.articles, found.facts], [['spec_threshold'], ['earnings']]);
});

test('the same words in more cases than the record allows are refused', async () => {
  const text = `${FR.text} Texte recopié.`;
  for (let i = 0; i < 5; i++) await confirmProposal(p, by(reviewer, await proposal(), text));
  const id = await proposal();
  await assert.rejects(confirmProposal(p, by(reviewer, id, `  ${text.toUpperCase()} `)), {
    code: 'reasons-insufficient',
  });
  await waits(id);
});

test('a suspended system lets nothing take effect until two people re-armed it', async () => {
  const id = await proposal();
  const status = (to: 'suspended' | 'live', by: string) =>
    changeStatus(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, to, reason: { fr: 'essai' }, by });
  await status('suspended', 'stf_a');
  await assert.rejects(confirmProposal(p, by(reviewer, id)), { code: 'suspended' });
  assert.equal(await status('live', 'stf_a'), 'awaiting-second');
  await assert.rejects(confirmProposal(p, by(reviewer, id)), { code: 'suspended' });
  assert.equal(await status('live', 'stf_b'), 'done');
  await confirmProposal(p, by(reviewer, id));
});

test('whatever happens at the same time, one person decides once, under a delegation that holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(['confirm', 'override', 'confirm-again', 'revoke', 'suspend'] as const, {
        minLength: 2,
      }),
      async (moves) => {
        const id = await proposal();
        const { delegationId } = await delegate(reviewer);
        const run = {
          confirm: () => confirmProposal(p, by(reviewer, id)),
          override: () => overrideProposal(p, by(reviewer, id)),
          'confirm-again': () => confirmProposal(p, by(reviewer, id)),
          revoke: () => revokeDelegation(p, { authorityId: AUTHORITY_A, delegationId, by: supervisor }),
          suspend: () =>
            changeStatus(p, {
              authorityId: AUTHORITY_A,
              systemId: SYSTEM,
              to: 'suspended',
              reason: { fr: 'essai' },
              by: 'stf_a',
            }),
        };
        const results = await Promise.allSettled(moves.map((move) => run[move]()));
        const decided = moves.filter(
          (m, i) => results[i]?.status === 'fulfilled' && /confirm|override/.test(m),
        );
        const { row, life, effect } = await readDecision(p, AUTHORITY_A, id);
        const settlements = life.filter(
          (e) => e.type === 'proposal-confirmed' || e.type === 'proposal-overridden',
        );
        assert.ok(decided.length <= 1);
        assert.equal(settlements.length, decided.length);
        assert.equal(row.status, decided.length === 1 ? 'effective' : 'awaiting-person');
        if (row.status === 'effective' && effect === 'adverse') {
          const signed = settlements[0]?.facts.decided_by as {
            staff: string;
            delegation: { delegationId: string };
          };
          assert.equal(signed.staff, reviewer);
        }
        if (moves.includes('suspend')) {
          for (const by of ['stf_a', 'stf_b']) {
            await changeStatus(p, {
              authorityId: AUTHORITY_A,
              systemId: SYSTEM,
              to: 'live',
              reason: { fr: 'essai' },
              by,
            });
          }
        }
      },
    ),
    { numRuns: 25, seed: 3 },
  );
});
