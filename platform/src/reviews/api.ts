import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { authenticateApiKey, requireScope } from '../access/index.ts';
import { apiErrors, bearer } from '../api/schemas.ts';
import { countFiles } from '../attachments/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { typed } from '../store/index.ts';
import { reviewClock } from './clock.ts';
import { findReview, type ReviewRow } from './find.ts';
import { KINDS } from './kinds.ts';
import type { ReviewTables } from './tables.ts';

const MOST = 200;

const requestSchema = z
  .object({
    request: z.string(),
    case: z.string(),
    decision: z.string().describe('The decision under review'),
    system: z.string(),
    status: z.enum(['open', 'assigned', 'decided']),
    kind: z.enum(KINDS).nullable().describe('What the desk qualified it as; null until it has'),
    contested: z.boolean().describe('The person contests the qualification'),
    requested_at: z.iso.datetime(),
    clock: z.object({
      due: z.iso.date().describe('The last day that holds'),
      state: z.enum(['running', 'near', 'passed', 'paused', 'answered']),
      rule: z.string(),
      certainty: z.string(),
      unverified: z.boolean().describe('No source gives the length of this period'),
      extended: z.boolean(),
    }),
    documents: z.enum(['not-asked', 'waiting', 'brought']),
    files: z
      .int()
      .describe('How many files came with it and were not taken back; their content is not given here'),
    outcome: z.enum(['upheld', 'rejected']).nullable(),
    new_decision: z.string().nullable(),
    collective: z.string().nullable(),
  })
  .openapi('RequestForReview');

const query = z.object({
  status: z.enum(['open', 'assigned', 'decided']).optional(),
  case: z
    .string()
    .regex(/^case_[0-9a-z]{24}$/)
    .optional(),
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/requests',
  operationId: 'requestsForReview',
  summary: 'Requests for review, with what each is in law and where its clock stands',
  description: `At most ${MOST}, the earliest date first. What people wrote is not in it.`,
  tags: ['Requests for review'],
  security: bearer,
  request: { query },
  responses: {
    200: {
      description: 'Requests of the systems of the key',
      content: {
        'application/json': { schema: z.object({ requests: z.array(requestSchema) }).openapi('Requests') },
      },
    },
    ...apiErrors(400, 401, 403),
  },
});

const params = z.object({ request: z.string().regex(/^rev_[0-9a-z]{24}$/) });

const oneRoute = createRoute({
  method: 'get',
  path: '/api/v1/requests/{request}',
  operationId: 'requestForReview',
  summary: 'One request for review',
  tags: ['Requests for review'],
  security: bearer,
  request: { params },
  responses: {
    200: { description: 'The request', content: { 'application/json': { schema: requestSchema } } },
    ...apiErrors(401, 403, 404),
  },
});

/** Requests for review for an agency's own systems: kinds, clocks and outcomes, never anybody's words. */
export function requestsApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  for (const route of [listRoute, oneRoute]) app.openAPIRegistry.registerPath(route);
  const callerOf = async (header: string | undefined) => {
    const caller = await authenticateApiKey(ctx, header);
    requireScope(caller, 'decisions:read');
    return caller;
  };

  app.get('/api/v1/requests', async (c) => {
    const caller = await callerOf(c.req.header('authorization'));
    const asked = query.safeParse(c.req.query());
    if (!asked.success) {
      throw new PlatformError('invalid-request', 'The query is not valid.', {
        faults: asked.error.issues.map((i) => ({ where: `?${i.path.join('.')}`, what: i.message })),
        mend: 'Use ?status=open, assigned or decided and ?case=CASE.',
      });
    }
    let rows = typed<ReviewTables>(ctx.store.read)
      .selectFrom('reviews')
      .selectAll()
      .where('authority_id', '=', caller.authorityId)
      .orderBy('treat_due')
      .orderBy('review_id')
      .limit(MOST);
    if (asked.data.status !== undefined) rows = rows.where('status', '=', asked.data.status);
    if (asked.data.case !== undefined) rows = rows.where('case_id', '=', asked.data.case);
    if (caller.systems !== 'all') rows = rows.where('system_id', 'in', caller.systems);
    const now = ctx.clock.now();
    const found = await rows.execute();
    const counts = await countFiles(
      ctx.store.read,
      caller.authorityId,
      found.map((row) => row.review_id),
    );
    const requests = found.map((row) => plain(row, counts.get(row.review_id) ?? 0, now));
    return c.json({ requests }, 200, { 'Cache-Control': 'no-store' });
  });

  app.get('/api/v1/requests/:request', async (c) => {
    const caller = await callerOf(c.req.header('authorization'));
    const row = await findReview(ctx, caller.authorityId, c.req.param('request'));
    if (caller.systems !== 'all' && !caller.systems.includes(row.system_id)) {
      throw new PlatformError('not-found', 'There is no such request for review.');
    }
    const counts = await countFiles(ctx.store.read, caller.authorityId, [row.review_id]);
    return c.json(plain(row, counts.get(row.review_id) ?? 0, ctx.clock.now()), 200, {
      'Cache-Control': 'no-store',
    });
  });
  return app;
}

function plain(row: ReviewRow, files: number, now: Temporal.Instant): z.infer<typeof requestSchema> {
  const { due, state, treat, unverified, extended } = reviewClock(row, now);
  return {
    request: row.review_id,
    case: row.case_id,
    decision: row.decision_id,
    system: row.system_id,
    status: row.status,
    kind: row.kind,
    contested: row.contested === 1,
    requested_at: row.requested_at,
    clock: {
      due: due.toString(),
      state,
      rule: treat.rule.id,
      certainty: treat.rule.certainty,
      unverified,
      extended: extended !== undefined,
    },
    documents: row.asked_at === null ? 'not-asked' : row.brought_at === null ? 'waiting' : 'brought',
    files,
    outcome: row.outcome,
    new_decision: row.new_decision_id,
    collective: row.collective_id,
  };
}
