import { Hono } from 'hono';
import { assertCan, csrfGuard, listStaff, staffOnly } from '../access/index.ts';
import type { Context } from '../context.ts';
import { LANG, siteOf, type WebEnv } from '../http.ts';

import { renderPage } from '../web/index.ts';
import { answerReview } from './answer-route.tsx';
import { queueSizes, reviewQueue } from './queue.ts';
import { queuesOf, ReviewQueuePage } from './queue-page.tsx';
import { giveReview, showReview } from './request-routes.tsx';
import { namesOf } from './systems.ts';

/** The staff's pages for requests for review: lists, a request and its answer, giving it to a reviewer. */
export function reviewPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const guard = csrfGuard(ctx);
  const list = `${LANG}/staff/:authority/reviews` as const;
  const request = `${list}/:review{rev_[0-9a-z]{24}}` as const;
  const inside = staffOnly(ctx, 'own.read');

  app.get(list, inside, guard, async (c) => {
    const { staff } = c.var;
    const queues = queuesOf(staff);
    const [first] = queues;
    if (first === undefined) assertCan(staff, 'review.decide');
    const queue = queues.find((known) => known === c.req.query('list')) ?? first ?? 'mine';
    const { authorityId, staffId } = staff;
    const after = c.req.query('after');
    const names = await listStaff(ctx, authorityId);
    const shown = (
      <ReviewQueuePage
        staff={staff}
        queue={queue}
        page={await reviewQueue(ctx, authorityId, { queue, staffId, after })}
        sizes={await queueSizes(ctx, authorityId, staffId)}
        further={after !== undefined}
        names={new Map(names.map((person) => [person.staffId, person.name]))}
        systems={await namesOf(ctx, authorityId)}
        now={ctx.clock.now()}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });

  app.get(request, inside, guard, (c) => showReview(ctx, c, c.req.param('review')));
  app.post(request, staffOnly(ctx, 'review.decide'), guard, (c) =>
    answerReview(ctx, c, c.req.param('review')),
  );
  app.post(`${request}/assign`, staffOnly(ctx, 'review.assign'), guard, (c) =>
    giveReview(ctx, c, c.req.param('review')),
  );
  return app;
}
