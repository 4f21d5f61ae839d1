import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CountTable, readerRanges, SMALLEST_PUBLISHED, suppress } from '../../src/index.ts';

const tableOf = (counts: number[][]): CountTable => ({
  rows: counts.map((_, at) => `g${at}`),
  columns: (counts[0] ?? []).map((_, at) => `c${at}`),
  counts,
});

/** Many small counts beside some large ones. */
const count = fc.oneof(fc.nat(15), fc.nat(40), fc.nat(900));
const table = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(count, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )
  .map(tableOf);

test('no withheld number can be solved for: each ranges over at least ten values', () => {
  fc.assert(
    fc.property(table, (one) => {
      const { withheld, columnsShown } = suppress(one);
      const shownTable = columnsShown ? one : totalsOnly(one);
      const mask = columnsShown
        ? withheld
        : withheld.map((row) => [row.at(-1) === true, row.at(-1) === true]);
      const ranges = readerRanges(shownTable, mask);
      const numbers = mask.flatMap((row, r) => row.map((hidden, c) => ({ hidden, range: ranges[r]?.[c] })));
      if (numbers.every(({ hidden }) => hidden)) return;
      for (const { hidden, range } of numbers) {
        const width = (range?.high ?? 0) - (range?.low ?? 0);
        assert.ok(hidden ? width >= SMALLEST_PUBLISHED : width === 0, `${width}`);
      }
    }),
    { numRuns: 400 },
  );
});

test('nothing under ten is shown, in a cell or in a total', () => {
  fc.assert(
    fc.property(table, (one) => {
      const { withheld, columnsShown } = suppress(one);
      one.counts.forEach((row, r) => {
        const total = row.reduce((sum, n) => sum + n, 0);
        if (total < SMALLEST_PUBLISHED) assert.ok(withheld[r]?.every((hidden) => hidden));
        row.forEach((n, c) => {
          if (n < SMALLEST_PUBLISHED || !columnsShown) assert.equal(withheld[r]?.[c], true);
        });
      });
    }),
    { numRuns: 400 },
  );
});

test('the ranges of a reader are those of every table that agrees: small tables, counted out', () => {
  const small = fc
    .array(fc.array(fc.nat(4), { minLength: 2, maxLength: 2 }), { minLength: 2, maxLength: 3 })
    .chain((counts) =>
      fc.tuple(
        fc.constant(tableOf(counts)),
        fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), {
          minLength: counts.length,
          maxLength: counts.length,
        }),
      ),
    );
  fc.assert(
    fc.property(small, ([one, mask]) => {
      const seen = one.counts.map(() => [new Set<number>(), new Set<number>(), new Set<number>()]);
      for (const other of tablesLike(one)) {
        const agrees = mask.every((row, r) =>
          row.every((hidden, c) => hidden || numberOf(other, r, c) === numberOf(one.counts, r, c)),
        );
        if (agrees)
          for (const [r, row] of seen.entries())
            for (const [c, values] of row.entries()) values.add(numberOf(other, r, c));
      }
      const counted = seen.map((row) =>
        row.map((values) => ({ low: Math.min(...values), high: Math.max(...values) })),
      );
      assert.deepEqual(readerRanges(one, mask), counted);
    }),
    { numRuns: 150 },
  );
});

test('where nothing is small, nothing is withheld', () => {
  const { withheld } = suppress(
    tableOf([
      [40, 60],
      [300, 20],
      [11, 12],
    ]),
  );
  assert.ok(withheld.flat().every((hidden) => !hidden));
});

test('one small group takes a second one with it; which of them is small is not told', () => {
  const { withheld } = suppress(
    tableOf([
      [2, 3],
      [100, 200],
      [30, 40],
      [500, 600],
    ]),
  );
  assert.deepEqual(
    withheld.map((row) => row.every((hidden) => hidden)),
    [true, false, true, false],
  );
});

test('a column that is small everywhere is not shown at all, and row totals then stand alone', () => {
  const found = suppress(
    tableOf([
      [3, 100],
      [2, 200],
    ]),
  );
  assert.equal(found.columnsShown, false);
  assert.deepEqual(found.withheld, [
    [true, true, false],
    [true, true, false],
  ]);
  assert.throws(() => suppress(tableOf([[1.5]])), { code: 'bad-input' });
});

function totalsOnly({ rows, counts }: CountTable): CountTable {
  return { rows, columns: ['total'], counts: counts.map((row) => [row.reduce((sum, n) => sum + n, 0)]) };
}

function numberOf(counts: readonly (readonly number[])[], row: number, column: number): number {
  const line = counts[row] ?? [];
  return line[column] ?? line.reduce((sum, n) => sum + n, 0);
}

/** Every table of two columns with the same totals of columns. */
function* tablesLike({ counts }: CountTable): Generator<number[][]> {
  const [first, second] = [0, 1].map((c) => counts.reduce((sum, row) => sum + (row[c] ?? 0), 0)) as [
    number,
    number,
  ];
  for (const one of parts(first, counts.length)) {
    for (const two of parts(second, counts.length)) yield one.map((n, r) => [n, two[r] ?? 0]);
  }
}

function* parts(total: number, into: number): Generator<number[]> {
  if (into === 1) yield [total];
  else for (let n = 0; n <= total; n++) for (const rest of parts(total - n, into - 1)) yield [n, ...rest];
}
