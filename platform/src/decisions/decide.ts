import type { Context } from '../context.ts';
import { reach } from '../fault-points.ts';
import { traced } from '../tracing.ts';
import { type Admitted, admit, type DecisionRequest, reusedKey } from './admit.ts';
import { type Answer, answerOf, readAnswer } from './answer.ts';
import { explained, score } from './assess.ts';
import { decisionUnit, prepareDecision } from './prepare-decision.ts';
import { safeguard } from './safeguard.ts';
import { untilSettled } from './settled.ts';
import { roomInTurn } from './turns.ts';

/**
 * The main path: one request of an agency, from the envelope to the answer.
 *
 * An adverse outcome is only a proposal: the answer is `awaiting-person` and says no outcome (I3). Nothing is
 * answered before it is durable (I1). Throws `PlatformError`; then nothing was decided and nothing is stored.
 */
export function decide(ctx: Context, request: DecisionRequest): Promise<Answer> {
  return untilSettled(async () => {
    await roomInTurn();
    const admitted = await traced('admit', () => admit(ctx, request));
    if ('repeatOf' in admitted) return readAnswer(ctx, request.caller.authorityId, admitted.repeatOf);

    return once(ctx, admitted, async () => {
      const { system, binding, facts, repeatable } = admitted;
      const assessed = await traced('score and explain', async () =>
        explained(system, facts, await score(system, facts)),
      );
      const guard = safeguard(system, binding, assessed.effect, ctx.clock.now());
      return traced('seal', async () => {
        const prepared = prepareDecision(ctx, admitted, assessed, guard);
        const sealed = await ctx.ledger.seal(repeatable.authorityId, decisionUnit(prepared));
        reach('decision-sealed');
        return answerOf(prepared, sealed, assessed);
      });
    });
  });
}

interface InFlight {
  readonly bodyMac: Uint8Array;
  readonly answer: Promise<Answer>;
}

const inFlight = new WeakMap<Context['ledger'], Map<string, InFlight>>();

/** Requests that repeat one still being sealed here wait for its answer; those of other processes meet in the transaction. */
async function once(ctx: Context, { repeatable }: Admitted, run: () => Promise<Answer>): Promise<Answer> {
  const { authorityId, apiKeyId, systemId, idempotencyKey, bodyMac } = repeatable;
  const running = inFlight.get(ctx.ledger) ?? new Map<string, InFlight>();
  inFlight.set(ctx.ledger, running);
  const key = [authorityId, apiKeyId, systemId, idempotencyKey].join('\n');
  const first = running.get(key);
  if (first !== undefined) {
    if (Buffer.compare(first.bodyMac, bodyMac) !== 0) throw reusedKey();
    return first.answer;
  }
  const answer = run();
  running.set(key, { bodyMac, answer });
  try {
    return await answer;
  } finally {
    running.delete(key);
  }
}
