import type { Decimal } from '../exact/decimal.ts';
import type { CompiledSegment } from './compile.ts';
import type { FactReader } from './facts.ts';

/** The value of one fact: integers and decimals as JSON numbers or plain decimal strings, choices as strings. */
export type FactValue = string | number | boolean;

/** The facts of one case by name. */
export type Facts = Readonly<Record<string, FactValue>>;

interface NamedFact {
  readonly name: string;
  /** The segments whose score reads this fact; in the other segments it may be left out. */
  readonly segments: readonly string[];
}

/** A fact that the model asks for. Bounds are decimal strings and inclusive. */
export type FactSpec = NamedFact &
  (
    | { readonly type: 'boolean' }
    | { readonly type: 'choice'; readonly values: readonly string[] }
    | { readonly type: 'integer'; readonly min: string; readonly max: string }
    | { readonly type: 'decimal'; readonly decimals: number; readonly min: string; readonly max: string }
  );

/** A value derived from facts, declared in the file and never coded. */
export type Transform =
  | { readonly kind: 'identity' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'equals'; readonly value: string }
  | { readonly kind: 'choices'; readonly values: ReadonlyMap<string, Decimal> }
  | { readonly kind: 'share'; readonly decimals: number; readonly whenZero: Decimal }
  | { readonly kind: 'square'; readonly of: Transform }
  | { readonly kind: 'atLeast'; readonly value: Decimal; readonly of: Transform }
  | { readonly kind: 'atMost'; readonly value: Decimal; readonly of: Transform }
  | { readonly kind: 'bands'; readonly bands: readonly Band[]; readonly of: Transform };

/** Values up to and including `upTo` (the last band has none) are worth `value`. */
export interface Band {
  readonly upTo: Decimal | null;
  readonly value: Decimal;
}

/** One addend of a segment's score: `coefficient × derived value`, explained against `mean`. */
export interface TermSpec {
  readonly id: string;
  /** Terms that share a reason are shown as one and move together. */
  readonly reason: string;
  readonly from: readonly string[];
  readonly transform: Transform;
  readonly coefficient: Decimal;
  /** The derived value's mean in the segment. */
  readonly mean: Decimal;
}

export interface SegmentSpec {
  readonly name: string;
  readonly constant: Decimal;
  /** Group constants first (as `choices` terms of coefficient 1), then characteristics, in the file's order. */
  readonly terms: readonly TermSpec[];
  /** The same terms ready to run. */
  readonly compiled: CompiledSegment;
}

/** A segmented scorecard: one fact selects the scorecard, the score decides by a threshold. */
export interface ScorecardModel {
  readonly kind: 'scorecard';
  readonly format: 'taalil-scorecard/1';
  /** SHA-256 of the file's bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly facts: readonly FactSpec[];
  /** The same facts ready to read, by name. */
  readonly readers: ReadonlyMap<string, FactReader>;
  /** The fact that selects the segment; null for a scorecard of one segment. */
  readonly segmentBy: string | null;
  readonly segments: ReadonlyMap<string, SegmentSpec>;
  /** Every reason id, in the file's order. */
  readonly reasons: readonly string[];
  readonly threshold: Decimal;
  readonly outcomes: {
    /** The outcome when the score is at most the threshold. */
    readonly atMost: string;
    readonly above: string;
    readonly favourable: string;
  };
}
