import type { Context } from '../context.ts';
import { reach } from '../fault-points.ts';
import type { Together } from '../ledger/sequencer.ts';
import { type Admitted, type Caller, findRepeat, repeatableOf } from './admit.ts';
import { type Answer, answerOf, readAnswer } from './answer.ts';
import { type Assessment, explained, score } from './assess.ts';
import { type BatchLine, parseBatch } from './batch-lines.ts';
import { decidingNow } from './deciding-now.ts';
import { LineFaults } from './line-faults.ts';
import { decisionUnit, type PreparedDecision, prepareDecision } from './prepare-decision.ts';
import { type Safeguard, safeguard } from './safeguard.ts';
import { untilSettled } from './settled.ts';

/** Lines that are scored, or prepared, before others get a turn. */
const TURN = 10;
/** Lines whose repeats are looked for at once: where the store is another machine, they are one query. */
const ASKED_AT_ONCE = 50;

/**
 * Many requests of one agency at once: one answer for each line, in the order of the lines.
 *
 * Every line is validated before any is scored, and all decisions are sealed in one transaction: when this throws, nothing was
 * decided for any line, and the faults name their lines. A line that was answered before gets its answer again.
 */
export async function decideBatch(
  ctx: Context,
  caller: Caller,
  systemId: string,
  text: string,
): Promise<Answer[]> {
  const lines = parseBatch(text);
  return untilSettled(() => decideLines(ctx, caller, systemId, lines));
}

interface Assessed {
  readonly admitted: Admitted;
  readonly assessed: Assessment;
  readonly guard: Safeguard;
}

async function decideLines(
  ctx: Context,
  caller: Caller,
  systemId: string,
  lines: readonly BatchLine[],
): Promise<Answer[]> {
  const admitted = await admitLines(ctx, caller, systemId, lines);
  const fresh: Assessed[] = [];
  for (const one of admitted) {
    if (typeof one === 'string') continue;
    const { system, binding, facts } = one;
    const assessed = await explained(system, facts, await score(system, facts));
    const guard = safeguard(system, binding, assessed.effect, ctx.clock.now());
    fresh.push({ admitted: one, assessed, guard });
    if (fresh.length % TURN === 0) await new Promise(setImmediate);
  }
  reach('batch-assessed');
  const sealed = await sealLines(ctx, fresh);
  reach('batch-sealed');
  const answers: Answer[] = [];
  for (const one of admitted) {
    answers.push(
      typeof one === 'string' ? await readAnswer(ctx, caller.authorityId, one) : (sealed.get(one) as Answer),
    );
  }
  return answers;
}

/** Each line as admitted, or the decision that its key got before. */
async function admitLines(
  ctx: Context,
  caller: Caller,
  systemId: string,
  lines: readonly BatchLine[],
): Promise<(Admitted | string)[]> {
  const now = await decidingNow(ctx, caller.authorityId, systemId);
  const faults = new LineFaults();
  const admitted: (Admitted | string)[] = [];
  for (let from = 0; from < lines.length; from += ASKED_AT_ONCE) {
    const some = lines.slice(from, from + ASKED_AT_ONCE);
    const repeats = await Promise.allSettled(
      some.map(async ({ key, envelope }) => {
        const repeatable = repeatableOf(ctx, caller, systemId, key, envelope);
        return { repeatable, earlier: await findRepeat(ctx, repeatable) };
      }),
    );
    for (const [i, { number, envelope }] of some.entries()) {
      const repeat = repeats[i] as (typeof repeats)[number];
      try {
        if (repeat.status === 'rejected') throw repeat.reason;
        const { repeatable, earlier } = repeat.value;
        admitted.push(
          earlier ?? { ...now, envelope, facts: now.system.validate(envelope.input), repeatable },
        );
      } catch (error) {
        faults.add(number, error);
      }
    }
    await new Promise(setImmediate);
  }
  faults.throwIfAny();
  return admitted;
}

/**
 * Lines are prepared over many turns, and handed to the ledger in one: if the writer changed between two of them, one part would wait
 * here and one there, each for the other.
 */
async function sealLines(ctx: Context, fresh: readonly Assessed[]): Promise<Map<Admitted, Answer>> {
  const prepared: (readonly [Assessed, PreparedDecision])[] = [];
  for (const one of fresh) {
    prepared.push([one, prepareDecision(ctx, one.admitted, one.assessed, one.guard)]);
    if (prepared.length % TURN === 0) await new Promise(setImmediate);
  }
  const abort = new AbortController();
  const together: Together = { size: fresh.length, signal: abort.signal };
  const sealing = prepared.map(async ([{ admitted, assessed }, decision]): Promise<[Admitted, Answer]> => {
    const unit = { ...decisionUnit(decision), together };
    const sealed = await ctx.ledger.seal(admitted.repeatable.authorityId, unit);
    return [admitted, answerOf(decision, sealed, assessed)];
  });
  for (const one of sealing) one.catch((error) => abort.abort(error));
  return new Map(await Promise.all(sealing));
}
