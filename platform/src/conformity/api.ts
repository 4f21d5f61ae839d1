import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { apiErrors } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import type { WebEnv } from '../http.ts';
import { readPublicSystem } from '../register/public-register.ts';
import { authorityId, systemId } from '../register/record.ts';
import { questionsOf, type SystemQuestion } from './applicability.ts';
import { countDuties, type Duty, dutiesOf } from './duties.ts';

const evidence = z.object({
  how: z.enum(['counted', 'recorded', 'built-in']),
  date: z.iso.date(),
  value: z.number().nullable().describe('A share, where one may be shown.'),
  reference: z.string(),
});

const schema = z
  .object({
    schema: z.literal('taalil-duties/1'),
    authority: z.string(),
    system: z.string(),
    on: z.iso.date(),
    impact_level: z.number().int().describe('The higher of the declared and the approved one.'),
    binding: z
      .object({ held: z.number().int(), open: z.number().int(), against: z.number().int() })
      .describe(
        'How many duties that bind stand where. "open" proves no breach; "held" does not say that the law is kept.',
      ),
    duties: z.array(
      z.object({
        rule: z.object({
          pack: z.string(),
          id: z.string(),
          source: z.string(),
          article: z.string(),
          certainty: z.string(),
        }),
        status: z.enum(['binding', 'announced']),
        on: z.enum(['decision', 'system', 'authority']),
        state: z.enum(['held', 'open', 'against']),
        open_questions: z.array(z.string()),
        needs: z.array(
          z.object({
            name: z.string(),
            kind: z.enum(['record', 'figure', 'document']),
            state: z.enum(['shown', 'missing', 'expired', 'contradicted']),
            evidence: evidence.nullable(),
          }),
        ),
      }),
    ),
    questions_of_law: z.array(
      z.object({
        pack: z.string(),
        question: z.string(),
        presumed: z.boolean(),
        answer: z.boolean().nullable(),
        because: z.string().nullable(),
        answered_on: z.iso.date().nullable(),
        until: z.iso.date().nullable(),
      }),
    ),
  })
  .openapi('Duties');

const route = createRoute({
  method: 'get',
  path: '/api/v1/register/{authority}/{system}/duties',
  operationId: 'readDuties',
  summary: 'The duties of a system and the evidence held, with the questions of law behind them',
  description:
    'Open to everybody, without a key. Computed today from what this platform holds; figures are a day old and withheld where few people stand behind them. It is no statement that the law is kept.',
  tags: ['Register'],
  request: { params: z.object({ authority: authorityId, system: systemId }) },
  responses: {
    200: { description: 'Duties', content: { 'application/json': { schema } } },
    ...apiErrors(404),
  },
});

const dutyJson = ({ obligation, state, needs }: Duty) => ({
  rule: { ...obligation.rule },
  status: obligation.status,
  on: obligation.on,
  state,
  open_questions: [...obligation.open],
  needs: needs.map(({ need, state: found, evidence: held }) => ({
    name: need.name,
    kind: need.kind,
    state: found,
    evidence:
      held === undefined
        ? null
        : {
            how: held.how,
            date: held.date.toString(),
            value: held.valueShown ? (held.value ?? null) : null,
            reference: held.reference,
          },
  })),
});

const questionJson = ({ pack, question, answer }: SystemQuestion) => ({
  pack,
  question: question.id,
  presumed: question.presumed,
  answer: answer?.answer ?? null,
  because: answer?.because ?? null,
  answered_on: answer?.answeredOn ?? null,
  until: answer?.until ?? null,
});

/** Duties and their evidence for machines. */
export function conformityApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  app.openAPIRegistry.registerPath(route);
  app.get('/api/v1/register/:authority/:system/duties', async (c) => {
    const { authority, system } = c.req.param();
    const found = await dutiesOf(ctx, await readPublicSystem(ctx, authority, system));
    const questions = await questionsOf(ctx, authority, system);
    const body: z.infer<typeof schema> = {
      schema: 'taalil-duties/1',
      authority,
      system,
      on: found.on,
      impact_level: found.level,
      binding: { ...countDuties(found) },
      duties: found.duties.map(dutyJson),
      questions_of_law: questions.map(questionJson),
    };
    return c.json(body, 200, { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' });
  });
  return app;
}
