import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { newCase, openedBy, refusedCase, signingReviewer } from '../../test/opened-file.ts';
import { makeStaff } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { citizenPages } from '../citizen/index.ts';
import { readDecision } from '../decisions/view.ts';
import { confirmProposal } from '../desk/decide-proposal.ts';
import type { PlatformError } from '../errors.ts';
import { caseReceipts, verifyReceiptText } from '../notices/index.ts';
import { askOpening, carryOutOpening } from './court.ts';
import { approveWithholding, askWithholding, endWithholding, listWithholdings } from './orders.ts';
import { GOOD, NOT_ENOUGH } from './terms.cases.ts';

let p: TestPlatform;
let reviewer: string;
let registrar: string;
let supervisor: string;
let second: string;
before(async () => {
  p = await makePlatform();
  reviewer = await signingReviewer(p);
  registrar = await makeStaff(p, AUTHORITY_A, ['registrar'], 'Rita');
  supervisor = await makeStaff(p, AUTHORITY_A, ['supervisor'], 'Samir');
  second = await makeStaff(p, AUTHORITY_A, ['dpo'], 'Dina');
});
after(() => p.dispose());

const ask = (terms: unknown = GOOD, by = registrar) =>
  askWithholding(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, terms, by });
const act = (withholdingId: string, by: string) => ({ authorityId: AUTHORITY_A, withholdingId, by });

/** A refusal made now: its case, decision, and pages as its person sees them. */
async function refusal() {
  const { case: caseId, decision } = await refusedCase(p, reviewer);
  const visitor = await openedBy(p, webApp(citizenPages(p)), caseId);
  const page = async (name: string) =>
    (await visitor.get(`/fr/case/${name}`)).html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  return { caseId, decision, page };
}

const openedNames = async (caseId: string) => {
  const bundle = await caseReceipts(p, AUTHORITY_A, caseId);
  assert.equal((await verifyReceiptText(p, bundle)).kind, 'valid');
  return bundle;
};

for (const [what, terms, where] of NOT_ENOUGH) {
  test(`a reason is not withheld with ${what}`, async () => {
    await assert.rejects(ask(terms), (error: { code: string; details: { faults: { where: string }[] } }) => {
      assert.equal(error.code, 'invalid-request');
      assert.ok(
        error.details.faults.some((fault) => fault.where.startsWith(where)),
        JSON.stringify(error.details.faults),
      );
      return true;
    });
  });
}

test('asking withholds nothing; who asked does not approve; who may not cannot', async () => {
  const { withholdingId } = await ask(GOOD, supervisor);
  await assert.rejects(approveWithholding(p, act(withholdingId, supervisor)), { code: 'not-independent' });
  await assert.rejects(approveWithholding(p, act(withholdingId, registrar)), { code: 'forbidden' });
  await assert.rejects(ask(GOOD, reviewer), { code: 'forbidden' });
  await assert.rejects(
    approveWithholding(p, { ...act(withholdingId, supervisor), authorityId: AUTHORITY_B }),
    { code: 'not-found' },
  );
  const { page } = await refusal();
  assert.ok((await page('reasons')).includes('La voiture'));
  await endWithholding(p, act(withholdingId, await makeStaff(p, AUTHORITY_A, ['supervisor'], 'Other')));
});

test('a withheld reason: that it is, under what, how to contest, its weight, and nothing else, in page and receipt', async () => {
  const before = await refusal();
  const { withholdingId } = await ask();
  await approveWithholding(p, act(withholdingId, supervisor));
  await assert.rejects(approveWithholding(p, act(withholdingId, supervisor)), { code: 'conflict' });

  const told = await before.page('reasons');
  assert.ok(told.includes('La voiture') && !told.includes('non communiqu'), 'what was told stays told');

  const { caseId, decision, page } = await refusal();
  const view = await readDecision(p, AUTHORITY_A, decision);
  assert.deepEqual(view.withheld?.reasons, ['vehicle']);
  assert.equal(view.facts.vehicle, true, 'who decides sees everything');
  for (const name of ['decision', 'reasons', 'facts', 'letter']) {
    const text = await page(name);
    assert.match(text, /Une partie des motifs ne vous est pas communiquée/, name);
    assert.match(text, /Règlement spécimen \(texte inventé\) ?, article 9/, name);
    assert.match(text, /demandez un réexamen .*juge compétent/, name);
    assert.ok(!text.includes('La voiture') && !text.includes('Voiture immatriculée'), name);
  }
  assert.ok((await page('reasons')).includes('Motif non communiqué'));
  const receipt = await openedNames(caseId);
  assert.ok(!receipt.includes('vehicle":') && receipt.includes('"disclosed"'));

  const later = Temporal.Instant.from('2026-07-01T09:00:00Z');
  const expired = { ...p, clock: { now: () => later, virtual: true } };
  assert.equal(
    (await readDecision(expired, AUTHORITY_A, decision)).withheld,
    undefined,
    'its end discloses it',
  );
  const whole = await caseReceipts(expired, AUTHORITY_A, caseId);
  assert.ok(whole.includes('"vehicle":true'));

  await endWithholding(p, act(withholdingId, supervisor));
  assert.ok((await page('reasons')).includes('La voiture'), 'ended early, it is disclosed at once');
  assert.equal((await listWithholdings(p, AUTHORITY_A)).filter((row) => row.ended_at === null).length, 0);
});

test('a text that names a withheld fact is refused to the reviewer', async () => {
  const { withholdingId } = await ask({ ...GOOD, reasons: ['dwelling'], inputs: ['dwelling'] });
  await approveWithholding(p, act(withholdingId, supervisor));
  const { decision } = await newCase(p, 'adverse');
  const confirm = (text: string) =>
    confirmProposal(p, {
      authorityId: AUTHORITY_A,
      decisionId: decision,
      staffId: reviewer,
      reasons: { lang: 'fr', text },
    });
  const base = "Vu l'article 7 du règlement. Revenus déclarés du ménage : 20 000 dirhams par mois.";
  await assert.rejects(confirm(`${base} Type de logement : villa.`), (error: PlatformError) => {
    assert.deepEqual(error.details.faults, [{ where: 'withheld', what: 'names dwelling' }]);
    return error.code === 'reasons-insufficient';
  });
  await confirm(`${base} Ces faits sont au dossier.`);
  await endWithholding(p, act(withholdingId, supervisor));
});

test('a court order opens the whole, by two people, recorded in the life of the case', async () => {
  const { withholdingId } = await ask();
  await approveWithholding(p, act(withholdingId, supervisor));
  const { caseId, decision, page } = await refusal();
  const order = { court: 'Tribunal spécimen', number: '12/2026', date: '2026-03-01' };
  const asked = { authorityId: AUTHORITY_A, decisionId: decision };
  await assert.rejects(askOpening(p, { ...asked, order: { court: 'x' }, by: supervisor }), {
    code: 'invalid-request',
  });
  await assert.rejects(askOpening(p, { ...asked, order, by: reviewer }), { code: 'forbidden' });
  const { openingId } = await askOpening(p, { ...asked, order, by: supervisor });
  const opening = { authorityId: AUTHORITY_A, openingId };
  await assert.rejects(carryOutOpening(p, { ...opening, by: supervisor }), { code: 'not-independent' });
  const bundle = await carryOutOpening(p, { ...opening, by: second });
  assert.equal((await verifyReceiptText(p, bundle)).kind, 'valid');
  assert.ok(bundle.includes('"vehicle":true'));
  await assert.rejects(carryOutOpening(p, { ...opening, by: second }), { code: 'conflict' });
  assert.ok((await page('life')).includes('ouverts pour un juge'));
  assert.ok(!(await page('reasons')).includes('La voiture'), 'the person is still not told');
  assert.ok(!(await openedNames(caseId)).includes('"vehicle":true'));
  const told = await refusedCase(p, reviewer);
  await endWithholding(p, act(withholdingId, supervisor));
  await assert.rejects(askOpening(p, { ...asked, decisionId: told.decision, order, by: supervisor }), {
    code: 'conflict',
  });
});
