import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { authenticateApiKey, requireScope } from '../access/index.ts';
import { readJson } from '../api/body.ts';
import { apiErrors, bearer } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { establishOutcome, SOUGHT } from './established-outcome.ts';
import { findDecisionRow } from './view.ts';

const body = z
  .strictObject({
    outcome: z
      .enum(['favourable', 'adverse'])
      .describe(
        'The effect that the facts call for, as they turned out to be: "adverse" where what the system looks for was really there.',
      ),
    sought: z
      .enum(SOUGHT)
      .describe(
        'Why anybody looked: because of the decision, because the case was drawn at random whatever the decision, or for another reason. Only cases drawn at random say something about those never looked at.',
      ),
  })
  .openapi('EstablishedOutcome');

const route = createRoute({
  method: 'put',
  path: '/api/v1/decisions/{decision}/outcome',
  operationId: 'establishOutcome',
  summary: 'Tell what the facts of a case turned out to be',
  description:
    'For audits: changes no decision. Sealed in the life of the case. Sending the same again changes nothing; sending something else corrects it, and both stand. Scope outcomes:write.',
  tags: ['Decisions'],
  security: bearer,
  request: {
    params: z.object({ decision: z.string().regex(/^dec_[0-9a-z]{24}$/) }),
    body: { required: true, content: { 'application/json': { schema: body } } },
  },
  responses: {
    200: {
      description: 'Recorded, or known already',
      content: { 'application/json': { schema: z.object({ status: z.enum(['recorded', 'unchanged']) }) } },
    },
    ...apiErrors(400, 401, 403, 404, 410, 413, 503),
  },
});

/** Agencies' route for what inspections and inquiries found. */
export function outcomesApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  app.openAPIRegistry.registerPath(route);
  app.put('/api/v1/decisions/:decision/outcome', async (c) => {
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    const { authorityId } = caller;
    const decisionId = c.req.param('decision');
    const row = await findDecisionRow(ctx, authorityId, decisionId);
    requireScope(caller, 'outcomes:write', row?.system_id);
    const parsed = body.safeParse(await readJson(c));
    if (!parsed.success) {
      throw new PlatformError('invalid-request', 'The outcome is not valid.', {
        faults: parsed.error.issues.map((i) => ({ where: `/${i.path.join('/')}`, what: i.message })),
        mend: 'Send {"outcome": "favourable" or "adverse", "sought": "decision", "random" or "other"}.',
      });
    }
    const status = await establishOutcome(ctx, { authorityId, decisionId, ...parsed.data });
    return c.json({ status }, 200, { 'Cache-Control': 'no-store' });
  });
  return app;
}
