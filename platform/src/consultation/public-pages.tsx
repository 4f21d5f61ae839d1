import { Hono, type Context as HttpContext } from 'hono';
import { clientAddress, csrfGuard, RateLimiter } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf, type WebEnv } from '../http.ts';
import { authorities } from '../register/authorities.ts';
import { loadSystem } from '../register/systems.ts';
import { type FormErrors, type FormValues, renderPage, translator } from '../web/index.ts';
import { submitComment } from './comments.ts';
import { takesComments } from './consult.ts';
import { m } from './messages.ts';
import { ConsultationPage, ListPage } from './public-views.tsx';
import { commentsOf, countComments, listConsultations, readConsultation } from './read.ts';

/** Comments from one address, and from everywhere: a person writes a few, a machine many. */
const FROM_ONE = { burst: 5, per: { count: 5, seconds: 600 } };
const FROM_ALL = { burst: 300, per: { count: 300, seconds: 3600 } };

/** Consultations for everybody: without an account. */
export function publicConsultationPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const one = `${LANG}/consultations/:authority/:id{con_[0-9a-z]{24}}` as const;
  const guard = csrfGuard(ctx, { most: 64 * 1024 });
  const fromOne = new RateLimiter(ctx.clock, FROM_ONE);
  const fromAll = new RateLimiter(ctx.clock, FROM_ALL);

  app.get(`${LANG}/consultations`, async (c) => {
    const consultations = await Promise.all(
      (await listConsultations(ctx)).map(async (consultation) => ({
        consultation,
        name: (await recordOf(consultation)).name,
        counts: await countComments(ctx.store.read, consultation),
      })),
    );
    const shown = <ListPage entries={consultations} now={ctx.clock.now()} />;
    return renderPage(c, siteOf(ctx, c), shown);
  });

  const recordOf = async ({
    authorityId,
    systemId,
    version,
  }: {
    authorityId: string;
    systemId: string;
    version: number;
  }) => (await loadSystem(ctx.store.read, authorityId, systemId, version)).record;

  const page = async (
    c: HttpContext<WebEnv>,
    fault: { values?: FormValues; errors?: FormErrors; status?: 409 | 422 | 429 } = {},
  ) => {
    const authorityId = c.req.param('authority') ?? '';
    const profile = authorities(ctx).get(authorityId);
    if (profile === undefined) throw new PlatformError('not-found', 'There is no such consultation.');
    const consultation = await readConsultation(ctx.store.read, authorityId, c.req.param('id') ?? '');
    const record = await recordOf(consultation);
    const shown = (
      <ConsultationPage
        consultation={consultation}
        record={record}
        authority={profile.name}
        takes={takesComments(consultation, ctx.clock.now())}
        comments={await commentsOf(ctx, consultation, 'public')}
        counts={await countComments(ctx.store.read, consultation)}
        thanks={c.req.query('thanks') !== undefined}
        values={fault.values}
        errors={fault.errors}
      />
    );
    const site = { ...siteOf(ctx, c, authorityId), human: record.humanContact };
    return renderPage(c, site, shown, { status: fault.status ?? 200 });
  };

  app.get(one, guard, (c) => page(c));

  app.post(one, guard, async (c) => {
    const { text } = await c.req.parseBody();
    const values = { text: typeof text === 'string' ? text : '' };
    const { authority: authorityId, id: consultationId } = c.req.param();
    const t = translator(m, langOf(c));
    try {
      RateLimiter.takeAll(
        'Too many comments.',
        [fromOne, clientAddress(ctx, c)],
        [fromAll, `${authorityId}/${consultationId}`],
      );
      await submitComment(ctx, { authorityId, consultationId, text: values.text });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      if (error.code === 'rate-limited')
        return page(c, { values, errors: { text: t('errorMany') }, status: 429 });
      if (error.code === 'conflict')
        return page(c, { values, errors: { text: t('errorOver') }, status: 409 });
      if (error.code !== 'invalid-request') throw error;
      const key = error.details.where === 'personal' ? 'errorPersonal' : 'errorLength';
      return page(c, { values, errors: { text: t(key) }, status: 422 });
    }
    return c.redirect(`/${langOf(c)}/consultations/${authorityId}/${consultationId}?thanks`, 303);
  });
  return app;
}
