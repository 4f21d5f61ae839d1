import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { type ApiCaller, authenticateApiKey, requireScope } from '../access/index.ts';
import { readJson } from '../api/body.ts';
import { apiErrors, bearer } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { listSystems, type OwnSystem, readSystemState } from './own-systems.ts';
import { recordSchema } from './public-schema.ts';
import { publishVersion } from './publish.ts';
import { localized, systemId } from './record.ts';
import { changeStatus } from './status.ts';
import { readUpload, uploadSchema } from './upload.ts';

const params = z.object({ system: systemId.openapi({ example: 'soutien-menages' }) });

const stateSchema = z
  .object({
    system: z.string(),
    status: z.enum(['draft', 'live', 'suspended', 'retired']),
    version: z.number().int(),
    model_version: z.number().int(),
    model_sha256: z.string(),
    updated_at: z.iso.datetime(),
    status_reason: localized().nullable(),
    rearm_requested: z.boolean().describe('One of the two people who re-arm it has asked for it.'),
  })
  .openapi('SystemState');

const publicationSchema = z
  .object({
    system: z.string(),
    outcome: z.enum(['registered', 'published', 'unchanged']),
    status: z.enum(['draft', 'live', 'suspended', 'retired']),
    version: z.number().int(),
    model_version: z.number().int(),
    log_index: z.number().int(),
  })
  .openapi('Publication');

const statusBody = z
  .strictObject({
    status: z.enum(['live', 'suspended', 'retired']),
    reason: localized(1_000)
      .optional()
      .describe('Published with the change; only going live the first time needs none.'),
  })
  .openapi('StatusChange');

const publishRoute = createRoute({
  method: 'put',
  path: '/api/v1/systems/{system}',
  operationId: 'publishSystem',
  summary: 'Register a system, or publish a new version of it',
  description:
    'A new system is a draft until it is set live. On a live system the new version decides from its publication on. Sending what is published already changes nothing. Also as multipart/form-data with the parts record (JSON), model (the file) and sha256. Scope systems:write.',
  tags: ['Systems'],
  security: bearer,
  request: {
    params,
    body: {
      required: true,
      content: { 'application/json': { schema: uploadSchema.extend({ record: recordSchema }) } },
    },
  },
  responses: {
    200: {
      description: 'Published, or unchanged',
      content: { 'application/json': { schema: publicationSchema } },
    },
    201: {
      description: 'Registered as a draft',
      content: { 'application/json': { schema: publicationSchema } },
    },
    ...apiErrors(400, 401, 403, 409, 413, 422, 503),
  },
});

const statusRoute = createRoute({
  method: 'post',
  path: '/api/v1/systems/{system}/status',
  operationId: 'changeStatus',
  summary: 'Set a draft live, suspend a system, or retire it',
  description:
    'From its commit on, a suspended system decides nothing, and says so publicly with the reason and the manual fallback. No key re-arms a suspended system: two people do, on the staff pages. Scope systems:write.',
  tags: ['Systems'],
  security: bearer,
  request: { params, body: { required: true, content: { 'application/json': { schema: statusBody } } } },
  responses: {
    200: { description: 'Changed', content: { 'application/json': { schema: stateSchema } } },
    ...apiErrors(400, 401, 403, 404, 409, 413, 503),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/api/v1/systems/{system}',
  operationId: 'readSystem',
  summary: 'One of your systems, drafts included',
  description: 'Scope systems:read.',
  tags: ['Systems'],
  security: bearer,
  request: { params },
  responses: {
    200: { description: 'The system', content: { 'application/json': { schema: stateSchema } } },
    ...apiErrors(401, 403, 404),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/systems',
  operationId: 'listSystems',
  summary: 'Your systems, drafts included',
  description: 'Those that the key acts for, by id. Scope systems:read.',
  tags: ['Systems'],
  security: bearer,
  responses: {
    200: {
      description: 'Systems',
      content: { 'application/json': { schema: z.object({ systems: z.array(stateSchema) }) } },
    },
    ...apiErrors(401, 403),
  },
});

function stateJson(own: OwnSystem): z.infer<typeof stateSchema> {
  return {
    system: own.systemId,
    status: own.status,
    version: own.version,
    model_version: own.model.version,
    model_sha256: own.model.sha256,
    updated_at: own.updatedAt,
    status_reason: own.statusReason ?? null,
    rearm_requested: own.rearm !== undefined,
  };
}

function parseSystemId(text: string): string {
  const parsed = systemId.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new PlatformError('invalid-request', 'This is no system id.', {
    where: '{system}',
    mend: `Use ${parsed.error.issues[0]?.message ?? 'letters, digits and -'}.`,
  });
}

const mayRead = (caller: ApiCaller, systemId: string) =>
  caller.systems === 'all' || caller.systems.includes(systemId);

const PRIVATE = { 'Cache-Control': 'no-store' } as const;

/** An agency's own systems: publish, change status, read. What another authority owns does not exist here (I14). */
export function agencySystemsApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  for (const route of [publishRoute, statusRoute, readRoute, listRoute])
    app.openAPIRegistry.registerPath(route);

  app.put('/api/v1/systems/:system', async (c) => {
    const system = parseSystemId(c.req.param('system'));
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    requireScope(caller, 'systems:write', system);
    const { record, model } = await readUpload(c);
    const done = await publishVersion(ctx, caller.authorityId, system, record, model, caller.apiKeyId);
    const body: z.infer<typeof publicationSchema> = {
      system,
      outcome: done.outcome,
      status: done.status,
      version: done.version,
      model_version: done.modelVersion,
      log_index: done.logIndex,
    };
    return c.json(body, done.outcome === 'registered' ? 201 : 200, PRIVATE);
  });

  app.post('/api/v1/systems/:system/status', async (c) => {
    const system = parseSystemId(c.req.param('system'));
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    requireScope(caller, 'systems:write', system);
    const body = statusBody.safeParse(await readJson(c));
    if (!body.success) {
      throw new PlatformError('invalid-request', 'The change of status is not valid.', {
        faults: body.error.issues
          .slice(0, 10)
          .map((i) => ({ where: `/${i.path.map(String).join('/')}`, what: i.message })),
        mend: 'Send {"status": "live" | "suspended" | "retired", "reason": {"fr": "…", "ar": "…"}}.',
      });
    }
    const { authorityId } = caller;
    const { status: to, reason } = body.data;
    await changeStatus(ctx, { authorityId, systemId: system, to, reason, by: caller.apiKeyId });
    return c.json(stateJson(await readSystemState(ctx, authorityId, system)), 200, PRIVATE);
  });

  app.get('/api/v1/systems/:system', async (c) => {
    const system = parseSystemId(c.req.param('system'));
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    requireScope(caller, 'systems:read', system);
    return c.json(stateJson(await readSystemState(ctx, caller.authorityId, system)), 200, PRIVATE);
  });

  app.get('/api/v1/systems', async (c) => {
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    requireScope(caller, 'systems:read');
    const own = (await listSystems(ctx, caller.authorityId)).filter((s) => mayRead(caller, s.systemId));
    return c.json({ systems: own.map(stateJson) }, 200, PRIVATE);
  });
  return app;
}
