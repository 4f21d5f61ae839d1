import { Hono, type MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { can, type Staff } from './access/index.ts';
import { accessPages } from './access/pages.tsx';
import { platformApi } from './api/platform-api.ts';
import { apiReadingPage } from './api/reading-page.tsx';
import { assessmentPages } from './assessment/pages.tsx';
import { citizenPages } from './citizen/index.ts';
import { publicPages } from './citizen/public-pages.tsx';
import { conformityPages } from './conformity/pages.tsx';
import { consultationPages } from './consultation/pages.tsx';
import type { Context } from './context.ts';
import { counterPages } from './counter/index.ts';
import { deskPages } from './desk/pages.tsx';
import { queueFigures } from './desk/queue.ts';
import { erasurePages } from './erasure/pages.tsx';
import { ErrorPage } from './error-page.tsx';
import { PlatformError } from './errors.ts';
import { escalationPages } from './escalation/pages.tsx';
import { siteOf, type WebEnv } from './http.ts';
import { logRoutes } from './ledger/routes.ts';
import { logger } from './logger.ts';
import { listAlerts } from './monitoring/alerts.ts';
import { monitoringPages } from './monitoring/pages/index.tsx';
import { primacyPages } from './primacy/pages.tsx';
import { problemResponse } from './problem.ts';
import { registerPages } from './register/pages.tsx';
import { registerSections } from './register-sections.tsx';
import { retentionPages } from './retention/pages.tsx';
import { collectivePages } from './reviews/collective/pages.tsx';
import { queueSizes } from './reviews/index.ts';
import { reviewPages } from './reviews/pages.tsx';
import { securityHeaders } from './security-headers.ts';
import { trainingPages } from './training/pages.tsx';
import { gallery } from './web/gallery/index.tsx';
import { assets, negotiateLanguage, renderPage } from './web/index.ts';
import { withholdingPages } from './withholding/pages.tsx';

/** The whole platform as one HTTP application: each room brings its own routes. `front` sees every request first. */
export function createApp(ctx: Context, front?: MiddlewareHandler<WebEnv>): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.use('*', securityHeaders({ https: ctx.http?.publicOrigin?.startsWith('https:') === true }));
  if (front !== undefined) app.use('*', front);
  app.route('/', assets);
  app.route('/', platformApi(ctx));
  app.get('/', (c) => c.redirect(`/${negotiateLanguage(c.req.header('accept-language'))}`, 302));
  app.route('/', apiReadingPage(ctx));
  app.route('/', logRoutes(ctx));
  app.route('/', publicPages(ctx));
  app.route('/', registerPages(ctx, { sections: (system) => registerSections(ctx, system) }));
  app.route('/', assessmentPages(ctx));
  app.route('/', consultationPages(ctx));
  app.route('/', conformityPages(ctx));
  app.route('/', escalationPages(ctx));
  app.route('/', citizenPages(ctx));
  app.route('/', accessPages(ctx, { counts: (staff) => waitingFor(ctx, staff) }));
  app.route('/', trainingPages(ctx));
  app.route('/', withholdingPages(ctx));
  app.route('/', deskPages(ctx));
  app.route('/', primacyPages(ctx));
  app.route('/', erasurePages(ctx));
  app.route('/', retentionPages(ctx));
  app.route('/', collectivePages(ctx));
  app.route('/', reviewPages(ctx));
  app.route('/', counterPages(ctx));
  app.route('/', monitoringPages(ctx));
  if (ctx.kind === 'demonstration')
    app.route(
      '/',
      gallery((c) => siteOf(ctx, c)),
    );

  const answer = (c: Parameters<Parameters<typeof app.onError>[0]>[1], error: PlatformError) => {
    if (c.req.path.startsWith('/api/') || c.req.path.startsWith('/log/')) return problemResponse(c, error);
    const kind = /^\/[a-z]+\/staff\//.test(c.req.path) ? 'staff' : 'citizen';
    if (error.details.retryAfter !== undefined) c.header('Retry-After', String(error.details.retryAfter));
    return renderPage(c, siteOf(ctx, c), <ErrorPage error={error} kind={kind} />, {
      status: error.status as ContentfulStatusCode,
    });
  };
  app.notFound((c) => answer(c, new PlatformError('not-found', 'There is nothing at this address.')));
  app.onError((error, c) => {
    if (error instanceof PlatformError && error.status < 500) return answer(c, error);
    // Neither the address nor the message of an unknown error is logged: they may hold personal data.
    logger.error(
      { code: error instanceof PlatformError ? error.code : error.name, stack: placesOf(error) },
      'request failed',
    );
    return answer(
      c,
      error instanceof PlatformError
        ? error
        : new PlatformError('store-unavailable', 'The service has a fault; nothing was changed.', {
            cause: error,
          }),
    );
  });
  return app;
}

/** What waits for a member of staff, on the pages that they may open. */
async function waitingFor(ctx: Context, staff: Staff) {
  const { authorityId, staffId } = staff;
  const reviews = await queueSizes(ctx, authorityId, staffId);
  return {
    desk: (await queueFigures(ctx, authorityId)).count,
    ...(can(staff, 'monitoring.read') ? { monitoring: await openAlerts(ctx, authorityId) } : {}),
    reviews: can(staff, 'review.assign') ? reviews.unqualified + reviews.open : reviews.mine,
  };
}

async function openAlerts(ctx: Context, authorityId: string): Promise<number> {
  const alerts = await listAlerts(ctx.store.read, authorityId);
  return alerts.filter(({ status }) => status === 'open').length;
}

/** The call places of an error, without its message. */
function placesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .map((line) => line.trim());
}
