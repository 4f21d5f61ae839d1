import { z } from '@hono/zod-openapi';
import type { Context } from '../context.ts';
import type { Sealed } from '../ledger/sequencer.ts';
import type { Assessment } from './assess.ts';
import type { PreparedDecision } from './prepare-decision.ts';
import { type DecisionView, readDecision } from './view.ts';

const effect = z.enum(['favourable', 'adverse']);

/** What the agency's system gets. A proposal that waits for a person says neither outcome nor score. */
export const answerSchema = z
  .object({
    decision: z.string(),
    case: z.string(),
    reference: z.string().describe("The case's public reference, printed on the notice."),
    system: z.string(),
    version: z.number().int().describe('Version of the public record that was in force.'),
    status: z.enum(['awaiting-person', 'effective', 'superseded']),
    created_at: z.iso.datetime(),
    log_index: z.number().int().describe("The entry's place in the authority's transparency log."),
    superseded_by: z.string().optional(),
    outcome: z
      .object({
        effect,
        decided_by: z.enum(['rule', 'person']),
        effective_at: z.iso.datetime(),
        score: z.string().optional().describe('Exact decimal; none for rules, which compare no number.'),
        threshold: z.string().optional(),
        difference: z
          .string()
          .optional()
          .describe('What floating point leaves between the model’s own sum and the reasons; none when 0.'),
        approximate: z.literal(true).optional().describe('The values of the reasons were estimated.'),
        reasons: z
          .array(
            z.object({
              reason: z.string(),
              value: z.string().optional(),
              standard_error: z.string().optional(),
            }),
          )
          .describe(
            'Contributions against what is usual; with the base they add up to the score. Of rules: those that applied.',
          ),
      })
      .optional(),
  })
  .openapi('Decision');
export type Answer = Readonly<z.infer<typeof answerSchema>>;

/** The answer to a decision that was sealed just now. */
export function answerOf(
  { decisionId, reference, version, personRequired, event }: PreparedDecision,
  { index }: Sealed,
  assessed: Assessment,
): Answer {
  const { caseId, systemId, at } = event;
  return {
    decision: decisionId,
    case: caseId,
    reference,
    system: systemId,
    version,
    status: personRequired ? 'awaiting-person' : 'effective',
    created_at: at,
    log_index: index,
    ...(personRequired
      ? {}
      : {
          outcome: {
            effect: assessed.effect,
            decided_by: 'rule',
            effective_at: at,
            ...scoreOf(assessed.explanation),
          },
        }),
  };
}

/** The same answer for a decision made earlier, as it stands now. */
export async function readAnswer(ctx: Context, authorityId: string, decisionId: string): Promise<Answer> {
  return answerOfView(await readDecision(ctx, authorityId, decisionId));
}

export function answerOfView({ row, case: found, effect, explanation, made }: DecisionView): Answer {
  const effective = row.effective_at;
  return {
    decision: row.decision_id,
    case: row.case_id,
    reference: found.reference,
    system: row.system_id,
    version: row.version,
    status: row.status,
    created_at: row.created_at,
    log_index: made.index,
    ...(row.superseded_by === null ? {} : { superseded_by: row.superseded_by }),
    ...(effective === null
      ? {}
      : {
          outcome: { effect, decided_by: row.decided_by, effective_at: effective, ...scoreOf(explanation) },
        }),
  };
}

function scoreOf(explanation: Assessment['explanation']) {
  if (explanation.form === 'trace')
    return { reasons: explanation.contributions.map(({ reason }) => ({ reason })) };
  const { score, threshold, difference, exactness, contributions } = explanation;
  return {
    score,
    threshold,
    ...(difference === '0' ? {} : { difference }),
    ...(exactness === 'approximate' ? { approximate: true as const } : {}),
    reasons: contributions.map(({ reason, value, standardError }) => ({
      reason,
      value,
      ...(standardError === undefined ? {} : { standard_error: standardError }),
    })),
  };
}
