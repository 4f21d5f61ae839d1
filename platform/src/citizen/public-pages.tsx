import { Hono, type Context as HttpContext } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { clientAddress, publicOrigin, RateLimiter } from '../access/index.ts';
import type { Context } from '../context.ts';
import { LANG, langOf, siteOf, type WebEnv } from '../http.ts';
import { receiptTrust, verifyReceiptText } from '../notices/index.ts';
import { authorities } from '../register/authorities.ts';
import { renderPage, renderToString, translator } from '../web/index.ts';
import { AlonePage } from './alone-page.tsx';
import { CheckPage } from './check-page.tsx';
import { HomePage, HumanPage } from './home-page.tsx';
import { receipt } from './messages-receipt.ts';

/** A bundle of 4 MiB (docs/formats.md) and the form around it. */
const LARGEST_CHECK = 4 * 1024 * 1024 + 64 * 1024;

/** Checks of one address: each may take hundreds of signatures. */
const CHECKS = { burst: 30, per: { count: 30, seconds: 60 } };

/** Home, talk to a person, check a proof: without an account, a session or a cookie. */
export function publicPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const cache = { cache: 'public' } as const;
  const limiter = new RateLimiter(ctx.clock, CHECKS);

  app.get(LANG, (c) => renderPage(c, siteOf(ctx, c), <HomePage />, cache));
  app.get(`${LANG}/human`, (c) =>
    renderPage(c, siteOf(ctx, c), <HumanPage authorities={[...authorities(ctx).values()]} />, cache),
  );
  const trusted = async () => ({ authorities: authorities(ctx), trust: await receiptTrust(ctx) });
  app.get(`${LANG}/receipt`, async (c) =>
    renderPage(c, siteOf(ctx, c), <CheckPage {...(await trusted())} />, cache),
  );
  app.get(`${LANG}/receipt/alone.html`, async (c) => {
    const from = { site: publicOrigin(ctx, c), at: ctx.clock.now() };
    const page = <AlonePage {...(await trusted())} {...from} />;
    const site = { ...siteOf(ctx, c), staff: undefined, csrf: undefined };
    return c.body(await renderToString(site, page), 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Disposition': `attachment; filename="taalil-${langOf(c)}.html"`,
      'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'public, max-age=300',
    });
  });

  const refused = async (c: HttpContext<WebEnv>, key: 'tooLarge' | 'nothingGiven', status: 413 | 422) => {
    const t = translator(receipt, langOf(c));
    const page = <CheckPage errors={{ file: t(key) }} {...(await trusted())} />;
    return renderPage(c, siteOf(ctx, c), page, { status });
  };
  app.post(
    `${LANG}/receipt`,
    bodyLimit({ maxSize: LARGEST_CHECK, onError: (c) => refused(c as HttpContext<WebEnv>, 'tooLarge', 413) }),
    async (c) => {
      RateLimiter.takeAll('Too many receipts were checked.', [limiter, clientAddress(ctx, c)]);
      const { file, text } = await c.req.parseBody();
      const given = file instanceof File && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : text;
      if (given === undefined || given instanceof File || given.length === 0)
        return refused(c, 'nothingGiven', 422);
      const verdict = await verifyReceiptText(ctx, given);
      const values = typeof given === 'string' ? { text: given } : {};
      const page = <CheckPage verdict={verdict} values={values} {...(await trusted())} />;
      return renderPage(c, siteOf(ctx, c), page, { status: verdict.kind === 'valid' ? 200 : 422 });
    },
  );
  return app;
}
