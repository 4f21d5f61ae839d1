import {
  checkExplanation,
  Decimal,
  type Explanation,
  explain,
  type Prediction,
  predict,
} from '@taalil/explain';
import { canonicalize, type JsonValue } from '@taalil/transparency-log';
import { PlatformError } from '../errors.ts';
import type { Facts } from '../register/inputs.ts';
import type { PublishedSystem } from '../register/systems.ts';
import type { Effect } from './tables.ts';

/** What the model says of one case, and why: scored, explained and checked. */
export interface Assessment {
  readonly prediction: Prediction;
  readonly explanation: Explanation;
  readonly effect: Effect;
}

/** Runs the registered model. */
export function score(system: PublishedSystem, facts: Facts): Prediction {
  return predict(system.model, facts);
}

/**
 * Exact contributions, accepted only when they add up to the last digit to the score that the model gave on its own
 * run (I5). Throws `unchecked-explanation`: then nothing is decided.
 */
export function explained(system: PublishedSystem, facts: Facts, prediction: Prediction): Assessment {
  const explanation = explain(system.model, facts);
  const sum = explanation.contributions.reduce(
    (total, { value }) => total.plus(exact(value)),
    exact(explanation.base),
  );
  const same = explanation.score === prediction.score && explanation.outcome === prediction.outcome;
  if (!same || sum.toString() !== prediction.score) throw unchecked(system);
  return { prediction, explanation, effect: prediction.favourable ? 'favourable' : 'adverse' };
}

/** Products of coefficients and derived values have more digits than either. */
const exact = (value: string) => Decimal.parse(value, '', { maxDecimals: 60, maxIntegerDigits: 60 });

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

export function assess(system: PublishedSystem, facts: Facts): Assessment {
  return explained(system, facts, score(system, facts));
}

/** What of an explanation is sealed: the rest follows from the facts and the model, and is checked to. */
export interface SealedExplanation {
  readonly segment: string;
  readonly base: string;
  readonly score: string;
  readonly threshold: string;
  /** By reason id. */
  readonly contributions: Readonly<Record<string, string>>;
}

export function sealedExplanation(explanation: Explanation) {
  const { segment, base, score, threshold, contributions } = explanation;
  return {
    segment,
    base,
    score,
    threshold,
    contributions: Object.fromEntries(contributions.map(({ reason, value }) => [reason, value])),
  };
}

/**
 * The explanation of a decision made earlier, before anybody sees it: explained again from its sealed facts with its
 * own model version, and recomputed term by term by an independent replay (I5).
 * Throws `altered-record` unless every number is the one that was sealed.
 */
export function explainedAgain(
  system: PublishedSystem,
  facts: Facts,
  sealed: SealedExplanation,
): Explanation {
  const { explanation } = assess(system, facts);
  if (!checkExplanation(system.model, facts, explanation).ok) throw unchecked(system);
  if (canonicalize(sealedExplanation(explanation)) !== canonicalize(sealed as unknown as JsonValue)) {
    throw new PlatformError(
      'altered-record',
      'Replaying the model does not give the explanation that was sealed.',
      {
        where: `${system.systemId} model version ${system.modelVersion}`,
        mend: 'Do not rely on it. Compare the registered model file and the stored record with the log.',
      },
    );
  }
  return explanation;
}
