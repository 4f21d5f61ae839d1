import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  AUTHORITY_A,
  clearCase,
  inputOf,
  makePlatform,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { proposalFor, reasonsText, staffMember, type TestStaff, viewOf } from '../../test/reviewing.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { changeRoles, endStaff } from '../access/index.ts';
import { decide } from '../decisions/decide.ts';
import { publishVersion } from '../register/publish.ts';
import { changeStatus } from '../register/status.ts';
import { involvementOf } from '../reviews/involvement.ts';
import { listCertificates, revokeCertificate } from '../training/index.ts';
import { confirmProposal, overrideProposal, prepareProposal } from './decide-proposal.ts';

let p: TestPlatform;
let supervisor: TestStaff;
before(async () => {
  p = await makePlatform();
  supervisor = await staffMember(p, 'supervisor', ['supervisor'], { password: null });
});
after(() => p.dispose());

let people = 0;
const reviewer = () => staffMember(p, `reviewer-${people++}`, ['reviewer'], { password: null });
const signed = (by: TestStaff, decisionId: string, text = reasonsText()) => ({
  authorityId: AUTHORITY_A,
  decisionId,
  staffId: by.staffId,
  reasons: { lang: 'fr' as const, text },
});
const waits = async (id: string) => assert.equal((await viewOf(p, id)).row.status, 'awaiting-person');

test('who left, lost the role or the certificate in the same moment does not sign', async () => {
  const ends = [
    (by: TestStaff) =>
      changeRoles(p, { authorityId: AUTHORITY_A, ...by, roles: ['auditor'], by: supervisor.staffId }),
    (by: TestStaff) => endStaff(p, { authorityId: AUTHORITY_A, staffId: by.staffId, by: supervisor.staffId }),
    async (by: TestStaff) => {
      const [held] = await listCertificates(p, AUTHORITY_A, { staffId: by.staffId });
      const certificateId = held?.certificateId ?? '';
      await revokeCertificate(p, { authorityId: AUTHORITY_A, certificateId, by: supervisor.staffId });
    },
  ];
  for (const end of ends) {
    const by = await reviewer();
    const { decisionId } = await proposalFor(p);
    const [ended, confirmed] = await Promise.allSettled([
      end(by),
      prepareProposal(p, signed(by, decisionId)).then(() => confirmProposal(p, signed(by, decisionId))),
    ]);
    assert.equal(ended.status, 'fulfilled');
    assert.equal(confirmed.status, 'rejected');
    await waits(decisionId);
  }
});

test('checking before signing signs nothing, and says the same as signing', async () => {
  const by = await reviewer();
  const { decisionId } = await proposalFor(p);
  const { reasons, delegation, effect } = await prepareProposal(p, signed(by, decisionId));
  assert.deepEqual([reasons.articles, reasons.facts, effect], [['spec_threshold'], ['rooms'], 'adverse']);
  assert.equal(delegation.act, 'confirm-adverse');
  await waits(decisionId);
  await assert.rejects(prepareProposal(p, signed(by, decisionId, 'Refusé.')), {
    code: 'reasons-insufficient',
  });
  await confirmProposal(p, signed(by, decisionId));
  await assert.rejects(prepareProposal(p, signed(by, decisionId)), { code: 'conflict' });
});

test('copies are counted within one commit too', async () => {
  const by = await reviewer();
  const found = await Promise.all(Array.from({ length: 8 }, () => proposalFor(p)));
  const text = reasonsText('le même texte partout');
  const results = await Promise.allSettled(
    found.map(({ decisionId }) => confirmProposal(p, signed(by, decisionId, text))),
  );
  assert.equal(results.filter((r) => r.status === 'fulfilled').length, 5);
});

async function proposalForTwo(systemId: string): Promise<string> {
  const bytes = modelFile({ version: 1, fault: false });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await publishVersion(p, AUTHORITY_A, systemId, { ...RECORD, impactLevel: 4 }, { bytes, sha256 });
  await changeStatus(p, { authorityId: AUTHORITY_A, systemId, to: 'live', by: 'stf_test' });
  const { decision } = await decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId,
    idempotencyKey: `${systemId}-1`,
    body: { subject: 'n4', input: inputOf(clearCase('adverse').household) },
  });
  return decision;
}

test('where two people must sign, one alone lets nothing adverse take effect, whoever and however often', async () => {
  const decision = await proposalForTwo('niveau-quatre');
  const [first, second] = [await reviewer(), await reviewer()];
  const { type } = await confirmProposal(p, signed(first, decision)).then(async () => {
    const view = await viewOf(p, decision);
    return view.life.at(-1) as { type: string };
  });
  assert.equal(type, 'proposal-signed-first');
  await waits(decision);
  await assert.rejects(confirmProposal(p, signed(first, decision, reasonsText('encore'))), {
    code: 'not-independent',
  });
  await waits(decision);
  await confirmProposal(p, signed(second, decision, reasonsText('vu par moi')));
  const view = await viewOf(p, decision);
  assert.deepEqual([view.row.status, view.effect], ['effective', 'adverse']);
  assert.ok(
    involvementOf(view.life, first.staffId) !== undefined,
    'who signed first took part in the decision',
  );
});

test('two first signatures at the same moment are one, and never two people of one', async () => {
  const decision = await proposalForTwo('niveau-quatre-b');
  const by = await reviewer();
  const both = await Promise.allSettled([
    confirmProposal(p, signed(by, decision)),
    confirmProposal(p, signed(by, decision, reasonsText('deux fois'))),
  ]);
  assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1);
  const refused = both.find((one) => one.status === 'rejected');
  assert.equal(
    refused?.reason.code,
    'conflict',
    'refused as such, and nobody else in the same commit with it',
  );
  await waits(decision);
});

test('after a first signature somebody may still decide in the person’s favour, alone', async () => {
  const decision = await proposalForTwo('niveau-quatre-c');
  const [first, second] = [await reviewer(), await reviewer()];
  await confirmProposal(p, signed(first, decision));
  await overrideProposal(p, signed(second, decision));
  assert.equal((await viewOf(p, decision)).effect, 'favourable');
  const again = await proposalForTwo('niveau-quatre-d');
  await confirmProposal(p, signed(first, again));
  await overrideProposal(p, signed(first, again, reasonsText('à la réflexion')));
  assert.equal((await viewOf(p, again)).effect, 'favourable', 'who signed first may think again');
});
