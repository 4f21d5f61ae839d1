import { type Interval, Z95 } from './interval.ts';
import { wilson } from './wilson.ts';

/** What is kept of the rows of one score bin: everything below follows from these sums. */
export interface ScoreBin {
  readonly total: number;
  /** Rows whose truth is positive. */
  readonly positives: number;
  /** Sum of the scores, each between 0 and 1. */
  readonly scores: number;
  /** Sum of the squared scores. */
  readonly squares: number;
  /** Sum of the scores of the rows whose truth is positive. */
  readonly positiveScores: number;
}

/** One point of a reliability diagram. */
export interface ReliabilityPoint {
  readonly score: number;
  readonly rate: number;
  readonly interval: Interval;
  readonly total: number;
}

/** Mean score against observed rate, bin by bin, with Wilson's interval. Empty bins are left out. */
export function reliability(bins: readonly ScoreBin[], z: number = Z95): readonly ReliabilityPoint[] {
  return bins
    .filter((bin) => bin.total > 0)
    .map((bin) => ({
      score: bin.scores / bin.total,
      rate: bin.positives / bin.total,
      interval: wilson({ successes: bin.positives, total: bin.total }, z) as Interval,
      total: bin.total,
    }));
}

/** The Brier score and what it consists of: `reliability − resolution + uncertainty`, up to the spread within bins. */
export interface Brier {
  readonly score: number;
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
  /** Expected calibration error: the mean distance between score and rate over the bins. */
  readonly calibrationError: number;
}

/**
 * Brier score with Murphy's decomposition over the bins; `undefined` without rows.
 *
 * Source: G. W. Brier, Monthly Weather Review 78 (1950) 1–3; A. H. Murphy, Journal of Applied Meteorology 12 (1973)
 * 595–600; expected calibration error: Naeini, Cooper & Hauskrecht, AAAI (2015).
 */
export function brier(bins: readonly ScoreBin[]): Brier | undefined {
  const filled = bins.filter((bin) => bin.total > 0);
  const total = add(filled, (bin) => bin.total);
  if (total === 0) return undefined;
  const base = add(filled, (bin) => bin.positives) / total;
  const mean = (of: (rate: number, score: number) => number) =>
    add(filled, (bin) => bin.total * of(bin.positives / bin.total, bin.scores / bin.total)) / total;
  return {
    score: add(filled, (bin) => bin.squares - 2 * bin.positiveScores + bin.positives) / total,
    reliability: mean((rate, score) => (score - rate) ** 2),
    resolution: mean((rate) => (rate - base) ** 2),
    uncertainty: base * (1 - base),
    calibrationError: mean((rate, score) => Math.abs(score - rate)),
  };
}

function add(bins: readonly ScoreBin[], of: (bin: ScoreBin) => number): number {
  return bins.reduce((sum, bin) => sum + of(bin), 0);
}
