import { Hono, type Context as HttpContext } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { except } from 'hono/combine';
import { csrfGuard, staffOnly } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { formOf, LANG, langOf, siteOf, type WebEnv } from '../http.ts';
import { type FormErrors, renderPage, translator } from '../web/index.ts';
import { takesFiles } from './file-routes.tsx';
import { findCases } from './find-case.ts';
import { m } from './messages.ts';
import { OpenCounterPage, type OpenCounterProps } from './open-page.tsx';
import { visitHref } from './shell.tsx';
import { visitPages } from './visit-routes.tsx';
import { DOCUMENTS, openVisit, PRESENT } from './visits.ts';

type C = HttpContext<WebEnv>;

const COUNTER = `${LANG}/staff/:authority/counter`;
const LARGEST_FORM = 128 * 1024;

/** The counter: an agent opens a file with the person there, reads, writes and prints for them, and decides nothing. */
export function counterPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.use(
    `${COUNTER}/*`,
    except((c) => takesFiles(c.req.path), bodyLimit({ maxSize: LARGEST_FORM, onError: tooLarge })),
    staffOnly(ctx, 'counter.assist'),
    csrfGuard(ctx, { files: takesFiles }),
  );
  app.get(COUNTER, (c) => openPage(ctx, c, { ended: c.req.query('ended') !== undefined }));
  app.post(COUNTER, (c) => openFile(ctx, c));
  visitPages(ctx, app, `${COUNTER}/:visit{ast_[0-9a-z]{24}}`);
  return app;
}

function tooLarge(): never {
  throw new PlatformError('too-large', 'The form is larger than anything that can be typed into it.');
}

function openPage(ctx: Context, c: C, props: OpenCounterProps, status: 200 | 422 = 200) {
  return renderPage(c, siteOf(ctx, c), <OpenCounterPage {...props} />, { status });
}

async function openFile(ctx: Context, c: C): Promise<Response> {
  const values = await formOf(c);
  const typed = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '');
  const t = translator(m, langOf(c));
  const document = DOCUMENTS.find((one) => one === values.document);
  const present = PRESENT.find((one) => one === values.present);
  const reference = typed('reference') || typed('case');
  const errors: FormErrors = {
    ...(reference === '' && typed('fileNumber') === '' ? { reference: t('needReference') } : {}),
    ...(document === undefined ? { document: t('needDocument') } : {}),
    ...(present === undefined ? { present: t('needPresent') } : {}),
  };
  if (Object.keys(errors).length > 0 || document === undefined || present === undefined) {
    return openPage(ctx, c, { values, errors }, 422);
  }
  const staff = c.get('staff');
  const found = await findCases(ctx, staff, { reference, fileNumber: typed('fileNumber') });
  const [one] = found;
  if (one === undefined) return openPage(ctx, c, { values, errors: { reference: t('noCase') } }, 422);
  if (found.length > 1) {
    return openPage(ctx, c, { values, choices: found, errors: { case: t('which') } }, 422);
  }
  const visit = await openVisit(ctx, { staff, found: one, document, present });
  return c.redirect(visitHref(langOf(c), visit, 'aloud'), 303);
}
