import { type Cells, SCORE_BINS, UNKNOWN } from '../cells/cells.ts';
import { type Brier, brier, type ReliabilityPoint, reliability, type ScoreBin } from '../statistics/index.ts';
import type { Division } from './groups.ts';

/** How far the scores of one group mean what they say. */
export interface Calibration {
  readonly attribute: string;
  readonly value: string;
  readonly points: readonly ReliabilityPoint[];
  readonly brier: Brier | undefined;
}

/** Reliability by group, over the rows whose truth and score are known; unweighted. */
export function calibrationOf(cells: Cells, { attribute }: Division): readonly Calibration[] {
  const { truth, bin } = cells.roles;
  const { scores } = cells;
  if (truth === undefined || bin === undefined || scores === undefined) return [];
  const bins = attribute.values.map(() => Array.from({ length: SCORE_BINS }, emptyBin));
  for (let cell = 0; cell < cells.length; cell++) {
    const binAt = bin.codes[cell] as number;
    const real = truth.codes[cell] as number;
    if (binAt === UNKNOWN || real === UNKNOWN) continue;
    const into = bins[attribute.codes[cell] as number]?.[Number(bin.values[binAt])];
    if (into === undefined) continue;
    into.total += cells.count[cell] as number;
    into.scores += scores.sum[cell] as number;
    into.squares += scores.squares[cell] as number;
    if (real === 1) {
      into.positives += cells.count[cell] as number;
      into.positiveScores += scores.sum[cell] as number;
    }
  }
  return attribute.values.map((value, group) => ({
    attribute: attribute.name,
    value,
    points: reliability(bins[group] ?? []),
    brier: brier(bins[group] ?? []),
  }));
}

function emptyBin(): { -readonly [K in keyof ScoreBin]: number } {
  return { total: 0, positives: 0, scores: 0, squares: 0, positiveScores: 0 };
}
