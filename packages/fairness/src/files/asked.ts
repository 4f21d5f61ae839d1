import { FairnessError } from '../error.ts';

/** A column whose values are yes or no: yes are those listed, an empty one is not known, anything else is no. */
export interface YesNoColumn {
  readonly column: string;
  readonly positive: readonly string[];
}

/** Which column of a file says what. */
export interface FileColumns {
  /** Attributes whose groups are compared. */
  readonly by: readonly string[];
  readonly prediction: YesNoColumn;
  readonly truth?: YesNoColumn | undefined;
  /** What the person decided. */
  readonly human?: YesNoColumn | undefined;
  readonly objection?: YesNoColumn | undefined;
  readonly remedy?: YesNoColumn | undefined;
  /** Whose truth was sought at random. */
  readonly random?: YesNoColumn | undefined;
  readonly stratum?: string | undefined;
  /** Dates (`2026-03-31…`) are taken by month. */
  readonly period?: string | undefined;
  readonly officer?: string | undefined;
  /** Who repeats: a person, an officer, an office. */
  readonly cluster?: string | undefined;
  /** From 0 to 1. */
  readonly score?: string | undefined;
  /** How many rows each row stands for: whole numbers. */
  readonly count?: string | undefined;
  /** Sampling weights, from a millionth to a million. */
  readonly weight?: string | undefined;
}

export const YES_NO_ASKED = ['prediction', 'truth', 'human', 'objection', 'remedy', 'random'] as const;
export const TEXT_ASKED = ['stratum', 'period', 'officer', 'cluster'] as const;

/** Every column that is asked for, with the option that asks for it. */
export function askedOf(
  columns: FileColumns,
): readonly { readonly column: string; readonly option: string }[] {
  return [
    ...columns.by.map((column) => ({ column, option: 'by' })),
    ...YES_NO_ASKED.flatMap((option) => {
      const asked = columns[option];
      return asked === undefined ? [] : [{ column: asked.column, option: option as string }];
    }),
    ...[...TEXT_ASKED, 'score' as const, 'count' as const, 'weight' as const].flatMap((option) => {
      const column = columns[option];
      return column === undefined ? [] : [{ column, option: option as string }];
    }),
  ];
}

/** @throws FairnessError `missing-column`, `bad-option` */
export function checkAsked(asked: FileColumns, has: readonly string[], where: string): void {
  for (const { column, option } of askedOf(asked)) {
    if (has.includes(column)) continue;
    const near = nearest(column, has);
    throw new FairnessError(
      'missing-column',
      `there is no column ${JSON.stringify(column)} (asked for as ${option})`,
      {
        where,
        mend: `${near === undefined ? '' : `Did you mean ${JSON.stringify(near)}? `}The file has: ${has.join(', ')}`,
      },
    );
  }
  if (asked.by.length === 0) {
    throw new FairnessError('bad-option', 'no attribute was named', {
      mend: 'Name one or more columns to compare by',
    });
  }
  const twice = asked.by.find((name, at) => asked.by.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new FairnessError('bad-option', `${JSON.stringify(twice)} was named twice`, {
      mend: 'Name each attribute once',
    });
  }
  for (const option of YES_NO_ASKED) {
    if (asked[option]?.positive.length !== 0) continue;
    throw new FairnessError(
      'bad-option',
      `no value of ${JSON.stringify(asked[option]?.column)} was called positive`,
      {
        mend: 'Say which values mean yes',
      },
    );
  }
}

/** The name that differs by the fewest letters, if by few. */
function nearest(name: string, among: readonly string[]): string | undefined {
  const ranked = among
    .map((one) => ({ one, far: distance(name.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best !== undefined && best.far <= Math.max(1, name.length / 3) ? best.one : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
