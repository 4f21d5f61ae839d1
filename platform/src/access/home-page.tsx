import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { LANG, siteOf } from '../http.ts';
import { EmptyState, Page, renderPage, SummaryList, useSite, useT } from '../web/index.ts';
import { csrfGuard, staffOnly } from './guard.ts';
import { m } from './messages.ts';
import { pagesOf, type StaffPage, staffHref } from './nav.tsx';
import { Roles } from './roles.tsx';
import type { Staff } from './sessions.ts';
import type { WebEnv } from './web-env.ts';

/** How much waits on a page, where its room can tell. */
export type HomeCounts = Readonly<Partial<Record<StaffPage, number>>>;

function HomePage({ staff, counts }: { staff: Staff; counts: HomeCounts }) {
  const t = useT(m);
  const { lang } = useSite();
  const pages = pagesOf(staff);
  const item = (page: StaffPage) => {
    const count = counts[page];
    return {
      term: (
        <a class="ds-link" href={staffHref(lang, staff.authorityId, page)}>
          {t(page)}
        </a>
      ),
      value: t(`${page}Hint`),
      ...(count === undefined ? {} : { note: t('waiting', { n: count }) }),
    };
  };
  return (
    <Page kind="staff" wide title={t.text('homeTitle')}>
      <h1>{t('homeTitle')}</h1>
      <p>{t('homeRoles', { roles: <Roles roles={staff.roles} /> })}</p>
      {pages.every((page) => page === 'own' || page === 'training') && (
        <EmptyState title={t('homeEmpty')}>
          <p>{t('homeEmptyText')}</p>
        </EmptyState>
      )}
      <SummaryList items={pages.map(item)} />
    </Page>
  );
}

/** The staff's home: what each role can do. */
export function homePages(ctx: Context, counts: (staff: Staff) => Promise<HomeCounts>): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(`${LANG}/staff/:authority`, staffOnly(ctx, 'own.read'), csrfGuard(ctx), async (c) => {
    const { staff } = c.var;
    return renderPage(c, siteOf(ctx, c), <HomePage staff={staff} counts={await counts(staff)} />);
  });
  return app;
}
