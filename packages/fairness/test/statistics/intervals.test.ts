import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  differenceBeyond,
  differenceWithin,
  FairnessError,
  fisherMidP,
  type Interval,
  koopman,
  newcombe,
  normalLower,
  normalQuantile,
  normalUpper,
  ratioPValues,
  wilson,
} from '../../src/index.ts';
import { studentQuantile } from '../../src/statistics/gamma.ts';
import { of } from '../fixtures.ts';

const close = (actual: number | undefined, expected: number, digits: number) =>
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= 0.5000001 * 10 ** -digits,
    `${actual} is not ${expected} to ${digits} digits`,
  );
const near = (actual: Interval | undefined, [low, high]: readonly [number, number], digits = 4) => {
  close(actual?.low, low, digits);
  close(actual?.high, high, digits);
};

const counts = fc
  .tuple(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([total, share]) => of(Math.round(total * share), total));

test('normal tail and quantile agree with tables', () => {
  close(normalUpper(1.96), 0.024997895148220435, 16);
  assert.ok(Math.abs(normalUpper(10) / 7.61985302416053e-24 - 1) < 1e-12);
  assert.ok(Math.abs(normalUpper(37) / 5.725571222524577e-300 - 1) < 1e-11);
  close(normalQuantile(0.975), 1.959963984540054, 14);
  close(normalQuantile(1e-10), -6.361340902404056, 12);
  close(studentQuantile(0.975, 9), 2.262157, 6);
  close(studentQuantile(0.025, 1), -12.706205, 6);
});

test('quantile and tail undo each other', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
      assert.ok(Math.abs(normalLower(normalQuantile(p)) - p) < 1e-13);
    }),
  );
});

test("Wilson: the four examples of Newcombe's table I (1998)", () => {
  near(wilson(of(81, 263)), [0.2553, 0.3662]);
  near(wilson(of(15, 148)), [0.0624, 0.1605]);
  near(wilson(of(0, 20)), [0, 0.1611]);
  near(wilson(of(1, 29)), [0.0061, 0.1718]);
});

test('Newcombe: the examples of his table II (1998), method 10', () => {
  near(newcombe(of(56, 70), of(48, 80)), [0.0524, 0.3339]);
  near(newcombe(of(9, 10), of(3, 10)), [0.1705, 0.809]);
  near(newcombe(of(6, 7), of(2, 7)), [0.0582, 0.8062]);
  near(newcombe(of(5, 56), of(0, 29)), [-0.0381, 0.1926]);
  near(newcombe(of(0, 10), of(0, 20)), [-0.1611, 0.2775]);
  near(newcombe(of(10, 10), of(0, 10)), [0.6075, 1]);
});

test('Koopman: his example (1984), 36 of 40 against 16 of 80', () => {
  near(koopman(of(36, 40), of(16, 80)), [2.94, 7.15], 2);
});

test('Fisher mid-p: the lady tasting tea (Agresti, section 3.5)', () => {
  const tea = fisherMidP(of(3, 4), of(1, 4));
  close(tea.greater, 0.129, 3);
  close(tea.less, 0.871, 3);
  close(tea.twoSided, 0.257, 3);
});

test('nobody counted is undefined, never 0', () => {
  assert.equal(wilson(of(0, 0)), undefined);
  assert.equal(newcombe(of(0, 0), of(1, 2)), undefined);
  assert.equal(koopman(of(1, 2), of(0, 0)), undefined);
  assert.equal(ratioPValues(of(0, 9), of(0, 9), 0.8), undefined);
  assert.equal(differenceBeyond(of(0, 0), of(1, 2), 0.1), undefined);
});

test('what is no count is refused', () => {
  for (const bad of [of(2, 1), of(-1, 1), of(0, Number.NaN), of(0, Infinity)]) {
    assert.throws(
      () => wilson(bad),
      (error) => error instanceof FairnessError && error.code === 'bad-input',
    );
  }
  assert.throws(() => fisherMidP(of(0.5, 1), of(1, 2)), { code: 'bad-input' });
});

test('every interval holds its estimate, stays in range and narrows with more people', () => {
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      const one = wilson(a) as Interval;
      const p = a.successes / a.total;
      assert.ok(0 <= one.low && one.low <= p && p <= one.high && one.high <= 1);
      const ten = wilson(of(a.successes * 10, a.total * 10)) as Interval;
      assert.ok(ten.high - ten.low < one.high - one.low);
      const q = b.successes / b.total;
      const both = newcombe(a, b) as Interval;
      assert.ok(-1 <= both.low + 1e-12 && both.low <= p - q && p - q <= both.high && both.high <= 1 + 1e-12);
      const back = newcombe(b, a) as Interval;
      assert.ok(Math.abs(both.low + back.high) < 1e-12 && Math.abs(both.high + back.low) < 1e-12);
      const ratio = koopman(a, b) as Interval;
      assert.ok(ratio.low >= 0 && ratio.low <= ratio.high);
      if (q > 0) assert.ok(ratio.low <= (p / q) * (1 + 1e-9) && p / q <= ratio.high * (1 + 1e-9));
    }),
  );
});

test('the ratio turned round has the interval turned round', () => {
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      if (a.successes === 0 || b.successes === 0) return;
      const one = koopman(a, b) as Interval;
      const other = koopman(b, a) as Interval;
      assert.ok(Math.abs(one.low * other.high - 1) < 1e-6, `${one.low} ${other.high}`);
    }),
  );
});

test('p-values and intervals tell the same story', () => {
  fc.assert(
    fc.property(counts, counts, fc.double({ min: 0.01, max: 0.3, noNaN: true }), (a, b, tolerance) => {
      const interval = newcombe(a, b) as Interval;
      const outside = interval.low > tolerance || interval.high < -tolerance;
      assert.equal((differenceBeyond(a, b, tolerance) as number) < 0.05, outside);
      const inside = interval.low > -tolerance && interval.high < tolerance;
      assert.equal((differenceWithin(a, b, tolerance) as number) < 0.05, inside);
      const ratio = koopman(a, b) as Interval;
      const p = ratioPValues(a, b, 0.8);
      if (p === undefined) return;
      assert.equal(p.below < 0.025, ratio.high < 0.8);
      assert.equal(p.above < 0.025, ratio.low > 0.8);
    }),
  );
});

test('Fisher: both sides together count the observed table once', () => {
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      const { less, greater } = fisherMidP(a, b);
      assert.ok(Math.abs(less + greater - 1) < 1e-9);
    }),
  );
});
