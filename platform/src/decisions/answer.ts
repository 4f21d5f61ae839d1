import type { Context } from '../context.ts';
import type { PublishedSystem } from '../register/systems.ts';
import type { Assessment } from './assess.ts';
import type { SealedDecision } from './seal-decision.ts';
import { type DecisionView, readDecision } from './view.ts';

/** What the agency's system gets. A proposal that waits for a person says neither outcome nor score. */
export interface Answer {
  readonly decision: string;
  readonly case: string;
  readonly reference: string;
  readonly system: string;
  readonly version: number;
  readonly status: 'awaiting-person' | 'effective' | 'superseded';
  readonly created_at: string;
  readonly log_index: number;
  readonly superseded_by?: string;
  readonly outcome?: {
    readonly effect: 'favourable' | 'adverse';
    readonly decided_by: 'rule' | 'person';
    readonly effective_at: string;
    readonly score: string;
    readonly threshold: string;
    readonly reasons: readonly { readonly reason: string; readonly value: string }[];
  };
}

/** The answer to a decision that was sealed just now. Without `assessed`, it waits for a person. */
export function answerOf(
  system: PublishedSystem,
  sealed: SealedDecision,
  assessed: Assessment | undefined,
): Answer {
  return {
    decision: sealed.decisionId,
    case: sealed.caseId,
    reference: sealed.reference,
    system: system.systemId,
    version: system.version,
    status: assessed === undefined ? 'awaiting-person' : 'effective',
    created_at: sealed.at,
    log_index: sealed.index,
    ...(assessed === undefined
      ? {}
      : {
          outcome: {
            effect: assessed.effect,
            decided_by: 'rule',
            effective_at: sealed.at,
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
      : { outcome: { effect, decided_by: row.decided_by, effective_at: effective, ...scoreOf(explanation) } }),
  };
}

function scoreOf(explanation: Assessment['explanation']) {
  return {
    score: explanation.score,
    threshold: explanation.threshold,
    reasons: explanation.contributions.map(({ reason, value }) => ({ reason, value })),
  };
}
