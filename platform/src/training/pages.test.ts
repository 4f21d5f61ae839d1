import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Hono } from 'hono';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { makeStaff, signedIn, type Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { ROLES, type WebEnv } from '../access/index.ts';
import { accessPages } from '../access/pages.tsx';
import { listCertificates } from './certificates.ts';
import { listDelegations } from './delegations.ts';
import { trainingPages } from './pages.tsx';

const PEOPLE = `/fr/staff/${AUTHORITY_A}/people`;
const OWN = `/fr/staff/${AUTHORITY_A}/me`;

let p: TestPlatform;
let app: Hono<WebEnv>;
let supervisor: Visitor;
let supervisorId: string;
let reviewerId: string;
before(async () => {
  p = await makePlatform();
  app = webApp(accessPages(p), trainingPages(p));
  supervisorId = await makeStaff(p, AUTHORITY_A, ['supervisor'], 'Salma Chef-Test');
  supervisor = await signedIn(p, app, AUTHORITY_A, supervisorId);
  reviewerId = await makeStaff(p, AUTHORITY_A, ['reviewer', 'auditor'], 'Rachid <b>Test</b>');
});
after(() => p.dispose());

const person = (staffId = reviewerId) => `${PEOPLE}/${staffId}`;
const dated = (name: 'from' | 'to', date: string) => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day };
};
const certificateFields = (from: string, to: string) => ({
  ...dated('from', from),
  ...dated('to', to),
});
const delegationFields = (more: Record<string, string> = {}) => ({
  act: 'decide-review',
  scope: SYSTEM,
  instrument: 'Décision n° 7/2026',
  ...dated('from', '2026-03-02'),
  ...dated('to', '2026-12-31'),
  ...more,
});

test('only supervision opens the people, everybody opens their own page', async () => {
  for (const role of ROLES) {
    const visitor = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, [role]));
    assert.equal((await visitor.get(PEOPLE)).status, role === 'supervisor' ? 200 : 403, role);
    assert.equal((await visitor.get(person())).status, role === 'supervisor' ? 200 : 403, role);
    assert.equal((await visitor.get(OWN)).status, 200, role);
  }
});

test("a supervisor of B finds none of A's people", async () => {
  const other = await signedIn(p, app, AUTHORITY_B, await makeStaff(p, AUTHORITY_B, ['supervisor']));
  assert.equal((await other.get(PEOPLE)).status, 404);
  assert.equal((await other.get(`/fr/staff/${AUTHORITY_B}/people/${reviewerId}`)).status, 404);
  const csrf = await other.token(`/fr/staff/${AUTHORITY_B}/people`);
  const fields = { csrf, ...certificateFields('2026-03-02', '2026-12-31') };
  for (const authority of [AUTHORITY_A, AUTHORITY_B]) {
    const answer = await other.send(`/fr/staff/${authority}/people/${reviewerId}/certificates`, fields);
    assert.equal(answer.status, 404);
  }
  assert.deepEqual(await listCertificates(p, AUTHORITY_A, { staffId: reviewerId }), []);
});

test('the list shows names, escaped, with roles and certificates', async () => {
  const { html } = await supervisor.get(PEOPLE);
  assert.match(html, /Rachid &lt;b&gt;Test&lt;\/b&gt;/);
  assert.match(html, /Réexamen, Audit/);
});

describe('the certificate form', () => {
  test('records, then shows the person again', async () => {
    const fields = certificateFields('2026-03-02', '2026-12-31');
    const answer = await supervisor.post(`${person()}/certificates`, fields);
    assert.equal(answer.status, 303);
    assert.equal(answer.location, person());
    const [held] = await listCertificates(p, AUTHORITY_A, { staffId: reviewerId });
    assert.deepEqual([held?.from, held?.to, held?.grantedBy], ['2026-03-02', '2026-12-31', supervisorId]);
    assert.match((await supervisor.get(PEOPLE)).html, /valable jusqu’au 31 déc\. 2026/);
  });

  test('that is wrong comes back with what was typed and the fault beside its field', async () => {
    const fields = certificateFields('2026-03-02', '2031-01-31');
    const answer = await supervisor.post(`${person()}/certificates`, fields);
    assert.equal(answer.status, 422);
    assert.match(answer.html, /href="#field-to"/);
    assert.match(answer.html, /deux ans au plus/);
    assert.match(answer.html, /value="2031"/);
    const impossible = certificateFields('2026-02-30', '2026-12-31');
    const second = await supervisor.post(`${person()}/certificates`, impossible);
    assert.match(second.html, /href="#field-from"/);
    assert.equal(
      (await supervisor.get(`${person()}/certificates`)).status,
      200,
      'the language switch still works',
    );
  });

  test('withdraws a certificate', async () => {
    const [held] = await listCertificates(p, AUTHORITY_A, { staffId: reviewerId });
    const id = held?.certificateId ?? '';
    const answer = await supervisor.post(`${person()}/certificates/withdraw`, { id }, person());
    assert.equal(answer.status, 303);
    assert.match((await supervisor.get(person())).html, /retiré/);
    assert.equal((await supervisor.post(`${person()}/certificates/withdraw`, { id }, person())).status, 409);
  });
});

describe('the delegation form', () => {
  test('records and withdraws', async () => {
    const answer = await supervisor.post(`${person()}/delegations`, delegationFields());
    assert.equal(answer.status, 303);
    const [held] = await listDelegations(p, AUTHORITY_A, { staffId: reviewerId });
    assert.deepEqual(
      [held?.act, held?.scope, held?.instrument],
      ['decide-review', SYSTEM, 'Décision n° 7/2026'],
    );
    const id = held?.delegationId ?? '';
    assert.equal((await supervisor.post(`${person()}/delegations/withdraw`, { id }, person())).status, 303);
    assert.equal((await listDelegations(p, AUTHORITY_A, { staffId: reviewerId }))[0]?.standing, 'revoked');
  });

  for (const [field, more] of [
    ['act', { act: '' }],
    ['scope', { scope: 'a-system-of-nobody' }],
    ['instrument', { instrument: '' }],
    ['to', dated('to', '2025-01-01')],
    ['from', dated('from', '2026-13-01')],
  ] as const) {
    test(`names a wrong ${field} and keeps the rest`, async () => {
      const before = (await listDelegations(p, AUTHORITY_A)).length;
      const answer = await supervisor.post(`${person()}/delegations`, delegationFields(more));
      assert.equal(answer.status, 422);
      assert.match(answer.html, new RegExp(`href="#field-${field}"`));
      assert.match(answer.html, field === 'instrument' ? /value="2026"/ : /value="Décision n° 7\/2026"/);
      assert.equal((await listDelegations(p, AUTHORITY_A)).length, before);
    });
  }

  test('without its token changes nothing', async () => {
    const answer = await supervisor.send(`${person()}/delegations`, delegationFields());
    assert.equal(answer.status, 403);
  });
});

test('nobody finds a form for themselves, and sending one anyway is refused', async () => {
  const { html } = await supervisor.get(person(supervisorId));
  assert.match(html, /enregistrés par une autre personne/);
  assert.doesNotMatch(html, /\/(?:certificates|delegations)/);
  const csrf = await supervisor.token(PEOPLE);
  const own = await supervisor.send(`${person(supervisorId)}/delegations`, { csrf, ...delegationFields() });
  assert.equal(own.status, 403);
  assert.equal(own.html, 'not-independent');
});

test('the own page says what is missing, then what is held, then that it ends soon', async () => {
  const staffId = await makeStaff(p, AUTHORITY_A, ['reviewer']);
  const visitor = await signedIn(p, app, AUTHORITY_A, staffId);
  assert.match((await visitor.get(OWN)).html, /Vous n’avez pas de certificat valable/);
  const fields = certificateFields('2026-03-02', '2026-12-31');
  await supervisor.post(`${person(staffId)}/certificates`, fields);
  assert.match((await visitor.get(OWN)).html, /valable jusqu’au 31 décembre 2026/);
  p.clock.moveTo(Temporal.Instant.from('2026-11-15T10:00:00Z'));
  const later = await signedIn(p, app, AUTHORITY_A, staffId);
  assert.match((await later.get(OWN)).html, /expire le 31 décembre 2026/);
  p.clock.moveTo(Temporal.Instant.from('2027-01-02T10:00:00Z'));
  const last = await signedIn(p, app, AUTHORITY_A, staffId);
  assert.match((await last.get(OWN)).html, /Vous n’avez pas de certificat valable/);
});
