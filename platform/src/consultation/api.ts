import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { apiErrors } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { authorityId, localized, systemId } from '../register/record.ts';
import { type Consultation, commentsOf, consultationsOf, countComments } from './read.ts';

const schema = z
  .object({
    schema: z.literal('taalil-consultation/1'),
    authority: z.string(),
    system: z.string(),
    consultations: z.array(
      z.object({
        consultation: z.string(),
        version: z.number().int(),
        status: z.enum(['open', 'closed']),
        question: localized(),
        opened_at: z.iso.datetime(),
        closes_on: z.iso.date(),
        closed_at: z.iso.datetime().nullable(),
        log_index: z.number().int(),
        not_published: z.record(z.string(), z.number().int()).describe('How many comments, by ground.'),
        comments: z.array(
          z.object({
            comment: z.string(),
            received_at: z.iso.datetime(),
            text: z.string().nullable().describe('null where the comment was withdrawn.'),
            answer: localized().nullable(),
            answered_at: z.iso.datetime().nullable(),
            withdrawn_at: z.iso.datetime().nullable(),
            withdrawn_because: localized().nullable(),
          }),
        ),
      }),
    ),
  })
  .openapi('Consultations');

const route = createRoute({
  method: 'get',
  path: '/api/v1/consultations/{authority}/{system}',
  operationId: 'readConsultations',
  summary: 'The public consultations on a system: comments and answers',
  description: 'Open to everybody, without a key. Comments have no author; only published ones are here.',
  tags: ['Register'],
  request: { params: z.object({ authority: authorityId, system: systemId }) },
  responses: {
    200: { description: 'Consultations', content: { 'application/json': { schema } } },
    ...apiErrors(404),
  },
});

/** Consultations for machines. */
export function consultationApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  app.openAPIRegistry.registerPath(route);
  app.get('/api/v1/consultations/:authority/:system', async (c) => {
    const { authority, system } = c.req.param();
    const found = await consultationsOf(ctx, authority, system);
    if (found.length === 0) throw new PlatformError('not-found', 'There was no consultation on this system.');
    const consultations = await Promise.all(found.map((one) => json(ctx, one)));
    const body = { schema: 'taalil-consultation/1' as const, authority, system, consultations };
    return c.json(body, 200, { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' });
  });
  return app;
}

async function json(ctx: Context, one: Consultation) {
  const comments = await commentsOf(ctx, one, 'public');
  const { refused } = await countComments(ctx.store.read, one);
  return {
    consultation: one.consultationId,
    version: one.version,
    status: one.status,
    question: one.question,
    opened_at: one.openedAt,
    closes_on: one.closesOn,
    closed_at: one.closedAt ?? null,
    log_index: one.logIndex,
    not_published: { ...refused },
    comments: comments.map((comment) => ({
      comment: comment.commentId,
      received_at: comment.receivedAt,
      text: comment.text ?? null,
      answer: comment.answer ?? null,
      answered_at: comment.answeredAt ?? null,
      withdrawn_at: comment.withdrawnAt ?? null,
      withdrawn_because: comment.withdrawnBecause ?? null,
    })),
  };
}
