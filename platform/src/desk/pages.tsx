import { Hono } from 'hono';
import { csrfGuard, type Staff, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { LANG, siteOf } from '../http.ts';
import { waitingExercises } from '../primacy/index.ts';
import { renderPage } from '../web/index.ts';
import { decisionPages } from './decision-pages.tsx';
import { draftedAmong } from './drafts.ts';
import {
  type QueueFigures,
  queueFigures,
  type QueuePage as Waiting,
  type WaitingProposal,
  waitingProposals,
} from './queue.ts';
import { QueuePage } from './queue-page.tsx';
import { type QueueQuery, readQuery } from './queue-query.ts';
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
    const found = await waitingProposals(ctx, authorityId, { ...query, ...filter });
    const page = await withExercises(ctx, c.var.staff, query, found);
    const ids = page.proposals.map((proposal) => proposal.decisionId);
    const shown = (
      <QueuePage
        authorityId={authorityId}
        systems={await deskSystems(ctx, authorityId)}
        standing={await deskStanding(ctx, authorityId, staffId)}
        query={query}
        page={page}
        figures={await figuresWith(ctx, c.var.staff)}
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

/** Files with a known answer stand in the queue like any other, on the first page, in its order. */
async function withExercises(
  ctx: Context,
  { authorityId, staffId }: Staff,
  query: QueueQuery,
  page: Waiting,
): Promise<Waiting> {
  if (query.after !== undefined || query.before !== undefined || query.days !== undefined) return page;
  const mine = (await waitingExercises(ctx, authorityId, staffId)).filter(
    ({ systemId }) => query.system === undefined || systemId === query.system,
  );
  if (mine.length === 0) return page;
  const key = (p: WaitingProposal) =>
    query.sort === 'reference' ? p.reference : query.sort === 'system' ? `${p.systemId} ${p.since}` : p.since;
  const sign = query.direction === 'descending' ? -1 : 1;
  const sorted = [...page.proposals, ...mine].sort((a, b) => sign * (key(a) < key(b) ? -1 : 1));
  // The last row of a page is the cursor of the next one: it stays a proposal of the queue.
  const last = page.next === undefined ? undefined : page.proposals.at(-1);
  const proposals = last === undefined ? sorted : [...sorted.filter((p) => p !== last), last];
  return { ...page, proposals };
}

async function figuresWith(ctx: Context, { authorityId, staffId }: Staff): Promise<QueueFigures> {
  const figures = await queueFigures(ctx, authorityId);
  const mine = await waitingExercises(ctx, authorityId, staffId);
  const oldest = [
    ...mine.map(({ since }) => since),
    ...(figures.oldest === undefined ? [] : [figures.oldest]),
  ].sort()[0];
  return { count: figures.count + mine.length, oldest };
}
