import { Hono } from 'hono';
import { assertCan, csrfGuard, listStaff, staffOnly } from '../access/index.ts';
import type { Context } from '../context.ts';
import { LANG, siteOf, type WebEnv } from '../http.ts';

import { renderPage } from '../web/index.ts';
import { answerReview } from './answer-route.tsx';
import { ask, extend, qualify, qualifyPage } from './desk-routes.tsx';
import { queueSizes, reviewQueue } from './queue.ts';
import { queuesOf, ReviewQueuePage } from './queue-page.tsx';
import { giveFile, giveReview, showReview } from './request-routes.tsx';
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
    const { authorityId, staffId } = staff;
    if (queues.length === 0) assertCan(staff, 'review.decide');
    const sizes = await queueSizes(ctx, authorityId, staffId);
    const asked = queues.find((known) => known === c.req.query('list'));
    // What waits to be qualified comes first to a supervisor, and what waits for a reviewer to that reviewer.
    const queue = asked ?? queues.find((known) => sizes[known] > 0) ?? queues[0] ?? 'mine';
    const after = c.req.query('after');
    const names = await listStaff(ctx, authorityId);
    const shown = (
      <ReviewQueuePage
        staff={staff}
        queue={queue}
        page={await reviewQueue(ctx, authorityId, { queue, staffId, after })}
        sizes={sizes}
        further={after !== undefined}
        names={new Map(names.map((person) => [person.staffId, person.name]))}
        systems={await namesOf(ctx, authorityId)}
        now={ctx.clock.now()}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });

  app.get(request, inside, guard, (c) => showReview(ctx, c, c.req.param('review')));
  // Which permission decides depends on the kind of the request; it is asked behind this door.
  app.post(request, inside, guard, (c) => answerReview(ctx, c, c.req.param('review')));
  app.get(`${request}/qualify`, staffOnly(ctx, 'request.qualify'), guard, (c) =>
    qualifyPage(ctx, c, c.req.param('review')),
  );
  app.post(`${request}/qualify`, staffOnly(ctx, 'request.qualify'), guard, (c) =>
    qualify(ctx, c, c.req.param('review')),
  );
  app.get(`${request}/files/:file{fil_[0-9a-z]{24}}`, inside, (c) =>
    giveFile(ctx, c, c.req.param('review'), c.req.param('file')),
  );
  app.post(`${request}/documents`, inside, guard, (c) => ask(ctx, c, c.req.param('review')));
  app.post(`${request}/extend`, staffOnly(ctx, 'request.extend'), guard, (c) =>
    extend(ctx, c, c.req.param('review')),
  );
  app.post(`${request}/assign`, staffOnly(ctx, 'review.assign'), guard, (c) =>
    giveReview(ctx, c, c.req.param('review')),
  );
  return app;
}
