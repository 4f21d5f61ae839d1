import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { makeStaff, signedIn, type Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { decide } from '../decisions/decide.ts';
import { type Access, listAccess, logAccess } from './access-log.ts';
import { accessPages } from './pages.tsx';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

const entry = (more: Partial<Access> = {}): Access => ({
  authorityId: AUTHORITY_A,
  actor: 'stf_0123456789abcdefghjkmnpq',
  action: 'case.read',
  purpose: 'desk',
  ...more,
});

describe('the log', () => {
  test('takes codes and identifiers, and nothing that could be a name or a fact', async () => {
    for (const bad of [
      { actor: 'Amina Test' },
      { actor: 'amina' },
      { action: 'Read the case' },
      { purpose: 'la famille a 3 enfants' },
      { purpose: '' },
      { purpose: 'x'.repeat(65) },
    ]) {
      await assert.rejects(logAccess(p, entry(bad)), { code: 'invalid-request' });
    }
    for (const actor of ['citizen', 'key_0123456789abcdefghjkmnpq']) await logAccess(p, entry({ actor }));
  });

  test('accesses at the same time are all kept, and durable when it answers', async () => {
    const caseId = 'case_many';
    await Promise.all(Array.from({ length: 120 }, () => logAccess(p, entry({ caseId }))));
    const again = await p.reopen();
    p = again;
    assert.equal((await listAccess(p, AUTHORITY_A, { caseId, most: 500 })).entries.length, 120);
  });

  test('pages hold every entry once, newest first, also those of one instant', async () => {
    const caseId = 'case_pages';
    for (let i = 0; i < 23; i++) {
      if (i % 5 === 0) p.clock.moveTo(p.clock.now().add({ seconds: 1 }));
      await logAccess(p, entry({ caseId, action: `step.${i}` }));
    }
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listAccess(p, AUTHORITY_A, { caseId, after, most: 4 });
      assert.ok(page.entries.length <= 4);
      seen.push(...page.entries.map((e) => `${e.at} ${e.action}`));
      after = page.next;
    } while (after !== undefined);
    assert.equal(new Set(seen).size, 23);
    const instants = seen.map((line) => line.slice(0, 24));
    assert.deepEqual(instants, instants.toSorted().reverse());
  });

  test('a cursor that was not given is refused', async () => {
    for (const after of ['', 'x', '2026-03-02T09:00:00.000Z', "2026-03-02T09:00:00.000Z~' or 1=1"]) {
      await assert.rejects(listAccess(p, AUTHORITY_A, { after }), { code: 'invalid-request' });
    }
  });

  test("never shows another authority's accesses", async () => {
    await logAccess(p, entry({ authorityId: AUTHORITY_B, caseId: 'case_other' }));
    assert.deepEqual((await listAccess(p, AUTHORITY_A, { caseId: 'case_other' })).entries, []);
    assert.equal((await listAccess(p, AUTHORITY_B)).entries.length, 1);
  });
});

describe('its page', () => {
  const PATH = `/fr/staff/${AUTHORITY_A}/access-log`;
  let auditor: Visitor;
  let caseId: string;
  let reference: string;
  before(async () => {
    const app = webApp(accessPages(p));
    auditor = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['auditor']));
    const person = clearCase('favourable');
    const answer = await decide(p, {
      caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
      systemId: SYSTEM,
      idempotencyKey: 'access-log-page',
      body: { subject: person.subject, input: inputOf(person.household), audit: person.audit },
    });
    ({ case: caseId, reference } = answer);
    for (let i = 0; i < 60; i++) await logAccess(p, entry({ caseId, action: `read.${i}` }));
  });

  test('shows fifty at a time and leads on to the rest', async () => {
    const first = await auditor.get(`${PATH}?case=${caseId}`);
    assert.equal(first.html.match(/read\.\d+/g)?.length, 50);
    const next = /href="([^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await auditor.get(next);
    assert.equal(second.html.match(/read\.\d+/g)?.length, 10);
  });

  test('finds a case by its reference, which then stands in no address', async () => {
    const answer = await auditor.post(PATH, { case: ` ${reference.toLowerCase().replace('-', ' ')} ` });
    assert.equal(answer.status, 303);
    assert.equal(answer.location, `${PATH}?case=${caseId}`);
  });

  test('an unknown case is said so, with what was typed', async () => {
    const answer = await auditor.post(PATH, { case: 'AAAAA-<b>' });
    assert.equal(answer.status, 422);
    assert.match(answer.html, /Aucun dossier de cette administration/);
    assert.match(answer.html, /value="AAAAA-&lt;b&gt;"/);
  });

  test('looking at the accesses to one case is itself an access', async () => {
    p.clock.moveTo(p.clock.now().add({ seconds: 1 }));
    await auditor.get(`${PATH}?case=${caseId}`);
    const [last] = (await listAccess(p, AUTHORITY_A, { caseId })).entries;
    assert.equal(last?.action, 'access-log.read');
    assert.equal(last?.purpose, 'audit');
  });

  test("authority B does not find A's case", async () => {
    const app = webApp(accessPages(p));
    const other = await signedIn(p, app, AUTHORITY_B, await makeStaff(p, AUTHORITY_B, ['dpo']));
    const path = `/fr/staff/${AUTHORITY_B}/access-log`;
    for (const typed of [caseId, reference]) {
      assert.equal((await other.post(path, { case: typed })).status, 422);
    }
    assert.equal((await other.get(`${path}?case=${caseId}`)).location, path);
  });
});
