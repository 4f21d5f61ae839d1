import { type Rate, rateOfCount } from '../audit/compare.ts';
import { type Cells, type Dimension, UNKNOWN } from '../cells/cells.ts';
import { DEFINITIONS, METRICS, type Metric } from '../cells/metrics.ts';
import { type Slot, type Tally, tallies } from '../cells/tally.ts';
import { FairnessError } from '../error.ts';
import { gap } from '../statistics/index.ts';
import type { CountTable } from './reader.ts';
import { type RoundedCount, roundCount, roundedRate, sumRounded } from './round.ts';
import { SMALLEST_PUBLISHED, suppress } from './suppress.ts';

export interface PublicationSettings {
  /**
   * `suppress`: small counts are withheld, and others with them so that they cannot be worked out. `round`: every count is
   * rounded to ten and its bounds are carried into every rate.
   */
  readonly rule?: 'suppress' | 'round';
  readonly minimum?: number;
}

/** A count as it is published: exact, a range, or withheld (`undefined`). */
export type PublishedCount = number | RoundedCount | undefined;

export interface PublishedGroup {
  /** `undefined` for the rows that do not tell the attribute. */
  readonly value: string | undefined;
  readonly n: PublishedCount;
  /** By outcome: `negative` and `positive`, or by truth `tn`, `fp`, `fn`, `tp`. */
  readonly counts: Readonly<Record<string, PublishedCount>>;
  /** Only rates whose counts are published. */
  readonly rates: Readonly<Partial<Record<Metric, Rate>>>;
}

/** One attribute's figures, fit for a public page. */
export interface PublishedAttribute {
  readonly attribute: string;
  readonly rule: 'suppress' | 'round';
  readonly minimum: number;
  readonly groups: readonly PublishedGroup[];
  /** Groups of which something is withheld. */
  readonly withheld: number;
  /** The gap in selection rates over the groups that show theirs, with simultaneous bounds; never without them. */
  readonly gap:
    | {
        readonly value: number;
        readonly low: number;
        readonly high: number;
        readonly between: readonly [string, string];
      }
    | undefined;
}

const BY_TRUTH: Readonly<Record<string, readonly Slot[]>> = {
  tn: ['tn'],
  fp: ['fp'],
  fn: ['fn'],
  tp: ['tp'],
};
const BY_PREDICTION: Readonly<Record<string, readonly Slot[]>> = {
  negative: ['tn', 'fn', 'un'],
  positive: ['tp', 'fp', 'up'],
};

/**
 * The figures of every attribute under the publication rules. Attributes are published one by one, never crossed: tables
 * that share only their totals tell nothing more about each other's cells. Truth is shown only where it is known for every
 * row; intersections are not published.
 *
 * @throws FairnessError `bad-input` for weighted cells: people are protected, not weights
 */
export function publish(cells: Cells, settings: PublicationSettings = {}): readonly PublishedAttribute[] {
  const { rule = 'suppress', minimum = SMALLEST_PUBLISHED } = settings;
  if (cells.weights !== undefined) {
    throw new FairnessError('bad-input', 'weighted rows are no people that could be protected by counting', {
      mend: 'Publish the unweighted counts',
    });
  }
  return cells.attributes.map((dimension) => {
    const { table, values } = tableOf(cells, dimension);
    const groups = rule === 'round' ? rounded(table, values) : suppressed(table, values, minimum);
    return {
      attribute: dimension.name,
      rule,
      minimum,
      groups,
      withheld: groups.filter(({ n, counts }) => [n, ...Object.values(counts)].includes(undefined)).length,
      gap: rule === 'round' ? undefined : gapOf(groups),
    };
  });
}

function tableOf(cells: Cells, dimension: Dimension): { table: CountTable; values: (string | undefined)[] } {
  const { known, unknown } = tallies(cells, dimension.codes, dimension.values.length);
  const complete = cells.roles.truth !== undefined && !cells.roles.truth.codes.includes(UNKNOWN);
  const columns = complete ? BY_TRUTH : BY_PREDICTION;
  const line = (tally: Tally) => Object.values(columns).map((slots) => tally.rows(...slots));
  const some = line(unknown).some((n) => n > 0);
  const values = [...dimension.values, ...(some ? [undefined] : [])];
  return {
    values,
    table: {
      rows: values.map((value) => value ?? ''),
      columns: Object.keys(columns),
      counts: [...known, ...(some ? [unknown] : [])].map(line),
    },
  };
}

function suppressed(
  table: CountTable,
  values: readonly (string | undefined)[],
  minimum: number,
): readonly PublishedGroup[] {
  const { withheld } = suppress(table, minimum);
  return values.map((value, row) => {
    const line = table.counts[row] ?? [];
    const shown = (column: number) =>
      withheld[row]?.[column] === true ? undefined : (line[column] as number);
    const counts = Object.fromEntries(table.columns.map((name, column) => [name, shown(column)]));
    const n = withheld[row]?.at(-1) === true ? undefined : line.reduce((sum, one) => sum + one, 0);
    return {
      value,
      n,
      counts,
      rates: ratesOf(table.columns, (successes, failures) => {
        const [yes, no] = [addKnown(successes, counts), addKnown(failures, counts)];
        if (yes === undefined || no === undefined) return undefined;
        return rateOfCount({ successes: yes, total: yes + no }, yes + no, true);
      }),
    };
  });
}

function rounded(table: CountTable, values: readonly (string | undefined)[]): readonly PublishedGroup[] {
  return values.map((value, row) => {
    const line = (table.counts[row] ?? []).map((count) => roundCount(count));
    const counts = Object.fromEntries(
      table.columns.map((name, column) => [name, line[column] as RoundedCount]),
    );
    const add = (names: readonly string[]) => sumRounded(names.map((name) => counts[name] as RoundedCount));
    return {
      value,
      n: sumRounded(line),
      counts,
      rates: ratesOf(table.columns, (yes, no) => {
        const [successes, failures] = [add(yes), add(no)];
        const rate = roundedRate({ successes, failures });
        return rate === undefined ? undefined : { ...rate, denominator: successes.value + failures.value };
      }),
    };
  });
}

/** Every rate that the columns tell, by the names of its successes and of its failures. */
function ratesOf(
  columns: readonly string[],
  rate: (successes: readonly string[], failures: readonly string[]) => Rate | undefined,
): Readonly<Partial<Record<Metric, Rate>>> {
  const byTruth = columns.includes('tp');
  return Object.fromEntries(
    METRICS.flatMap((metric) => {
      if (metric !== 'selection' && !byTruth) return [];
      const [successes, all] =
        metric !== 'selection'
          ? DEFINITIONS[metric]
          : byTruth
            ? [
                ['fp', 'tp'],
                ['tn', 'fp', 'fn', 'tp'],
              ]
            : [['positive'], ['negative', 'positive']];
      const names: readonly string[] = successes;
      const found = rate(
        names,
        all.filter((name) => !names.includes(name)),
      );
      return found?.value === undefined ? [] : [[metric, found]];
    }),
  );
}

function addKnown(
  names: readonly string[],
  counts: Readonly<Record<string, number | undefined>>,
): number | undefined {
  return names.reduce<number | undefined>((sum, name) => {
    const count = counts[name];
    return sum === undefined || count === undefined ? undefined : sum + count;
  }, 0);
}

function gapOf(groups: readonly PublishedGroup[]): PublishedAttribute['gap'] {
  const shown = groups.flatMap(({ value, rates: { selection } }) =>
    value === undefined || selection?.value === undefined
      ? []
      : [
          {
            value,
            count: { successes: selection.value * selection.denominator, total: selection.denominator },
          },
        ],
  );
  const found = gap(shown.map(({ count }) => ({ ...count, successes: Math.round(count.successes) })));
  if (found === undefined) return undefined;
  const { value, low, high } = found;
  return { value, low, high, between: [shown[found.lowest]?.value ?? '', shown[found.highest]?.value ?? ''] };
}
