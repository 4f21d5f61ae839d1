import { browserTest } from './browser.ts';
import { type LawView, walkLaw } from './law-walk.ts';

const VIEWS: readonly LawView[] = [
  { lang: 'fr', width: 1280 },
  { lang: 'ar', width: 360 },
];

for (const view of VIEWS) {
  browserTest(
    `from an assessment to a live system, a consultation, the training: ${view.lang} at ${view.width}`,
    (browser) => walkLaw(browser, view),
    { timeout: 600_000 },
  );
}
