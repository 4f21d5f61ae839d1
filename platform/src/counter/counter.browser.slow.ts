import { browserTest } from '../../test/browser.ts';
import { walkCounterPages } from '../../test/counter-walk.ts';

/** Arabic on a small screen is walked by the fast test. */
const WALKS = [
  ['fr', 1280],
  ['ar', 1280],
  ['zgh', 360],
  ['en', 360],
] as const;

for (const [lang, width] of WALKS) {
  browserTest(
    `every page of the counter in ${lang} at ${width} px`,
    (browser) => walkCounterPages(browser, lang, width),
    { timeout: 300_000 },
  );
}
