import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { type ApiCaller, authenticateApiKey, requireScope } from '../access/index.ts';
import { readJson } from '../api/body.ts';
import { apiErrors, bearer } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { typed } from '../store/index.ts';
import type { WebhookTables } from './tables.ts';
import {
  createWebhook,
  deleteWebhook,
  findWebhook,
  listWebhooks,
  replay,
  rotateSecret,
  setStatus,
  type Webhook,
  within,
} from './webhooks.ts';

const webhookSchema = z
  .object({
    webhook: z.string(),
    url: z.string(),
    systems: z.union([z.literal('all'), z.array(z.string())]),
    types: z.union([z.literal('all'), z.array(z.string())]),
    status: z.enum(['active', 'paused']),
    cursor: z.string().describe('The last event that was delivered, or set aside to be retried.'),
    created_at: z.iso.datetime(),
  })
  .openapi('Webhook');
const withSecret = webhookSchema
  .extend({
    secret: z.string().describe('Shown this one time: whsec_ and base64, as Standard Webhooks has it.'),
  })
  .openapi('WebhookWithSecret');
const newWebhook = z
  .strictObject({
    url: z.string().max(2_000),
    systems: z
      .array(z.string().max(64))
      .min(1)
      .max(100)
      .optional()
      .describe('Left out: all that the key acts for.'),
    types: z
      .array(z.string().regex(/^[a-z]+(?:-[a-z]+)*$/))
      .min(1)
      .max(50)
      .optional()
      .describe('Left out: all.'),
  })
  .openapi('NewWebhook');
const changeBody = z
  .strictObject({
    status: z.enum(['active', 'paused']).optional(),
    replay_after: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional()
      .describe('Send every event after this cursor again.'),
  })
  .openapi('WebhookChange');
const failureSchema = z
  .object({
    cursor: z.string(),
    status: z.enum(['waiting', 'dead']),
    attempts: z.number().int(),
    next_at: z.iso.datetime(),
    failure: z.string(),
  })
  .openapi('WebhookFailure');

const params = z.object({ webhook: z.string().regex(/^whk_[0-9a-z]{24}$/) });
const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } });
const common = { tags: ['Events'], security: bearer };

const routes = [
  createRoute({
    ...common,
    method: 'post',
    path: '/api/v1/webhooks',
    operationId: 'createWebhook',
    summary: 'Have events sent to an address',
    description:
      'Standard Webhooks: signed, at least once, retried for about three days, then set aside. The body is a CloudEvent and names no person. Scope events:read and webhooks:write.',
    request: { body: { required: true, content: json(newWebhook) } },
    responses: {
      201: { description: 'Made', content: json(withSecret) },
      ...apiErrors(400, 401, 403, 409, 413, 422, 503),
    },
  }),
  createRoute({
    ...common,
    method: 'get',
    path: '/api/v1/webhooks',
    operationId: 'listWebhooks',
    summary: 'The webhooks of your authority',
    responses: {
      200: {
        description: 'All within the reach of the key',
        content: json(z.object({ webhooks: z.array(webhookSchema) })),
      },
      ...apiErrors(401, 403),
    },
  }),
  createRoute({
    ...common,
    method: 'patch',
    path: '/api/v1/webhooks/{webhook}',
    operationId: 'changeWebhook',
    summary: 'Pause a webhook, go on, or send events again',
    request: { params, body: { required: true, content: json(changeBody) } },
    responses: {
      200: { description: 'Changed', content: json(webhookSchema) },
      ...apiErrors(400, 401, 403, 404, 503),
    },
  }),
  createRoute({
    ...common,
    method: 'post',
    path: '/api/v1/webhooks/{webhook}/secret',
    operationId: 'rotateWebhookSecret',
    summary: 'A new secret; the old one signs beside it for a day',
    request: { params },
    responses: {
      200: { description: 'Changed', content: json(withSecret) },
      ...apiErrors(401, 403, 404, 503),
    },
  }),
  createRoute({
    ...common,
    method: 'get',
    path: '/api/v1/webhooks/{webhook}/failures',
    operationId: 'webhookFailures',
    summary: 'Events that were not taken: waiting for the next attempt, or given up',
    request: { params },
    responses: {
      200: {
        description: 'Oldest first, 500 at most',
        content: json(z.object({ failures: z.array(failureSchema) })),
      },
      ...apiErrors(401, 403, 404),
    },
  }),
  createRoute({
    ...common,
    method: 'delete',
    path: '/api/v1/webhooks/{webhook}',
    operationId: 'deleteWebhook',
    summary: 'Send nothing there any more',
    request: { params },
    responses: { 204: { description: 'Deleted' }, ...apiErrors(401, 403, 404, 503) },
  }),
] as const;

const shown = (w: Webhook) => ({
  webhook: w.webhookId,
  url: w.url,
  systems: w.systems,
  types: w.types,
  status: w.status,
  cursor: String(w.cursor),
  created_at: w.createdAt,
});

/** Agencies' routes for webhooks. */
export function webhooksApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  for (const route of routes) app.openAPIRegistry.registerPath(route);
  const callerOf = async (authorization: string | undefined) => {
    const caller = await authenticateApiKey(ctx, authorization);
    requireScope(caller, 'webhooks:write');
    requireScope(caller, 'events:read');
    return caller;
  };
  const present = async (caller: ApiCaller, id: string) =>
    shown((await listWebhooks(ctx, caller.authorityId)).find(({ webhookId }) => webhookId === id) as Webhook);
  const PRIVATE = { 'Cache-Control': 'no-store' } as const;

  app.post('/api/v1/webhooks', async (c) => {
    const caller = await callerOf(c.req.header('authorization'));
    const body = parsed(
      newWebhook,
      await readJson(c),
      'Send {"url": "https://…"} and, if you want fewer events, "systems" and "types".',
    );
    const systems = body.systems ?? caller.systems;
    if (!within(caller, systems)) {
      throw new PlatformError('forbidden', 'This API key does not act for all of these systems.', {
        where: '/systems',
        mend: 'Name only systems of the key.',
      });
    }
    const { webhook, secret } = await createWebhook(ctx, caller, {
      url: body.url,
      systems,
      types: body.types ?? 'all',
    });
    return c.json({ ...shown(webhook), secret }, 201, PRIVATE);
  });

  app.get('/api/v1/webhooks', async (c) => {
    const caller = await callerOf(c.req.header('authorization'));
    const all = await listWebhooks(ctx, caller.authorityId);
    return c.json({ webhooks: all.filter((w) => within(caller, w.systems)).map(shown) }, 200, PRIVATE);
  });

  app.patch('/api/v1/webhooks/:webhook', async (c) => {
    const caller = await callerOf(c.req.header('authorization'));
    const row = await findWebhook(ctx, caller, c.req.param('webhook'));
    const change = parsed(
      changeBody,
      await readJson(c),
      'Send {"status": "paused"}, {"status": "active"} or {"replay_after": "CURSOR"}.',
    );
    if (change.replay_after !== undefined) await replay(ctx, row, Number(change.replay_after));
    if (change.status !== undefined) await setStatus(ctx, row, change.status);
    return c.json(await present(caller, row.webhook_id), 200, PRIVATE);
  });

  app.post('/api/v1/webhooks/:webhook/secret', async (c) => {
    const caller = await callerOf(c.req.header('authorization'));
    const secret = await rotateSecret(ctx, caller, c.req.param('webhook'));
    return c.json({ ...(await present(caller, c.req.param('webhook'))), secret }, 200, PRIVATE);
  });

  app.get('/api/v1/webhooks/:webhook/failures', async (c) => {
    const caller = await callerOf(c.req.header('authorization'));
    const row = await findWebhook(ctx, caller, c.req.param('webhook'));
    const failures = await typed<WebhookTables>(ctx.store.read)
      .selectFrom('webhook_retries')
      .selectAll()
      .where('authority_id', '=', row.authority_id)
      .where('webhook_id', '=', row.webhook_id)
      .orderBy('log_index')
      .limit(500)
      .execute();
    return c.json(
      {
        failures: failures.map(({ log_index, status, attempts, next_at, failure }) => ({
          cursor: String(log_index),
          status,
          attempts,
          next_at,
          failure,
        })),
      },
      200,
      PRIVATE,
    );
  });

  app.delete('/api/v1/webhooks/:webhook', async (c) => {
    const caller = await callerOf(c.req.header('authorization'));
    await deleteWebhook(ctx, caller, c.req.param('webhook'));
    return c.body(null, 204, PRIVATE);
  });
  return app;
}

function parsed<T extends z.ZodType>(schema: T, body: unknown, mend: string): z.infer<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new PlatformError('invalid-request', 'The request is not valid.', {
    faults: result.error.issues
      .slice(0, 10)
      .map((i) => ({ where: `/${i.path.map(String).join('/')}`, what: i.message })),
    mend,
  });
}
