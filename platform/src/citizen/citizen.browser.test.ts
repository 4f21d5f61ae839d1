import { browserTest } from '../../test/browser.ts';
import { walkCitizenPages } from '../../test/citizen-walk.ts';

for (const lang of ['fr', 'ar']) {
  browserTest(`every citizen page in ${lang} holds on a phone, and axe finds nothing`, (browser) =>
    walkCitizenPages(browser, lang, 360),
  );
}
