import type { Page } from 'playwright-core';
import { createStaff, logAccess, type Role } from '../src/access/index.ts';
import { accessPages } from '../src/access/pages.tsx';
import { grantCertificate, grantDelegation } from '../src/training/index.ts';
import { trainingPages } from '../src/training/pages.tsx';
import { assets } from '../src/web/index.ts';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from './make-platform.ts';
import { webApp } from './web-app.ts';

export const PASSWORD = 'une phrase assez longue';
export const AT = `/staff/${AUTHORITY_A}`;

/** An authority at work: people whose certificates are good, about to end and expired; some accesses. */
export async function populated() {
  const p = await makePlatform();
  const authorityId = AUTHORITY_A;
  const add = async (subject: string, name: string, roles: readonly Role[]) =>
    (await createStaff(p, { authorityId, subject, name, roles, password: PASSWORD })).staffId;
  await add('salma', 'Salma Bennis', ['supervisor', 'dpo']);
  const rkia = await add('rkia', 'رقية أيت براهيم', ['reviewer']);
  const omar = await add('omar', 'Omar El Idrissi', ['reviewer', 'counter']);
  const hind = await add('hind', 'Hind Tazi', ['reviewer']);
  await grantCertificate(p, { authorityId, staffId: rkia, to: '2027-01-31' });
  await grantCertificate(p, { authorityId, staffId: omar, to: '2026-04-15' });
  await grantCertificate(p, { authorityId, staffId: hind, from: '2025-03-05', to: '2026-03-05' });
  const delegation = {
    authorityId,
    from: '2026-01-01',
    to: '2026-12-31',
    instrument: 'Décision n° 12/2026 du 1er janvier 2026',
  };
  await grantDelegation(p, { ...delegation, staffId: rkia, act: 'confirm-adverse', scope: SYSTEM });
  await grantDelegation(p, { ...delegation, staffId: rkia, act: 'decide-review', scope: 'all' });
  p.clock.moveTo(Temporal.Instant.from('2026-03-10T09:00:00Z'));
  for (let i = 0; i < 60; i++) {
    p.clock.moveTo(p.clock.now().add({ minutes: 1 }));
    await logAccess(p, {
      authorityId,
      actor: i % 4 === 0 ? 'citizen' : rkia,
      action: i % 4 === 0 ? 'case.open' : 'case.read',
      caseId: 'case_0123456789abcdefghjkmnpq',
      purpose: i % 4 === 0 ? 'own-case' : 'desk',
    });
  }
  return { p, rkia };
}

export const appOf = (p: TestPlatform) => webApp(accessPages(p), trainingPages(p)).route('/', assets);

export async function signIn(page: Page, origin: string, lang: string, account: string, password = PASSWORD) {
  await page.goto(`${origin}/${lang}/staff/sign-in`);
  const authority = page.locator('select[name=authority]');
  if (await authority.count()) await authority.selectOption(AUTHORITY_A);
  await page.locator('input[name=account]').fill(account);
  await page.locator('input[name=password]').fill(password);
  await page.locator('main button[type=submit]').click();
}
