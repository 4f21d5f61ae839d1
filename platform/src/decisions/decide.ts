import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { admit, type DecisionRequest } from './admit.ts';
import { type Answer, answerOf, readAnswer } from './answer.ts';
import { explained, score } from './assess.ts';
import { safeguard } from './safeguard.ts';
import { SealedMeanwhile, sealDecision } from './seal-decision.ts';

/**
 * The main path: one request of an agency, from the envelope to the answer.
 *
 * An adverse outcome is only a proposal: the answer is `awaiting-person` and says no outcome (I3). Nothing is
 * answered before it is durable (I1). Throws `PlatformError`; then nothing was decided and nothing is stored.
 */
export async function decide(ctx: Context, request: DecisionRequest): Promise<Answer> {
  const admitted = await admit(ctx, request);
  if ('repeatOf' in admitted) return readAnswer(ctx, request.caller.authorityId, admitted.repeatOf);

  const prediction = score(admitted.system, admitted.facts);
  const assessed = explained(admitted.system, admitted.facts, prediction);
  const guard = safeguard(admitted.system, assessed.effect);
  try {
    const sealed = await sealDecision(ctx, admitted, assessed, guard);
    return answerOf(admitted.system, sealed, guard.person_required ? undefined : assessed);
  } catch (error) {
    if (error instanceof SealedMeanwhile) {
      return readAnswer(ctx, request.caller.authorityId, error.decisionId);
    }
    // A new version was published between admission and the commit: the case is decided by that one.
    if (error instanceof PlatformError && error.code === 'stale-version') return decide(ctx, request);
    throw error;
  }
}
