import { browserTest } from '../../test/browser.ts';
import { walkCounterPages } from '../../test/counter-walk.ts';

for (const lang of ['fr', 'ar', 'en', 'zgh']) {
  for (const width of [360, 1280]) {
    browserTest(`every page of the counter in ${lang} at ${width} px`, (browser) =>
      walkCounterPages(browser, lang, width),
    );
  }
}
