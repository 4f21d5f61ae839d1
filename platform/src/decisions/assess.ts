import { ExplainError } from '@taalil/explain';
import { canonicalize, type JsonValue } from '@taalil/transparency-log';
import { PlatformError } from '../errors.ts';
import type { Facts } from '../register/inputs.ts';
import {
  type AdditiveExplanation,
  type Explanation,
  exact,
  type Prediction,
  type SealedExplanation,
} from '../register/models/index.ts';
import type { PublishedSystem } from '../register/systems.ts';
import type { Effect } from './tables.ts';

/** What the model says of one case, and why: scored, explained and checked. */
export interface Assessment {
  readonly prediction: Prediction;
  readonly explanation: Explanation;
  readonly effect: Effect;
}

/** Runs the registered model. */
export function score(system: PublishedSystem, facts: Facts): Prediction | Promise<Prediction> {
  return system.model.predict(facts);
}

/**
 * The reasons, accepted only when they add up to the score that the model gave on its own run, within what its
 * arithmetic allows (nothing at all for exact decimals), and to the same outcome (I5). Throws `unchecked-explanation`:
 * then nothing is decided.
 */
export async function explained(
  system: PublishedSystem,
  facts: Facts,
  prediction: Prediction,
): Promise<Assessment> {
  const explanation = await orUnchecked(system, () => system.model.explain(facts));
  const same =
    explanation.score === prediction.score &&
    explanation.outcome === prediction.outcome &&
    explanation.favourable === prediction.favourable;
  if (!same || (explanation.form === 'additive' && !addsUp(system, explanation))) throw unchecked(system);
  return { prediction, explanation, effect: prediction.favourable ? 'favourable' : 'adverse' };
}

function addsUp({ model }: PublishedSystem, explanation: AdditiveExplanation): boolean {
  const { base, score: total, difference, contributions } = explanation;
  const sum = contributions.reduce(
    (so, { value }) => so.plus(exact(value)),
    exact(base).plus(exact(difference)),
  );
  return sum.toString() === total && Math.abs(Number(difference)) <= model.slack(explanation);
}

async function orUnchecked(
  system: PublishedSystem,
  run: () => Explanation | Promise<Explanation>,
): Promise<Explanation> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof ExplainError && error.code === 'not-additive' ? unchecked(system) : error;
  }
}

function unchecked({ systemId, modelVersion }: PublishedSystem): PlatformError {
  return new PlatformError(
    'unchecked-explanation',
    'The explanation does not add up to the score: nothing is decided.',
    {
      where: `${systemId} model version ${modelVersion}`,
      mend: "Suspend the system and report the model file to the agency's integrator.",
    },
  );
}

export async function assess(system: PublishedSystem, facts: Facts): Promise<Assessment> {
  return explained(system, facts, await score(system, facts));
}

/**
 * What of an explanation is sealed: the rest follows from the facts and the model, and is checked to. Numbers of reasons
 * by id; of a trace the order of its rules.
 */
export function sealedExplanation(explanation: Explanation): SealedExplanation {
  if (explanation.form === 'trace') {
    const { outcome, contributions } = explanation;
    return { outcome, rules: contributions.map(({ reason }) => reason) };
  }
  const { segment, base, score: total, threshold, difference, exactness, contributions } = explanation;
  const values: Record<string, string> = {};
  const errors: Record<string, string> = {};
  for (const { reason, value, standardError } of contributions) {
    values[reason] = value;
    if (standardError !== undefined) errors[reason] = standardError;
  }
  return {
    segment,
    base,
    score: total,
    threshold,
    ...(difference === '0' ? {} : { difference }),
    contributions: values,
    ...(exactness === 'exact' ? {} : { exactness }),
    ...(Object.keys(errors).length === 0 ? {} : { standard_errors: errors }),
  };
}

/**
 * The explanation of a decision made earlier, before anybody sees it: explained again from its sealed facts with its
 * own model version, by another computation (I5). Numbers of exact decimals are the sealed ones to the last digit; of
 * floating point, within the model's slack, and then the sealed ones are what is shown. A model that only answers cannot be
 * run again: its sealed numbers must still add up.
 * Throws `altered-record` unless they agree.
 */
export async function explainedAgain(
  system: PublishedSystem,
  facts: Facts,
  sealed: SealedExplanation,
): Promise<Explanation> {
  if (system.model.reopen !== undefined) {
    if (!('contributions' in sealed)) throw unchecked(system);
    const told = system.model.reopen(sealed);
    if (!addsUp(system, told)) throw unchecked(system);
    return told;
  }
  const { explanation } = await assess(system, facts);
  const replayed = await orUnchecked(system, () => system.model.replay(facts));
  if (!alike(system, sealedExplanation(replayed), explanation)) throw unchecked(system);
  if (!alike(system, sealed, explanation)) {
    throw new PlatformError(
      'altered-record',
      'Replaying the model does not give the explanation that was sealed.',
      {
        where: `${system.systemId} model version ${system.modelVersion}`,
        mend: 'Do not rely on it. Compare the registered model file and the stored record with the log.',
      },
    );
  }
  return asSealed(explanation, sealed);
}

/** As facts allow it: an optional member is there or it is not. */
export const sealable = (sealed: SealedExplanation): JsonValue => sealed as unknown as JsonValue;

/** Whether a sealed explanation is this one, its numbers within the model's slack. */
function alike({ model }: PublishedSystem, sealed: SealedExplanation, explanation: Explanation): boolean {
  const now = sealedExplanation(explanation);
  if (canonicalize(sealable(now)) === canonicalize(sealable(sealed))) return true;
  if (explanation.form === 'trace' || !('contributions' in sealed) || !('contributions' in now)) return false;
  const slack = model.slack(explanation);
  const near = (a: string | undefined, b: string) =>
    a !== undefined && slack > 0 && Math.abs(Number(a) - Number(b)) <= slack;
  return (
    sealed.score === now.score &&
    sealed.threshold === now.threshold &&
    sealed.segment === now.segment &&
    near(sealed.base, now.base) &&
    Object.keys(sealed.contributions).length === Object.keys(now.contributions).length &&
    Object.entries(now.contributions).every(([reason, value]) => near(sealed.contributions[reason], value))
  );
}

/** The explanation with the numbers that were sealed: what a receipt opens is what a page shows. */
function asSealed(explanation: Explanation, sealed: SealedExplanation): Explanation {
  if (explanation.form === 'trace' || !('contributions' in sealed)) return explanation;
  return {
    ...explanation,
    base: sealed.base,
    difference: sealed.difference ?? '0',
    contributions: explanation.contributions.map((c) => ({
      ...c,
      value: sealed.contributions[c.reason] ?? c.value,
    })),
  };
}
