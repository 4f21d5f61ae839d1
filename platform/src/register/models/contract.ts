import type { Facts } from '../inputs.ts';
import type { Input } from '../record.ts';
import type { OutcomeRule } from './use.ts';

/** What a registered model may be. Each kind keeps the whole of {@link RegisteredModel}. */
export type ModelKind = 'scorecard' | 'trees' | 'linear' | 'rules' | 'black-box';
export type Effect = 'favourable' | 'adverse';

export const otherEffect = (effect: Effect): Effect => (effect === 'adverse' ? 'favourable' : 'adverse');

/** A fact that a model asks for, as far as the file itself says. Bounds are decimals and inclusive. */
export type ModelFact =
  | { readonly name: string; readonly type: 'boolean' }
  | { readonly name: string; readonly type: 'choice'; readonly values: readonly string[] }
  | { readonly name: string; readonly type: 'integer'; readonly min: string; readonly max: string }
  | {
      readonly name: string;
      readonly type: 'decimal';
      readonly decimals: number;
      readonly min: string;
      readonly max: string;
    };

/** What the model says of one case. */
export interface Prediction {
  /** The number that is compared, a plain decimal; null for a model that compares none. */
  readonly score: string | null;
  /** The outcome as the model or the published rule names it. */
  readonly outcome: string;
  readonly favourable: boolean;
}

/** One reason: facts that are told together, and where they pushed this case. */
export interface Reason {
  readonly reason: string;
  readonly facts: readonly string[];
  readonly effect: Effect | 'none';
}

export interface AdditiveReason extends Reason {
  /** What it adds to the score, a plain decimal. */
  readonly value: string;
  /** Of a value that was estimated by sampling: one standard error, a plain decimal. */
  readonly standardError?: string;
}

interface Explained {
  readonly kind: ModelKind;
  /** SHA-256 of the model file. */
  readonly model: string;
  readonly outcome: string;
  readonly favourable: boolean;
}

/**
 * Reasons that add up: base + Σ value + difference = score, to the last digit. `difference` is "0" where the model is
 * exact decimals; else what floating point leaves between the model's own sum and the exact one, and no larger than
 * {@link RegisteredModel.slack} allows.
 */
export interface AdditiveExplanation extends Explained {
  readonly form: 'additive';
  readonly exactness: 'exact' | 'approximate';
  /** The part of the model that was used, where one fact selects it; `all` without. */
  readonly segment: string;
  readonly segmentBy: string | null;
  readonly base: string;
  readonly score: string;
  readonly threshold: string;
  /** The effect of a score above the threshold; at or below it the other one. */
  readonly above: Effect;
  readonly difference: string;
  /** Heaviest first. */
  readonly contributions: readonly AdditiveReason[];
}

/** Reasons that are rules: which ones applied, in the order in which they did. */
export interface TraceExplanation extends Explained {
  readonly form: 'trace';
  readonly exactness: 'exact';
  readonly score: null;
  /** The rules that led to the outcome, first the last one. */
  readonly contributions: readonly Reason[];
}

export type Explanation = AdditiveExplanation | TraceExplanation;

/** Of reasons that add up: numbers by reason id. */
export type SealedSum = {
  readonly segment: string;
  readonly base: string;
  readonly score: string;
  readonly threshold: string;
  /** Left out where it is 0. */
  readonly difference?: string;
  readonly contributions: { readonly [reason: string]: string };
  readonly exactness?: 'approximate';
  readonly standard_errors?: { readonly [reason: string]: string };
};

/** Of rules: which ones applied, first the last one. */
export type SealedTrace = { readonly outcome: string; readonly rules: readonly string[] };

export type SealedExplanation = SealedSum | SealedTrace;

/**
 * What correcting one recorded fact would lead to: nothing proven, proven to leave the outcome as it is, or the nearest
 * values under which the model was run again and gives the favourable outcome.
 */
export type CorrectionAnswer =
  | { readonly kind: 'check-only' }
  | { readonly kind: 'stays' }
  | { readonly kind: 'changes'; readonly corrections: readonly Correction[] };

export interface Correction {
  readonly to: Facts[string];
  readonly prediction: Prediction;
}

/** How the outcome follows: as the record says it, or, of a scorecard, as its file does. */
export type DecisionRule =
  | OutcomeRule
  | { readonly by: 'score'; readonly threshold: string; readonly above: Effect };

/**
 * A model file that was read, with the rule under which it decides: all that the platform asks of any kind. The
 * conformance suite (`conformance.ts`) says the same in tests.
 *
 * Facts are those that the record's validator has passed. The same facts give the same answers, for ever, where
 * `replayable`; every method may then be called again at each reading.
 */
export interface RegisteredModel {
  readonly kind: ModelKind;
  /** The file's format, as its reader names it. */
  readonly format: string;
  readonly sha256: string;
  readonly replayable: boolean;
  /** Whether the reasons are exact, or estimates with standard errors. */
  readonly exactness: 'exact' | 'approximate';
  readonly rule: DecisionRule;
  /** Names of the facts that the model reads. */
  readonly reads: ReadonlySet<string>;
  predict(facts: Facts): Prediction | Promise<Prediction>;
  explain(facts: Facts): Explanation | Promise<Explanation>;
  /** An explanation by another computation than `explain`, to compare it with. */
  replay(facts: Facts): Explanation | Promise<Explanation>;
  /** Of a model that cannot be run again: the explanation that these sealed numbers are. */
  reopen?(sealed: SealedSum): AdditiveExplanation;
  /** Largest difference that an additive explanation, or its replay, may have: "0" for exact decimals. */
  slack(explanation: AdditiveExplanation): number;
  /** What correcting this one fact would lead to. */
  correct(facts: Facts, input: Input): CorrectionAnswer | Promise<CorrectionAnswer>;
}

export interface Fault {
  readonly where: string;
  readonly what: string;
}
