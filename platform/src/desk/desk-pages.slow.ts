import { browserTest } from '../../test/browser.ts';
import { walkDesk } from '../../test/desk-walk.ts';
import { LANGS } from '../web/index.ts';

browserTest(
  'the desk holds at 360 and 1280 px in every language, and axe finds nothing',
  (browser) =>
    walkDesk(
      browser,
      LANGS.flatMap((lang) => [
        { lang, width: 360 as const },
        { lang, width: 1280 as const },
      ]),
    ),
  { timeout: 900_000 },
);
