import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { authenticateApiKey, requireScope } from '../access/index.ts';
import { readJson } from '../api/body.ts';
import { apiErrors, bearer } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import type { WebEnv } from '../http.ts';
import { systemId } from '../register/record.ts';
import { answerSchema, readAnswer } from './answer.ts';
import { decide } from './decide.ts';
import { envelope } from './envelope.ts';

const decideRoute = createRoute({
  method: 'post',
  path: '/api/v1/systems/{system}/decisions',
  operationId: 'decide',
  summary: 'Ask a system to decide one case',
  description:
    'Runs the registered model, explains it, and seals the decision before it answers. 201: the decision, in force. 202: the outcome is adverse for the person, so a person of the authority decides; the answer names no outcome. Send the same Idempotency-Key with the same body to get the same answer again.',
  tags: ['Decisions'],
  security: bearer,
  request: {
    params: z.object({ system: systemId.openapi({ example: 'soutien-menages' }) }),
    headers: z.object({
      'Idempotency-Key': z.string().min(8).max(200).openapi({ example: 'dossier-2026-000123' }),
    }),
    body: { required: true, content: { 'application/json': { schema: envelope } } },
  },
  responses: {
    201: { description: 'Decided', content: { 'application/json': { schema: answerSchema } } },
    202: { description: 'A person decides', content: { 'application/json': { schema: answerSchema } } },
    ...apiErrors(400, 401, 403, 404, 409, 413, 422, 503),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/api/v1/decisions/{decision}',
  operationId: 'readDecision',
  summary: 'Read one decision as it stands',
  tags: ['Decisions'],
  security: bearer,
  request: { params: z.object({ decision: z.string().regex(/^dec_[0-9a-z]{24}$/) }) },
  responses: {
    200: { description: 'The decision', content: { 'application/json': { schema: answerSchema } } },
    ...apiErrors(401, 403, 404, 410),
  },
});

/**
 * Agencies' routes for decisions. The documents come from the same schemas that validate, but the body is read
 * here: a request is parsed once, in `admit`.
 */
export function decisionsApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  app.openAPIRegistry.registerPath(decideRoute);
  app.openAPIRegistry.registerPath(readRoute);

  app.post('/api/v1/systems/:system/decisions', async (c) => {
    const system = c.req.param('system');
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    requireScope(caller, 'decisions:write', system);
    const answer = await decide(ctx, {
      caller,
      systemId: system,
      idempotencyKey: c.req.header('idempotency-key'),
      body: await readJson(c),
    });
    return c.json(answer, answer.status === 'awaiting-person' ? 202 : 201, {
      'Cache-Control': 'no-store',
      Location: `/api/v1/decisions/${answer.decision}`,
    });
  });

  app.get('/api/v1/decisions/:decision', async (c) => {
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    const answer = await readAnswer(ctx, caller.authorityId, c.req.param('decision'));
    requireScope(caller, 'decisions:read', answer.system);
    return c.json(answer, 200, { 'Cache-Control': 'no-store' });
  });
  return app;
}
