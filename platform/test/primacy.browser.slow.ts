import { browserTest } from './browser.ts';
import type { DeskView } from './desk-walk.ts';
import { walkPrimacy } from './primacy-walk.ts';

const VIEWS: readonly DeskView[] = [
  { lang: 'fr', width: 1280 },
  { lang: 'ar', width: 360 },
];

for (const view of VIEWS) {
  browserTest(
    `judging first, known answers, two signatures, one's own figures, the supervision: ${view.lang} at ${view.width}`,
    (browser) => walkPrimacy(browser, view),
    { timeout: 600_000 },
  );
}
