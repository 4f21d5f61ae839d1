import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { Context } from '../context.ts';
import { LANG, langOf, siteOf, type WebEnv } from '../http.ts';
import { type Lang, renderPage } from '../web/index.ts';
import { type AuthorityProfile, authorities } from './authorities.ts';
import { ListPage } from './list-page.tsx';
import { logPages } from './log-page.tsx';
import { registerQuery } from './public-api.ts';
import { publicModel } from './public-model.ts';
import { type PublicSystem, readPublicSystem, searchRegister } from './public-register.ts';
import { publicWatch } from './public-watch.ts';
import { staffSystemPages } from './staff-pages.tsx';
import { SystemPage } from './system-page.tsx';

const PAGE_SIZE = 20;

/** What is in the address as a query; what is not understood is left out rather than refused: a reader sees a list. */
function readQuery(raw: Record<string, string>) {
  const given = Object.fromEntries(
    Object.entries(raw).filter(
      ([name, value]) => name in registerQuery.shape && name !== 'limit' && value !== '' && value !== 'all',
    ),
  );
  const parsed = registerQuery.safeParse(given);
  if (parsed.success) return { query: parsed.data, shown: given, ignored: false };
  for (const { path } of parsed.error.issues) delete given[String(path[0])];
  return { query: registerQuery.parse(given), shown: given, ignored: true };
}

export interface RegisterPagesOptions {
  /** What other rooms publish of a system, shown on its page after the figures. */
  readonly sections?: (system: PublicSystem) => Promise<Child>;
}

/** The public register and the logs' pages; the staff's page of systems. */
export function registerPages(ctx: Context, { sections }: RegisterPagesOptions = {}): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get(`${LANG}/register`, async (c) => {
    const { query, shown, ignored } = readQuery(c.req.query());
    const { entries, next } = await searchRegister(ctx, {
      text: query.q,
      authorityId: query.authority,
      status: query.status,
      impactLevel: query.level,
      after: query.after,
      limit: PAGE_SIZE,
    });
    const props = { authorities: authorities(ctx), entries, query: shown, next, ignored };
    return renderPage(c, siteOf(ctx, c, query.authority), <ListPage {...props} />);
  });

  const show = async (system: PublicSystem, lang: Lang) => {
    const authority = authorities(ctx).get(system.authorityId) as AuthorityProfile;
    const watch = await publicWatch(ctx, system, lang);
    const model = await publicModel(ctx, system);
    const page = (
      <SystemPage
        system={system}
        authority={authority}
        model={model}
        watch={watch}
        more={await sections?.(system)}
      />
    );
    return { page, human: system.record.humanContact };
  };

  // Never from a cache: a suspension is seen at once (I11).
  app.get(`${LANG}/register/:authority/:system`, async (c) => {
    const { authority, system } = c.req.param();
    const { page, human } = await show(await readPublicSystem(ctx, authority, system), langOf(c));
    return renderPage(c, { ...siteOf(ctx, c, authority), human }, page);
  });

  app.get(`${LANG}/register/:authority/:system/versions/:version{[1-9][0-9]{0,5}}`, async (c) => {
    const { authority, system, version } = c.req.param();
    const { page, human } = await show(
      await readPublicSystem(ctx, authority, system, Number(version)),
      langOf(c),
    );
    return renderPage(c, { ...siteOf(ctx, c, authority), human }, page);
  });

  app.route('/', logPages(ctx));
  app.route('/', staffSystemPages(ctx));
  return app;
}
