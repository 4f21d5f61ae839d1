import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { except } from 'hono/combine';
import {
  clientAddress,
  csrfGuard,
  dropCookie,
  logAccess,
  publicOrigin,
  readCookie,
  writeCookie,
} from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { formOf, LANG, langOf, siteOf, type WebEnv } from '../http.ts';
import {
  caseReceipts,
  openWithCode,
  receiptTrust,
  sessionCase,
  verifyReceiptText,
  writeSession,
} from '../notices/index.ts';
import { reviewsOfCase } from '../reviews/index.ts';
import { type FormErrors, renderPage, translator } from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { correctionsOf } from './corrections-of.ts';
import { DecisionPage, EarlierPage } from './decision-page.tsx';
import { caseAddress, caseOf, openFileOnly, type PageContext, sessionOf, siteOfCase } from './env.ts';
import { FactsPage } from './facts-page.tsx';
import { keep, readKept } from './keep.ts';
import { DecisionLetter } from './letter-page.tsx';
import { LifePage } from './life-page.tsx';
import { m } from './messages.ts';
import { LeftPage, OpenPage, type OpenPageProps } from './open-page.tsx';
import { ReasonsPage } from './reasons-page.tsx';
import { ReceiptPage } from './receipt-page.tsx';
import { takesFiles } from './review/file-routes.tsx';
import { joinPages } from './review/join-routes.tsx';
import { restoreKept, reviewPages, stepOfPath } from './review/routes.tsx';
import { witnessesOf } from './witnesses-part.tsx';

/** A form of a file: a text of 4,000 characters and what surrounds it, also as UTF-8 in percent signs. */
const LARGEST_FORM = 128 * 1024;

/** The file of one person: opened with reference and code, without an account and without JavaScript. */
export function citizenPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.use(
    `${LANG}/case/*`,
    except((c) => takesFiles(c.req.path), bodyLimit({ maxSize: LARGEST_FORM, onError: tooLarge })),
    csrfGuard(ctx, { files: takesFiles }),
  );
  app.get(`${LANG}/case`, (c) => openPage(ctx, c, { ended: c.req.query('ended') !== undefined }));
  app.post(`${LANG}/case`, (c) => openFile(ctx, c));
  app.get(`${LANG}/case/left`, (c) => renderPage(c, siteOf(ctx, c), <LeftPage />));
  app.post(`${LANG}/case/leave`, (c) => {
    dropCookie(ctx, c, 'citizen');
    return c.redirect(caseAddress(c, 'left'), 303);
  });

  app.use(
    `${LANG}/case/*`,
    openFileOnly(ctx, (c) => ended(ctx, c)),
  );
  filePages(ctx, app);
  reviewPages(ctx, app);
  joinPages(ctx, app);
  return app;
}

function tooLarge(): never {
  throw new PlatformError('too-large', 'The form is larger than anything that can be typed into it.', {
    mend: 'Send a shorter text, or bring the papers to the counter.',
  });
}

function openPage(ctx: Context, c: PageContext, props: OpenPageProps, status: 200 | 401 | 422 | 429 = 200) {
  return renderPage(c, siteOf(ctx, c), <OpenPage {...props} />, { status });
}

/** A session that is over: says so, and keeps what was typed for when the file is open again. */
async function ended(ctx: Context, c: PageContext): Promise<Response> {
  const cookie = readCookie(ctx, c, 'citizen');
  const caseId = sessionCase(ctx, cookie);
  dropCookie(ctx, c, 'citizen');
  const step = stepOfPath(c.req.path);
  // Files are not kept, and not waited for: browsers show an error page while they still send, and follow no redirect.
  if (c.req.method === 'POST' && takesFiles(c.req.path)) return openPage(ctx, c, { ended: true }, 401);
  if (c.req.method === 'POST' && caseId !== undefined && step !== undefined) {
    const { csrf: _, ...values } = await formOf(c);
    return openPage(ctx, c, { ended: true, keep: keep(ctx, { caseId, step, values }) });
  }
  return c.redirect(`${caseAddress(c, '')}${cookie === undefined ? '' : '?ended'}`, 303);
}

async function openFile(ctx: Context, c: PageContext): Promise<Response> {
  const values = await formOf(c);
  const typed = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const kept = readKept(ctx, values.keep);
  const again = { values, keep: kept === undefined ? undefined : typed('keep') };
  const refuse = (errors: FormErrors) => openPage(ctx, c, { ...again, errors }, 422);
  const t = translator(m, langOf(c));
  try {
    const opened = await openWithCode(ctx, {
      reference: typed('reference'),
      code: typed('code'),
      address: clientAddress(ctx, c),
    });
    const { authorityId, caseId } = opened;
    await logAccess(ctx, { authorityId, actor: 'citizen', action: 'case.open', caseId, purpose: 'own-case' });
    writeCookie(ctx, c, 'citizen', writeSession(ctx, opened));
    const step = kept?.caseId === caseId ? await restoreKept(ctx, opened, kept) : undefined;
    return c.redirect(caseAddress(c, step === undefined ? 'decision' : `review/${step}`), 303);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.code === 'unauthenticated') return refuse({ code: t('noMatch') });
    if (error.code === 'invalid-request') {
      const field = error.details.where === 'code' ? 'code' : 'reference';
      return refuse({ [field]: t(field === 'code' ? 'badCode' : 'badReference') });
    }
    if (error.code !== 'rate-limited') throw error;
    const { retryAfter = 60 } = error.details;
    c.header('Retry-After', String(retryAfter));
    return openPage(ctx, c, { ...again, locked: Math.ceil(retryAfter / 60) }, 429);
  }
}

async function receiptOf(ctx: Context, of: CitizenCase) {
  return { of, vkey: await ctx.ledger.vkey(of.authorityId), witnesses: await witnessesOf(ctx, of) };
}

/** The pages that only show. */
function filePages(ctx: Context, app: Hono<WebEnv>): void {
  const show = (path: string, page: (c: PageContext, of: Awaited<ReturnType<typeof caseOf>>) => unknown) => {
    app.get(`${LANG}/case/${path}`, async (c) => {
      const of = await caseOf(ctx, c);
      return renderPage(c, siteOfCase(ctx, c, of), (await page(c, of)) as Parameters<typeof renderPage>[2]);
    });
  };
  show('decision', (_c, of) => <DecisionPage of={of} />);
  show('reasons', (_c, of) => <ReasonsPage of={of} />);
  show('facts', async (_c, of) => <FactsPage of={of} answer={await correctionsOf(of)} />);
  show('life', async (_c, of) => {
    const reviews = await reviewsOfCase(ctx, of.authorityId, of.caseId);
    return <LifePage of={of} reviews={reviews} now={ctx.clock.now()} />;
  });
  show('earlier/:n{[1-9][0-9]?}', (c, of) => {
    const view = of.earlier[Number(c.req.param('n')) - 1];
    if (view === undefined)
      throw new PlatformError('not-found', 'There is no earlier decision of this number.');
    return <EarlierPage of={of} view={view} />;
  });
  show('letter', (c, of) => (
    <DecisionLetter of={of} address={`${publicOrigin(ctx, c)}${caseAddress(c, '')}`} />
  ));
  show('receipt', async (_c, of) => <ReceiptPage {...(await receiptOf(ctx, of))} />);
  show('receipt/check', async (_c, of) => {
    const receipts = await caseReceipts(ctx, of.authorityId, of.caseId);
    const checked = {
      receipts,
      verdict: await verifyReceiptText(ctx, receipts),
      trust: await receiptTrust(ctx),
    };
    return <ReceiptPage {...(await receiptOf(ctx, of))} checked={checked} />;
  });
  app.get(`${LANG}/case/receipt.json`, async (c) => {
    const { authorityId, caseId } = sessionOf(c);
    const { present } = await caseOf(ctx, c);
    return c.body(await caseReceipts(ctx, authorityId, caseId), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${present.case.reference}.taalil.json"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
  });
}
