import assert from 'node:assert/strict';
import {
  axeViolations,
  browserTest,
  screenshot,
  sidewaysOverflow,
  withServer,
} from '../../../test/browser.ts';
import { AUTHORITY_A, makePlatform, SYSTEM, TEST_START } from '../../../test/make-platform.ts';
import { as } from '../../../test/reviews-at-work.ts';
import { makeStaff } from '../../../test/visitor.ts';
import { decideMany, watch } from '../../../test/watching.ts';
import { createApp } from '../../app.tsx';
import { runMonitor } from '../run.ts';

const PAGES = ['', '/groups', '/procedure', '/time', '/subgroups', '/plan'];
const ON_TELEPHONES = ['', '/groups', '/time'];

browserTest(
  'the monitor reads well in French and Arabic, on a telephone and on a desk, and so do its public figures',
  async (browser) => {
    const p = await makePlatform();
    try {
      await watch(p);
      await decideMany(p, 300);
      p.clock.moveTo(TEST_START.add({ hours: 24 * 31 }));
      await runMonitor(p, AUTHORITY_A);
      const supervisor = await makeStaff(p, AUTHORITY_A, ['supervisor', 'auditor']);
      await withServer(createApp(p), async (origin) => {
        for (const [lang, width] of [
          ['fr', 1280],
          ['ar', 360],
        ] as const) {
          const page = await as(p, browser, origin, supervisor, { width, height: 800 });
          const addresses = [
            ...(width === 360 ? ON_TELEPHONES : PAGES).map(
              (one) => `/${lang}/staff/${AUTHORITY_A}/monitoring/${SYSTEM}${one}`,
            ),
            `/${lang}/register/${AUTHORITY_A}/${SYSTEM}`,
          ];
          for (const address of addresses) {
            const answer = await page.goto(origin + address);
            assert.equal(answer?.status(), 200, address);
            assert.deepEqual(await axeViolations(page), [], address);
            assert.equal(await sidewaysOverflow(page), 0, address);
            await screenshot(page, `monitoring-${lang}-${width}-${address.split('/').at(-1)}`);
          }
          await page.context().close();
        }
      });
    } finally {
      await p.dispose();
    }
  },
  { timeout: 300_000 },
);
