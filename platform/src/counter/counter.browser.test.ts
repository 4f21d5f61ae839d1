import { browserTest } from '../../test/browser.ts';
import { walkCounterPages } from '../../test/counter-walk.ts';

browserTest('every page of the counter holds on a small screen, and axe finds nothing', (browser) =>
  walkCounterPages(browser, 'ar', 360),
);
