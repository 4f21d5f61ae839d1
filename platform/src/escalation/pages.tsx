import { Hono } from 'hono';
import { csrfGuard, logAccess, RateLimiter } from '../access/index.ts';
import { caseAddress, caseOf, openFileOnly, sessionOf, siteOfCase } from '../citizen/env.ts';
import type { Context } from '../context.ts';
import { LANG, langOf, type WebEnv } from '../http.ts';
import { renderPage } from '../web/index.ts';
import { issueBundle } from './issue.tsx';
import { TakePage } from './take-page.tsx';

/** Each archive is an entry of the log: plenty for a person, too few to fill it. */
const ARCHIVES = { burst: 5, per: { count: 5, seconds: 3600 } };

/** The whole file as one archive, for the person who has opened it: their own personal data, never in an address. */
export function escalationPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const limiter = new RateLimiter(ctx.clock, ARCHIVES);
  const at = `${LANG}/case/bundle` as const;
  app.use(
    at,
    csrfGuard(ctx),
    openFileOnly(ctx, (c) => c.redirect(caseAddress(c, ''), 303)),
  );
  app.get(at, async (c) => renderPage(c, siteOfCase(ctx, c, await caseOf(ctx, c)), <TakePage />));
  app.post(at, async (c) => {
    const { authorityId, caseId } = sessionOf(c);
    RateLimiter.takeAll('Too many archives of one file.', [limiter, `${authorityId}/${caseId}`]);
    await logAccess(ctx, {
      authorityId,
      actor: 'citizen',
      action: 'bundle.issue',
      caseId,
      purpose: 'own-case',
    });
    const { archive, reference } = await issueBundle(ctx, { authorityId, caseId, lang: langOf(c) });
    return c.body(new Uint8Array(archive), 200, {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${reference}.taalil.zip"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
  });
  return app;
}
