import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { authenticateApiKey, requireScope } from '../access/index.ts';
import { cloudEvent } from '../cases/cloud-event.ts';
import { eventsAfter } from '../cases/feed.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { apiErrors, bearer } from './schemas.ts';

const PAGE_MOST = 500;

const eventSchema = z
  .object({
    cursor: z.string(),
    type: z.string(),
    at: z.iso.datetime(),
    system: z.string(),
    case: z.string(),
    decision: z.string().optional(),
  })
  .openapi('Event');

const query = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .describe('The cursor of the last event you have handled; leave it out to begin at the beginning.'),
  limit: z.coerce.number().int().min(1).max(PAGE_MOST).default(100),
});

const eventsRoute = createRoute({
  method: 'get',
  path: '/api/v1/events',
  operationId: 'events',
  summary: 'What happened in your cases, in order, at least once',
  description:
    'Written in the transaction of the event itself. Keep the last cursor; ask again from it. Events name no person: read the decision for what it says. Ask with Accept: application/cloudevents-batch+json for CloudEvents.',
  tags: ['Events'],
  security: bearer,
  request: { query },
  responses: {
    200: {
      description: 'Events after the cursor, oldest first',
      content: {
        'application/json': {
          schema: z
            .object({ events: z.array(eventSchema), next: z.string(), more: z.boolean() })
            .openapi('Events'),
        },
      },
    },
    ...apiErrors(400, 401, 403),
  },
});

/** The event feed of an authority's cases: a cursor over the log, kept to the systems of the key. */
export function eventsApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  app.openAPIRegistry.registerPath(eventsRoute);
  app.get('/api/v1/events', async (c) => {
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    requireScope(caller, 'events:read');
    const asked = query.safeParse(c.req.query());
    if (!asked.success) {
      throw new PlatformError('invalid-request', 'The query is not valid.', {
        faults: asked.error.issues.map((i) => ({ where: `?${i.path.join('.')}`, what: i.message })),
        mend: `Use ?after=CURSOR from an earlier answer and ?limit=1 to ${PAGE_MOST}.`,
      });
    }
    const { after, limit } = asked.data;
    const found = await eventsAfter(ctx, {
      authorityId: caller.authorityId,
      systems: caller.systems,
      after: after === undefined ? undefined : Number(after),
      limit: limit + 1,
    });
    if (/\bapplication\/cloudevents-batch\+json\b/.test(c.req.header('accept') ?? '')) {
      return c.body(JSON.stringify(found.slice(0, limit).map(cloudEvent)), 200, {
        'Cache-Control': 'no-store',
        'Content-Type': 'application/cloudevents-batch+json; charset=utf-8',
      });
    }
    const events = found.slice(0, limit).map((row) => ({
      cursor: String(row.log_index),
      type: row.type,
      at: row.at,
      system: row.system_id,
      case: row.case_id,
      ...(row.decision_id === null ? {} : { decision: row.decision_id }),
    }));
    return c.json({ events, next: events.at(-1)?.cursor ?? after ?? '', more: found.length > limit }, 200, {
      'Cache-Control': 'no-store',
    });
  });
  return app;
}
