import { Hono } from 'hono';
import { csrfGuard, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { LANG, siteOf } from '../http.ts';
import { renderPage } from '../web/index.ts';
import { decisionPages } from './decision-pages.tsx';
import { draftedAmong } from './drafts.ts';
import { queueFigures, waitingProposals } from './queue.ts';
import { QueuePage } from './queue-page.tsx';
import { readQuery } from './queue-query.ts';
import { deskStanding } from './standing.ts';
import { deskSystems } from './systems.ts';

/** The desk: what waits for a person; one proposal, its check before signing, and what follows. */
export function deskPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const desk = `${LANG}/staff/:authority/desk` as const;

  app.get(desk, staffOnly(ctx, 'desk.decide'), csrfGuard(ctx), async (c) => {
    const { authorityId, staffId } = c.var.staff;
    const query = readQuery(c.req.query());
    const filter = { systemId: query.system, days: query.days };
    const filtered = query.system !== undefined || query.days !== undefined;
    const page = await waitingProposals(ctx, authorityId, { ...query, ...filter });
    const ids = page.proposals.map((proposal) => proposal.decisionId);
    const shown = (
      <QueuePage
        authorityId={authorityId}
        systems={await deskSystems(ctx, authorityId)}
        standing={await deskStanding(ctx, authorityId, staffId)}
        query={query}
        page={page}
        figures={await queueFigures(ctx, authorityId)}
        matching={filtered ? (await queueFigures(ctx, authorityId, filter)).count : undefined}
        drafted={await draftedAmong(ctx, authorityId, staffId, ids)}
        now={ctx.clock.now()}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });

  app.route('/', decisionPages(ctx));
  return app;
}
