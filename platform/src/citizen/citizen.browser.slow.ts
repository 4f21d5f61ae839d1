import { browserTest } from '../../test/browser.ts';
import { walkCitizenPages } from '../../test/citizen-walk.ts';

for (const lang of ['fr', 'ar', 'en', 'zgh']) {
  for (const width of [360, 1280]) {
    browserTest(`every citizen page in ${lang} at ${width} px`, (browser) =>
      walkCitizenPages(browser, lang, width),
    );
  }
}
