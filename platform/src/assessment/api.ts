import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { apiErrors } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import type { WebEnv } from '../http.ts';
import { readPublicSystem } from '../register/public-register.ts';
import { authorityId, systemId } from '../register/record.ts';
import { assessmentJson, publishedAssessments } from './public.ts';

const points = z.object({ points: z.number(), of: z.number(), enough: z.boolean() });

const schema = z
  .object({
    schema: z.literal('taalil-assessment/1'),
    authority: z.string(),
    system: z.string(),
    assessments: z.array(
      z.object({
        assessment: z.string(),
        pack: z.string(),
        rule: z.string(),
        approved_at: z.iso.datetime().nullable(),
        log_index: z.number().int().nullable(),
        level: z.number().int(),
        points: z.string().describe('A decimal.'),
        of: z.number().int(),
        mitigation: points,
        answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
      }),
    ),
  })
  .openapi('PublishedAssessments');

const route = createRoute({
  method: 'get',
  path: '/api/v1/register/{authority}/{system}/assessment',
  operationId: 'readAssessment',
  summary: 'The approved impact assessments of a system, with every answer',
  description:
    'Open to everybody, without a key. For each questionnaire the one that was approved last; its level binds the safeguards of the system. Who answered is not in it.',
  tags: ['Register'],
  request: { params: z.object({ authority: authorityId, system: systemId }) },
  responses: {
    200: { description: 'Assessments', content: { 'application/json': { schema } } },
    ...apiErrors(404),
  },
});

/** Approved assessments for machines. */
export function assessmentApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  app.openAPIRegistry.registerPath(route);
  app.get('/api/v1/register/:authority/:system/assessment', async (c) => {
    const { authority, system } = c.req.param();
    await readPublicSystem(ctx, authority, system);
    const assessments = (await publishedAssessments(ctx, authority, system)).map(assessmentJson);
    const body = { schema: 'taalil-assessment/1' as const, authority, system, assessments };
    return c.json(body, 200, { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' });
  });
  return app;
}
