import { FairnessError } from '../error.ts';
import {
  assemble,
  type Cells,
  type RawColumn,
  type Role,
  SCORE_BINS,
  YES_NO,
  YES_NO_VALUES,
} from './cells.ts';

/** One decision. `undefined` and `null` both say that the value is not known. */
export interface DecisionRow {
  /** By attribute name. */
  readonly attributes: Readonly<Record<string, string | null | undefined>>;
  readonly prediction: boolean;
  readonly truth?: boolean | null;
  /** What the person decided in the end. */
  readonly human?: boolean | null;
  readonly objection?: boolean | null;
  readonly remedy?: boolean | null;
  /** Whether the truth was sought at random, whatever the prediction. */
  readonly random?: boolean | null;
  readonly stratum?: string | null;
  readonly period?: string | null;
  readonly officer?: string | null;
  readonly cluster?: string | null;
  /** From 0 to 1. */
  readonly score?: number | null;
}

const TEXT = ['stratum', 'period', 'officer', 'cluster'] as const;
/** Scores are kept to the millionth and added as whole numbers, so that their sum does not depend on the order of rows. */
export const SCORE_UNIT = 1_000_000;

const SEPARATOR = '\u0000';

/**
 * Counts decisions one by one, and takes them back: when the truth or a review arrives later, remove the row as it was
 * and add it as it is.
 */
export class CellBuilder {
  readonly #attributes: readonly string[];
  readonly #roles: readonly Role[];
  readonly #cells = new Map<
    string,
    { values: (string | null)[]; count: number; score: bigint; square: bigint }
  >();

  /** @param roles what rows will tell besides attributes and prediction */
  constructor(attributes: readonly string[], roles: readonly Exclude<Role, 'prediction'>[] = []) {
    this.#attributes = attributes;
    this.#roles = ['prediction', ...roles];
  }

  /** @param times how many alike rows it stands for, a whole number */
  add(row: DecisionRow, times = 1): void {
    if (!Number.isSafeInteger(times) || times < 0) {
      throw new FairnessError('bad-count', `${times} is no whole number of rows`, {
        mend: 'Count whole rows',
      });
    }
    if (times > 0) this.#count(row, times);
  }

  /** Takes back a row that was added before. */
  remove(row: DecisionRow): void {
    this.#count(row, -1);
  }

  /** The table as it stands; it does not change with later rows. */
  build(): Cells {
    const cells = [...this.#cells.values()].filter(({ count }) => count !== 0);
    if (cells.some(({ count }) => count < 0)) {
      throw new FairnessError('bad-input', 'a row was taken back that had never been added', {
        mend: 'Remove a row exactly as it was added',
      });
    }
    const column = (name: string, at: number): RawColumn => ({
      name,
      values: cells.map(({ values }) => values[at] ?? null),
    });
    const scored = this.#roles.includes('bin');
    return assemble({
      attributes: this.#attributes.map(column),
      roles: Object.fromEntries(
        this.#roles.map((role, at) => [role, column(role, this.#attributes.length + at)]),
      ),
      count: cells.map(({ count }) => count),
      scores: scored
        ? {
            sum: cells.map(({ score }) => Number(score) / SCORE_UNIT),
            squares: cells.map(({ square }) => Number(square) / SCORE_UNIT ** 2),
          }
        : undefined,
    });
  }

  #count(row: DecisionRow, times: number): void {
    const values = [
      ...this.#attributes.map((name) => row.attributes[name] ?? null),
      ...this.#roles.map((role) => textOf(row, role)),
    ];
    const key = values.map((value) => (value === null ? '' : `=${value}`)).join(SEPARATOR);
    const cell = this.#cells.get(key) ?? { values, count: 0, score: 0n, square: 0n };
    const score = BigInt(Math.round((row.score ?? 0) * SCORE_UNIT));
    cell.count += times;
    cell.score += BigInt(times) * score;
    cell.square += BigInt(times) * score * score;
    if (cell.count === 0) this.#cells.delete(key);
    else this.#cells.set(key, cell);
  }
}

function textOf(row: DecisionRow, role: Role): string | null {
  if (role === 'bin') return row.score === undefined || row.score === null ? null : String(binOf(row.score));
  for (const name of YES_NO) if (name === role) return yesNo(row[name]);
  for (const name of TEXT) if (name === role) return row[name] ?? null;
  return null;
}

function yesNo(value: boolean | null | undefined): string | null {
  return value === undefined || value === null ? null : (YES_NO_VALUES[value ? 1 : 0] as string);
}

/** The bin of a score, from 0 to {@link SCORE_BINS} − 1. */
export function binOf(score: number): number {
  if (!(score >= 0 && score <= 1)) {
    throw new FairnessError('bad-score', `${score} is no score from 0 to 1`, {
      mend: 'Divide the scores by their largest possible value',
    });
  }
  return Math.min(SCORE_BINS - 1, Math.floor(score * SCORE_BINS));
}
