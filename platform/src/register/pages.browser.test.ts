import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { axeViolations, browserTest, screenshot, sidewaysOverflow, withServer } from '../../test/browser.ts';
import { AUTHORITY_A, makePlatform, SYSTEM } from '../../test/make-platform.ts';
import { addEvents } from '../../test/register-figures.ts';
import { makeStaff, signedIn } from '../../test/visitor.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import type { WebEnv } from '../http.ts';
import { assets } from '../web/index.ts';
import { registerPages } from './pages.tsx';
import { publishVersion } from './publish.ts';
import { snapshotIfDue } from './snapshots.ts';
import { changeStatus } from './status.ts';

const STOPPED = 'bourses';
const PUBLIC = [
  ['list', '/register'],
  ['nothing-found', '/register?q=zzz&status=retired'],
  ['system', `/register/${AUTHORITY_A}/${SYSTEM}`],
  ['suspended', `/register/${AUTHORITY_A}/${STOPPED}`],
  ['log', `/log/${AUTHORITY_A}`],
] as const;
const STAFF = [
  ['staff', `/staff/${AUTHORITY_A}/systems`],
  ['staff-system', `/staff/${AUTHORITY_A}/systems/${STOPPED}`],
  ['staff-suspend', `/staff/${AUTHORITY_A}/systems/${SYSTEM}/suspend`],
] as const;

/** A live system with figures, a suspended one in French only that waits for a second person. */
async function makeRegister() {
  const p = await makePlatform();
  const bytes = modelFile({ version: 1, fault: false });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const record = { ...RECORD, name: { fr: 'Bourses d’excellence' }, impactLevel: 2 };
  await publishVersion(p, AUTHORITY_A, STOPPED, record, { bytes, sha256 });
  const [one, other] = [
    await makeStaff(p, AUTHORITY_A, ['supervisor', 'registrar'], 'Leila Exemple'),
    await makeStaff(p, AUTHORITY_A, ['supervisor'], 'Omar Exemple'),
  ];
  const change = { authorityId: AUTHORITY_A, systemId: STOPPED };
  await changeStatus(p, { ...change, to: 'live', by: one });
  await changeStatus(p, { ...change, to: 'suspended', reason: { fr: 'Un coefficient est faux.' }, by: one });
  for (const month of ['03', '04', '05']) {
    await addEvents(p, `2026-${month}-10`, {
      byRule: 380,
      confirmed: 150,
      overridden: month === '04' ? 3 : 20,
      reviews: [
        { outcome: 'upheld', after: 12, n: 14 },
        { outcome: 'rejected', after: 17, n: 25 },
      ],
    });
  }
  p.clock.moveTo(Temporal.Instant.from('2026-06-14T09:00:00Z'));
  await snapshotIfDue(p);
  await changeStatus(p, { ...change, to: 'live', reason: { fr: 'Corrigé' }, by: other });
  const app = new Hono<WebEnv>().route('/', assets).route('/', registerPages(p));
  return { p, app, visitor: await signedIn(p, app, AUTHORITY_A, one) };
}

browserTest('the register fits a phone, and axe finds nothing', async (browser) => {
  const { p, app, visitor } = await makeRegister();
  try {
    await withServer(app, async (origin) => {
      const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url: origin }));
      const open = async (width: number, javaScript: boolean) => {
        const page = await browser.open({ width, javaScript });
        await page.context().addCookies(cookies);
        return page;
      };
      const [phone, desk] = [await open(360, false), await open(1280, true)];
      for (const lang of ['fr', 'ar', 'zgh', 'en'] as const) {
        const both = lang === 'fr' || lang === 'ar';
        for (const [name, path] of both ? [...PUBLIC, ...STAFF] : PUBLIC.slice(2, 4)) {
          const shot = `register-${name}-${lang}`;
          assert.equal((await phone.goto(`${origin}/${lang}${path}`))?.status(), 200, shot);
          assert.equal(await sidewaysOverflow(phone), 0, `${shot} scrolls sideways`);
          await desk.goto(`${origin}/${lang}${path}`);
          assert.deepEqual(await axeViolations(desk), [], shot);
          if (process.env.TAALIL_SCREENSHOTS === undefined) continue;
          await screenshot(phone, `${shot}-360`);
          await screenshot(desk, `${shot}-1280`);
        }
      }
    });
  } finally {
    await p.dispose();
  }
});
