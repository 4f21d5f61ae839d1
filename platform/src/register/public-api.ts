import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { apiErrors } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { groupsCsv } from './groups-csv.ts';
import { PUBLIC_STATUSES, readModelFile, readPublicSystem, searchRegister } from './public-register.ts';
import { registerJson, registerSchema, systemJson, systemSchema } from './public-schema.ts';
import { authorityId, systemId } from './record.ts';

const CURSOR = /^[a-z][a-z0-9-]{1,38}[a-z0-9]\/[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

export const registerQuery = z.object({
  q: z
    .string()
    .max(300)
    .optional()
    .describe('Words to find; case, accents and Arabic diacritics do not matter.'),
  authority: authorityId.optional(),
  status: z.enum(PUBLIC_STATUSES).optional(),
  level: z.coerce.number().int().min(1).max(4).optional().describe('Impact level.'),
  after: z.string().regex(CURSOR).optional().describe('The cursor `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/register',
  operationId: 'searchRegister',
  summary: 'The public register of systems',
  description: 'Open to everybody, without a key. Drafts are not in it.',
  tags: ['Register'],
  request: { query: registerQuery },
  responses: {
    200: { description: 'Systems', content: { 'application/json': { schema: registerSchema } } },
    ...apiErrors(400),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/api/v1/register/{authority}/{system}',
  operationId: 'readRegister',
  summary: 'One system: record, model file, versions, history, figures',
  description:
    'Open to everybody, without a key. The same as the page of the register. Members may be added to this schema; none is removed or changes its meaning without another name in "schema".',
  tags: ['Register'],
  request: {
    params: z.object({ authority: authorityId, system: systemId }),
    query: z.object({ version: z.coerce.number().int().min(1).optional().describe('An earlier version.') }),
  },
  responses: {
    200: { description: 'The system', content: { 'application/json': { schema: systemSchema } } },
    ...apiErrors(400, 404),
  },
});

const groupsRoute = createRoute({
  method: 'get',
  path: '/api/v1/register/{authority}/{system}/groups.csv',
  operationId: 'readGroups',
  summary: 'The published figures of groups as CSV',
  description:
    'Open to everybody, without a key. What "figures.groups" of the system says, one group a line: attribute, group, kind (group, unknown, together), until, decided, adverse, share, low, high. What is withheld is not there.',
  tags: ['Register'],
  request: { params: z.object({ authority: authorityId, system: systemId }) },
  responses: {
    200: { description: 'The figures', content: { 'text/csv': { schema: z.string() } } },
    ...apiErrors(404),
  },
});

const modelRoute = createRoute({
  method: 'get',
  path: '/api/v1/register/{authority}/{system}/models/{sha256}',
  operationId: 'readModel',
  summary: 'A model file, byte for byte as it was registered',
  tags: ['Register'],
  request: {
    params: z.object({
      authority: authorityId,
      system: systemId,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  },
  responses: {
    200: {
      description: 'The file',
      content: {
        'application/json': { schema: z.unknown() },
        'application/octet-stream': { schema: z.unknown() },
      },
    },
    ...apiErrors(404),
  },
});

/** Open data: anybody may read it from anywhere; a suspension must be seen at once, so caches ask again. */
const OPEN = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' } as const;

/** Reads a query by its schema. Throws `invalid-request` and names every fault. */
export function parseQuery<T extends z.ZodType>(schema: T, query: Record<string, string>): z.infer<T> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  throw new PlatformError('invalid-request', 'The query is not valid.', {
    faults: parsed.error.issues.map((i) => ({ where: `?${i.path.map(String).join('.')}`, what: i.message })),
    mend: 'Correct the parameters named in "faults"; /api/v1/openapi.json describes them.',
  });
}

/** The register for machines. */
export function publicRegisterApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  for (const route of [listRoute, readRoute, groupsRoute, modelRoute])
    app.openAPIRegistry.registerPath(route);

  app.get('/api/v1/register', async (c) => {
    const { q, authority, status, level, after, limit } = parseQuery(registerQuery, c.req.query());
    const found = await searchRegister(ctx, {
      text: q,
      authorityId: authority,
      status,
      impactLevel: level,
      after,
      limit,
    });
    return c.json(registerJson(found.entries, found.next), 200, OPEN);
  });

  app.get('/api/v1/register/:authority/:system', async (c) => {
    const { version } = parseQuery(readRoute.request.query, c.req.query());
    const { authority, system } = c.req.param();
    return c.json(await systemJson(ctx, await readPublicSystem(ctx, authority, system, version)), 200, OPEN);
  });

  app.get('/api/v1/register/:authority/:system/groups.csv', async (c) => {
    const { authority, system } = c.req.param();
    const { figures } = await readPublicSystem(ctx, authority, system);
    return c.body(groupsCsv(figures?.groups ?? {}), 200, {
      ...OPEN,
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="${system}-groups.csv"`,
      'X-Content-Type-Options': 'nosniff',
    });
  });

  app.get('/api/v1/register/:authority/:system/models/:sha256', async (c) => {
    const { authority, system, sha256 } = c.req.param();
    const bytes = await readModelFile(ctx, authority, system, sha256);
    const json = /^\s*\{\s*"/.test(Buffer.from(bytes.subarray(0, 200)).toString('latin1'));
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': json ? 'application/json' : 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${system}-${sha256.slice(0, 12)}.${json ? 'json' : 'model'}"`,
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
      // The address is the hash of what it gives.
      'Cache-Control': 'public, max-age=31536000, immutable',
    });
  });
  return app;
}
