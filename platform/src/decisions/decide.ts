import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { traced } from '../tracing.ts';
import { type Admitted, admit, type DecisionRequest, reusedKey } from './admit.ts';
import { type Answer, answerOf, readAnswer } from './answer.ts';
import { explained, score } from './assess.ts';
import { safeguard } from './safeguard.ts';
import { sealDecision } from './seal-decision.ts';

/**
 * The main path: one request of an agency, from the envelope to the answer.
 *
 * An adverse outcome is only a proposal: the answer is `awaiting-person` and says no outcome (I3). Nothing is
 * answered before it is durable (I1). Throws `PlatformError`; then nothing was decided and nothing is stored.
 */
export async function decide(ctx: Context, request: DecisionRequest): Promise<Answer> {
  const admitted = await traced('admit', () => admit(ctx, request));
  if ('repeatOf' in admitted) return readAnswer(ctx, request.caller.authorityId, admitted.repeatOf);

  return once(ctx, admitted, async () => {
    const { system, binding, facts } = admitted;
    const assessed = await traced('score and explain', async () =>
      explained(system, facts, await score(system, facts)),
    );
    const guard = safeguard(system, binding, assessed.effect, ctx.clock.now());
    const sealed = await traced('seal', () => sealDecision(ctx, admitted, assessed, guard));
    return answerOf(system, sealed, guard.person_required ? undefined : assessed);
  }).catch((error) => {
    // Between admission and the commit a new version was published, another level approved, or a repeat was sealed: admit again.
    const moved =
      error instanceof PlatformError && (error.code === 'stale-version' || error.code === 'conflict');
    if (moved) return decide(ctx, request);
    throw error;
  });
}

interface InFlight {
  readonly bodyMac: Uint8Array;
  readonly answer: Promise<Answer>;
}

const inFlight = new WeakMap<Context['ledger'], Map<string, InFlight>>();

/** Requests that repeat one still being sealed wait for its answer; the writer of an authority is one process. */
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
