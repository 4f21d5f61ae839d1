import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../../test/make-platform.ts';
import { makeStaff, signedIn, type Visitor } from '../../../test/visitor.ts';
import { decideMany } from '../../../test/watching.ts';
import { webApp } from '../../../test/web-app.ts';
import type { Role } from '../../access/index.ts';
import { typed } from '../../store/index.ts';
import { currentPlan } from '../plan.ts';
import { runMonitor } from '../run.ts';
import type { MonitoringTables } from '../tables.ts';
import { monitoringPages } from './index.tsx';

let p: TestPlatform;
const visitors = new Map<Role, Visitor>();
const as = (role: Role) => visitors.get(role) as Visitor;
const AT = `/fr/staff/${AUTHORITY_A}/monitoring`;
const HERE = `${AT}/${SYSTEM}`;

before(async () => {
  p = await makePlatform();
  const app = webApp(monitoringPages(p));
  for (const role of ['supervisor', 'auditor', 'dpo', 'reviewer', 'counter'] as const) {
    visitors.set(role, await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, [role])));
  }
});
after(() => p.dispose());

const PLAN = {
  groups:
    'applicant_sex: sex\napplicant_age: age\nmilieu: milieu\nregion: region\nrooms: fact 2 4\nwithin: milieu',
  tolerance: '2,5',
  justification_ar: '',
  justification_fr: 'Deux échelles, urbaine et rurale.',
  on_breach: 'suspend',
};
const BASIS = {
  title_ar: '',
  title_fr: 'Décision du conseil',
  article: '3',
  attributes: 'applicant_sex applicant_age milieu region',
  'from-day': '1',
  'from-month': '1',
  'from-year': '2026',
  'to-day': '31',
  'to-month': '12',
  'to-year': '2027',
};

test('a supervisor declares, the data protection officer gives the legal basis, and only then anything is counted', async () => {
  await decideMany(p, 60);
  assert.match((await as('auditor').get(HERE)).html, /Pas encore suivi/);
  assert.equal((await as('auditor').get(`${HERE}/groups`)).status, 404);
  for (const wrong of [
    { ...PLAN, tolerance: '0' },
    { ...PLAN, groups: 'applicant_sex: religion' },
    { ...PLAN, groups: 'nothing: fact' },
    { ...PLAN, groups: '' },
    { ...PLAN, justification_fr: ' ' },
  ]) {
    const answer = await as('supervisor').post(`${HERE}/plan`, wrong);
    assert.equal(answer.status, 422, JSON.stringify(wrong));
    assert.ok(answer.html.includes('aria-invalid="true"'));
  }
  assert.equal((await as('supervisor').post(`${HERE}/plan`, PLAN)).status, 303);
  const declared = await currentPlan(p.store.read, AUTHORITY_A, SYSTEM);
  assert.equal(declared?.plan.tolerance, '0.025');
  assert.equal(declared?.plan.on_breach, 'suspend');
  assert.equal(declared?.plan.attributes.find(({ concept }) => concept === 'region')?.places?.length, 12);
  assert.deepEqual(declared?.plan.facts, [{ name: 'rooms', bands: [2, 4] }]);

  assert.equal((await runMonitor(p, AUTHORITY_A))[0]?.step, 'no-basis');
  assert.match((await as('auditor').get(HERE)).html, /Aucune base légale en vigueur/);
  assert.equal((await as('dpo').post(`${HERE}/basis`, { ...BASIS, title_fr: '' })).status, 422);
  assert.equal((await as('dpo').post(`${HERE}/basis`, { ...BASIS, 'to-year': '2025' })).status, 422);
  assert.equal((await as('dpo').post(`${HERE}/basis`, BASIS)).status, 303);
  assert.equal((await runMonitor(p, AUTHORITY_A))[0]?.step, 'current');
});

test('every page opens, in every language, with numbers in a table beside each plot', async () => {
  for (const lang of ['ar', 'fr', 'en', 'zgh']) {
    for (const page of [
      '',
      '/groups',
      '/groups?part=1&period=all',
      '/procedure?by=region',
      '/time',
      '/officers',
      '/truth',
      '/subgroups?part=2',
    ]) {
      const { status, html } = await as('auditor').get(`${HERE.replace('/fr/', `/${lang}/`)}${page}`);
      assert.equal(status, 200, `${lang}${page}`);
      if (html.includes('<svg xmlns')) assert.match(html, /<table class="ta-table/, page);
      assert.ok(!html.includes(' style="'), `${page}: the content security policy refuses inline styles`);
    }
  }
  const { html } = await as('auditor').get(`${HERE}/groups`);
  assert.match(html, /trop peu de personnes|non tranché/);
});

test('who may not read it does not; the counts are for auditors alone, and are read back as they are', async () => {
  for (const role of ['reviewer', 'counter'] as const) {
    for (const page of [AT, HERE, `${HERE}/groups`, `${HERE}/officers`, `${HERE}/cells.csv`]) {
      assert.equal((await as(role).get(page)).status, 403, `${role} ${page}`);
    }
  }
  assert.equal((await as('dpo').get(`${HERE}/officers`)).status, 403);
  assert.equal((await as('supervisor').get(`${HERE}/cells.csv`)).status, 403);
  assert.equal((await as('auditor').get(`${HERE}/plan`)).status, 403);
  const { html: csv, response } = await as('auditor').get(`${HERE}/cells.csv`);
  assert.match(response.headers.get('content-type') ?? '', /^text\/csv/);
  const [head = '', ...lines] = csv.trimEnd().split('\r\n');
  const columns = head.split(',');
  assert.deepEqual(columns.slice(0, 5), ['applicant_sex', 'applicant_age', 'milieu', 'region', 'rooms']);
  const n = lines.map((line) => Number(line.split(',')[columns.indexOf('n')]));
  assert.equal(
    n.reduce((sum, one) => sum + one, 0),
    60,
  );
  assert.ok(lines.every((line) => line.split(',').length === columns.length && !line.includes('case_')));
});

test('an alert is shown to both, acknowledged by the supervisor with a note', async () => {
  const evidence = {
    watch: {
      kind: 'group',
      id: 'group|region|laurier',
      dimension: 'region',
      value: 'laurier',
      tolerance: 0.025,
      alpha: 0.001,
    },
    reached: 4321,
    needed: 1000,
    since: '2026-01',
    group: { successes: 36, total: 60 },
    others: { successes: 18, total: 180 },
    setAside: ['safran'],
    size: { value: 0.5, low: 0.3671, high: 0.6125 },
  };
  await p.store.transact(async (tx) => {
    await typed<MonitoringTables>(tx.db)
      .insertInto('monitor_alerts')
      .values({
        authority_id: AUTHORITY_A,
        alert_id: 'alr_000000000000000000000000',
        system_id: SYSTEM,
        revision: 1,
        watch: 'group|region|laurier',
        month: '2026-02',
        opened_at: '2026-03-02T09:00:00.000Z',
        evidence: JSON.stringify(evidence),
        suspended: 0,
        status: 'open',
        acknowledged_by: null,
        acknowledged_at: null,
        note: null,
      })
      .execute();
  });
  const page = `${HERE}/alerts/alr_000000000000000000000000`;
  assert.match((await as('auditor').get(HERE)).html, /1 alerte ouverte/);
  const { html } = await as('auditor').get(page);
  assert.match(html, /36 sur 60/);
  assert.match(html, />2,5</);
  assert.match(html, /sans [^<]+\sdéjà objet d’une alerte/);
  assert.match(html, /\+50,0/);
  assert.ok(!html.includes('<textarea'));
  const token = await as('supervisor').token(page);
  assert.equal((await as('auditor').post(page, { note: 'Une note assez longue.' }, AT)).status, 403);
  assert.equal((await as('supervisor').send(page, { csrf: token, note: 'court' })).status, 422);
  assert.equal(
    (await as('supervisor').send(page, { csrf: token, note: 'Le coefficient est vérifié.' })).status,
    303,
  );
  assert.equal(
    (await as('supervisor').send(page, { csrf: token, note: 'Encore une fois vérifié.' })).status,
    409,
  );
  assert.match((await as('auditor').get(page)).html, /Le coefficient est vérifié\./);
});
