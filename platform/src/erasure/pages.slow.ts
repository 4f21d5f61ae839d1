import assert from 'node:assert/strict';
import { axeViolations, browserTest, screenshot, sidewaysOverflow, withServer } from '../../test/browser.ts';
import { ARCHIVE, BASIS, eraseCase } from '../../test/erasing.ts';
import { AUTHORITY_A, makePlatform, SYSTEM } from '../../test/make-platform.ts';
import { newCase, newLetter, refusedCase, signingReviewer } from '../../test/opened-file.ts';
import { PASSWORD, signIn } from '../../test/staff-at-work.ts';
import { createStaff } from '../access/index.ts';
import { createApp } from '../app.tsx';
import { requestErasure, setSchedule } from './index.ts';

browserTest(
  'the pages of erasure hold in two languages and at two widths, and axe finds nothing',
  async (browser) => {
    const p = await makePlatform();
    const add = async (subject: string, name: string, role: 'dpo' | 'supervisor') =>
      (
        await createStaff(p, {
          ...{ authorityId: AUTHORITY_A, subject, name, password: PASSWORD },
          roles: [role],
        })
      ).staffId;
    try {
      const officer = await add('salma', 'Salma Bennis', 'dpo');
      const second = await add('yassine', 'ياسين العلوي', 'dpo');
      const schedule = {
        systemId: SYSTEM,
        months: 12,
        backupDays: 30,
        archive: 'eliminate',
        basis: BASIS,
      } as const;
      await setSchedule(p, { authorityId: AUTHORITY_A, ...schedule, by: officer });
      const reviewer = await signingReviewer(p);
      const cases = [];
      for (let i = 0; i < 5; i++) cases.push((await newCase(p, 'favourable')).case);
      const [gone = '', asked = '', due = ''] = cases;
      await refusedCase(p, reviewer);
      const letter = await newLetter(p, gone);
      p.clock.moveTo(Temporal.Instant.from('2027-03-20T09:00:00Z'));
      await eraseCase(p, gone, officer, second);
      await requestErasure(p, { authorityId: AUTHORITY_A, caseId: asked, archive: ARCHIVE, by: second });
      await withServer(createApp(p), async (origin) => {
        for (const [lang, width] of [
          ['fr', 360],
          ['fr', 1280],
          ['ar', 360],
          ['ar', 1280],
        ] as const) {
          const page = await browser.open({ width, height: 800 });
          const hold = async (name: string) => {
            assert.equal(await sidewaysOverflow(page), 0, `${name} ${lang} ${width}`);
            if (width === 1280) assert.deepEqual(await axeViolations(page), [], `${name} ${lang}`);
            await screenshot(page, `erasure-${name}-${lang}-${width}`);
          };
          const home = `${origin}/${lang}/staff/${AUTHORITY_A}/erasures`;
          await signIn(page, origin, lang, 'salma');
          await page.goto(home);
          await hold('list');
          for (const [name, path] of [
            ['schedule', `schedule/${SYSTEM}`],
            ['gone', gone],
            ['asked', asked],
            ['records', '../retention'],
            ['record', `../retention/${SYSTEM}/access-log`],
            ['due', due],
          ]) {
            await page.goto(`${home}/${path}`);
            await hold(name ?? '');
          }
          await page.locator('main form button').first().click();
          await hold('ask');
          await page.locator('main form button').first().click();
          await hold('ask-errors');
          await page.goto(home);
          await page.locator('form[action$="/confirm"] button').first().click();
          await hold('confirm');
          await page.goto(`${origin}/${lang}/register/${AUTHORITY_A}/${SYSTEM}`);
          await hold('register');
          const person = await browser.open({ width, height: 800 });
          await person.goto(`${origin}/${lang}/case`);
          await person.locator('input[name=reference]').fill(letter.reference);
          await person.locator('input[name=code]').fill(letter.code);
          await person.locator('main button[type=submit]').click();
          await screenshot(person, `erasure-person-${lang}-${width}`);
          await page.close();
          await person.close();
        }
      });
    } finally {
      await p.dispose();
    }
  },
  { timeout: 300_000 },
);
