import type { Answers } from '../condition.ts';
import type { DeadlineInput } from '../deadline.ts';
import type { NormErrorCode } from '../error.ts';
import type { Points } from '../level.ts';
import type { Notification } from '../notification.ts';
import type { Evidence } from '../obligations.ts';
import type { Answer } from '../questions.ts';
import type { SafeguardFacts } from '../safeguards.ts';

/** What a case asks, by the kind of answer it expects. */
export type Facts =
  | {
      readonly kind: 'deadline';
      readonly rule: string;
      readonly input: Omit<DeadlineInput, 'start'> & { readonly start?: DeadlineInput['start'] };
      /** Instead of `start`: a notification, which starts a clock only once it is proven. */
      readonly notification?: Notification;
      readonly now?: Temporal.Instant;
      /** The date was told on this day, and is computed again with all that is known today. */
      readonly toldOn?: Temporal.PlainDate;
    }
  | { readonly kind: 'safeguard'; readonly facts: SafeguardFacts }
  | { readonly kind: 'level'; readonly rule: string; readonly impact: Points; readonly mitigation?: Points }
  | { readonly kind: 'assessment'; readonly rule: string; readonly answers: Answers }
  | {
      readonly kind: 'obligations';
      readonly level?: number;
      readonly answers: readonly Answer[];
      readonly on?: Temporal.PlainDate;
    }
  | {
      readonly kind: 'conformity';
      readonly rule: string;
      readonly evidence: readonly Evidence[];
      readonly on: Temporal.PlainDate;
    };

/** A value that a case file can state: what is found is turned into the same before it is compared. */
export type Plain = string | number | boolean | null | readonly Plain[];

/** One example that a jurist can read: facts, and what must come of them. */
export interface Case {
  readonly name: string;
  readonly packs: readonly string[];
  /** Sections added to the first pack for this case alone, such as the lunar dates of a year. */
  readonly with?: string;
  readonly facts: Facts;
  readonly expect: Readonly<Record<string, Plain>> | { readonly error: NormErrorCode };
  readonly file: string;
  readonly line?: number;
}

export interface CaseResult {
  readonly case: Case;
  readonly passed: boolean;
  /** Each expectation that was not met: `due: expected 2026-03-31, got 2026-04-01`. */
  readonly differences: readonly string[];
  /** The rules that this case exercised. */
  readonly rules: readonly string[];
}
