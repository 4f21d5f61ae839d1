import { browserTest } from '../../test/browser.ts';
import { walkCitizenPages } from '../../test/citizen-walk.ts';

browserTest('every citizen page holds on a phone from right to left, and axe finds nothing', (browser) =>
  walkCitizenPages(browser, 'ar', 360),
);
