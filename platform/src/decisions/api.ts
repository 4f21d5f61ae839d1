import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { authenticateApiKey, requireScope } from '../access/index.ts';
import { readJson, readText } from '../api/body.ts';
import { apiErrors, bearer } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { systemId } from '../register/record.ts';
import { answerSchema, readAnswer } from './answer.ts';
import { decideBatch } from './batch.ts';
import { BATCH_BYTES_MOST } from './batch-lines.ts';
import { decide } from './decide.ts';
import { envelope } from './envelope.ts';

const batchLine = envelope.extend({ idempotency_key: z.string().min(8).max(200) }).openapi('BatchLine');
const batchAnswer = answerSchema.extend({ line: z.number().int() }).openapi('BatchAnswer');

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

const batchRoute = createRoute({
  method: 'post',
  path: '/api/v1/systems/{system}/decisions/batch',
  operationId: 'decideBatch',
  summary: 'Ask a system to decide many cases',
  description:
    'NDJSON: an envelope a line, each with its own idempotency_key; at most 10,000 lines or 16 MB. Every line is validated before any is decided, and all are sealed together or none: a fault names its line. The answer is NDJSON too: a line for each line, with its number and the decision. Send the same lines again to get the same answers again.',
  tags: ['Decisions'],
  security: bearer,
  request: {
    params: z.object({ system: systemId.openapi({ example: 'soutien-menages' }) }),
    body: { required: true, content: { 'application/x-ndjson': { schema: batchLine } } },
  },
  responses: {
    200: { description: 'Decided', content: { 'application/x-ndjson': { schema: batchAnswer } } },
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
  app.openAPIRegistry.registerPath(batchRoute);
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

  app.post('/api/v1/systems/:system/decisions/batch', async (c) => {
    const system = c.req.param('system');
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    requireScope(caller, 'decisions:write', system);
    if (!/^application\/(?:x-ndjson|jsonl)\b/i.test(c.req.header('content-type') ?? '')) {
      throw new PlatformError('invalid-request', 'The batch is not NDJSON.', {
        where: 'Content-Type',
        mend: 'Send one JSON object a line with the header Content-Type: application/x-ndjson.',
      });
    }
    const answers = await decideBatch(ctx, caller, system, await readText(c, BATCH_BYTES_MOST));
    const lines = answers.map((answer, i) => JSON.stringify({ line: i + 1, ...answer }));
    return c.body(`${lines.join('\n')}\n`, 200, {
      'Cache-Control': 'no-store',
      'Content-Type': 'application/x-ndjson; charset=utf-8',
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
