import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shareOf, wilson } from './interval.ts';
import { histogramSince, lowerRank, medianOf } from './median.ts';

test("Wilson's interval gives Newcombe's published figures (1998, table I, method 3)", () => {
  const published: readonly [number, number, string, string][] = [
    [81, 263, '0.2553', '0.3662'],
    [15, 148, '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1611'],
    [1, 29, '0.0061', '0.1718'],
  ];
  for (const [count, of, low, high] of published) {
    const [l, h] = wilson(count, of);
    assert.deepEqual([l.toFixed(4), h.toFixed(4)], [low, high], `${count} of ${of}`);
  }
});

test('a share lies in its interval, the interval in [0, 1], and the complement mirrors it', () => {
  const counts = fc.integer({ min: 1, max: 5_000_000 }).chain((of) => fc.tuple(fc.nat(of), fc.constant(of)));
  fc.assert(
    fc.property(counts, ([count, of]) => {
      const [low, high] = wilson(count, of);
      assert.ok(0 <= low && low <= count / of && count / of <= high && high <= 1);
      const [otherLow, otherHigh] = wilson(of - count, of);
      assert.ok(Math.abs(otherLow - (1 - high)) < 1e-9 && Math.abs(otherHigh - (1 - low)) < 1e-9);
      const { share, interval } = shareOf(count, of);
      assert.ok(Number(interval[0]) <= low && high <= Number(interval[1]), 'rounded outwards');
      assert.ok(Number(interval[0]) <= Number(share) && Number(share) <= Number(interval[1]));
    }),
  );
});

test('more people make the interval narrower', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 2, max: 50 }), (percent, times) => {
      const [low, high] = wilson(percent, 100);
      const [closerLow, closerHigh] = wilson(percent * times, 100 * times);
      assert.ok(closerHigh - closerLow < high - low);
    }),
  );
});

test('what is no share is refused', () => {
  for (const [count, of] of [
    [1, 0],
    [-1, 5],
    [6, 5],
    [0.5, 5],
    [Number.NaN, 5],
  ] as const) {
    assert.throws(() => wilson(count, of), RangeError);
  }
});

test('the ranks of the median interval are the exact binomial ones', () => {
  // Conover 1999, table A3: for n = 6 the smallest value, for n = 20 the 6th, for n = 100 the 40th.
  assert.deepEqual([5, 6, 9, 20, 100].map(lowerRank), [0, 1, 2, 6, 40]);
});

test('the median is that of the sorted values, and lies in its interval', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(90), { minLength: 6, maxLength: 300 }), (values) => {
      const histogram: Record<string, number> = {};
      for (const value of values) histogram[value] = (histogram[value] ?? 0) + 1;
      const sorted = [...values].sort((a, b) => a - b);
      const [a, b] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]] as [number, number];
      const found = medianOf(histogram);
      assert.equal(found?.median, String((a + b) / 2));
      assert.equal(found?.of, values.length);
      const [low, high] = found?.interval ?? [1, 0];
      assert.ok(low <= (a + b) / 2 && (a + b) / 2 <= high);
      assert.ok(sorted.includes(low) && sorted.includes(high));
    }),
  );
  assert.equal(medianOf({ 3: 5 }), undefined);
});

test('a histogram grows by what was added', () => {
  assert.deepEqual(histogramSince({ 1: 3, 2: 2, 5: 1 }, { 1: 3, 2: 1 }), { 2: 1, 5: 1 });
});
