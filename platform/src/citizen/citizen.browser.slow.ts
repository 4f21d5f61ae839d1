import { browserTest } from '../../test/browser.ts';
import { walkCitizenPages } from '../../test/citizen-walk.ts';

/** Arabic on a phone is walked by the fast test. */
const WALKS = [
  ['fr', 360],
  ['fr', 1280],
  ['ar', 1280],
  ['zgh', 360],
  ['en', 1280],
] as const;

for (const [lang, width] of WALKS) {
  browserTest(
    `every citizen page in ${lang} at ${width} px`,
    (browser) => walkCitizenPages(browser, lang, width),
    { timeout: 300_000 },
  );
}
