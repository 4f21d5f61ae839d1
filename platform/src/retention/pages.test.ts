import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../test/make-platform.ts';
import { makeStaff, signedIn, type Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { rulesInForce } from './in-force.ts';
import { retentionPages } from './pages.tsx';

const HOME = `/fr/staff/${AUTHORITY_A}/retention`;
const RULE = `${HOME}/${SYSTEM}/access-log`;
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

let p: TestPlatform;
let officer: Visitor;
let supervisor: Visitor;
before(async () => {
  p = await makePlatform();
  const app = webApp(retentionPages(p));
  officer = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['dpo']));
  supervisor = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['supervisor']));
});
after(() => p.dispose());

test('the officer sees what holds and sets another time, with its act; a fault is told at its field', async () => {
  const before = text((await officer.get(HOME)).html);
  for (const shown of ['Qui a lu quel dossier Aucune durée fixée', 'Clés des requêtes répétées 30 jours']) {
    assert.ok(before.includes(shown), shown);
  }
  const wrong = await officer.post(RULE, { days: '30', basis: 'x', certainty: 'unsure' });
  assert.equal(wrong.status, 422);
  assert.ok(text(wrong.html).includes('nombre entier de jours dans ces limites'));
  assert.ok(wrong.html.includes('value="30"'));
  const set = await officer.post(RULE, { days: '730', basis: 'Décision n° 9/2026', certainty: 'unsure' });
  assert.deepEqual([set.status, set.location], [303, `${HOME}?set=1`]);
  const after = text((await officer.get(`${HOME}?set=1`)).html);
  assert.ok(after.includes('La durée est fixée.') && /730 jours Décision n° 9\/2026/.test(after), after);
  const rules = await rulesInForce(p.store.read, AUTHORITY_A);
  assert.equal(
    rules.find(({ rule, systemId }) => rule.id === 'access-log' && systemId === SYSTEM)?.days,
    730,
  );
  const kept = await officer.post(`${HOME}/-/access-log`, {
    days: '',
    basis: 'Décision n° 10/2026',
    certainty: 'unsure',
  });
  assert.equal(kept.status, 303);
});

test('a supervisor reads and sets nothing; what is no rule is not found', async () => {
  const { status, html } = await supervisor.get(HOME);
  assert.equal(status, 200);
  assert.ok(!html.includes(RULE));
  assert.equal((await supervisor.get(RULE)).status, 403);
  assert.equal((await officer.get(`${HOME}/${SYSTEM}/idempotency-keys`)).status, 404);
  assert.equal((await officer.get(`${HOME}/nothing/access-log`)).status, 404);
});
