import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  binomial,
  clusterInterval,
  clusterVariance,
  deflate,
  differenceSequence,
  effectiveCount,
  hypergeometric,
  type Interval,
  OddsEvidence,
  rateSequence,
  replicateVariance,
  resampleClusters,
  seededRandom,
  wilson,
} from '../../src/index.ts';
import { of } from '../fixtures.ts';

test('the sequence for a rate is where the Beta mixture is 1/α times as likely', () => {
  const { low, high } = rateSequence(of(30, 100), 0.05, [1, 1]);
  // ∫ p^30 (1 − p)^70 dp = 1 / (101 · C(100, 30)); solved for 20 times the likelihood.
  const logMixture = -Math.log(101) - logChoose(100, 30);
  for (const p of [low, high]) {
    assert.ok(Math.abs(logMixture - 30 * Math.log(p) - 70 * Math.log1p(-p) - Math.log(20)) < 1e-9);
  }
  assert.deepEqual(rateSequence(of(0, 0)), { low: 0, high: 1 });
  assert.equal(rateSequence(of(0, 50)).low, 0);
  assert.equal(rateSequence(of(50, 50)).high, 1);
});

test('sequences are wider than an interval for one look, and narrow', () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 4000 }), fc.integer({ min: 5, max: 95 }), (n, percent) => {
      const count = of(Math.round((n * percent) / 100), n);
      const fixed = wilson(count) as Interval;
      const always = rateSequence(count);
      assert.ok(always.low < fixed.low && always.high > fixed.high);
      const later = rateSequence(of(count.successes * 4, n * 4));
      assert.ok(later.high - later.low < always.high - always.low);
      const difference = differenceSequence(count, of(1, 3));
      assert.ok(difference.low >= -1 && difference.high <= 1);
    }),
  );
});

test('a period with one possible table tells nothing; evidence grows with a real difference only', () => {
  const evidence = new OddsEvidence();
  assert.ok(Math.abs(evidence.add(of(0, 40), of(0, 30)) - 1) < 1e-9);
  assert.ok(Math.abs(evidence.add(of(0, 0), of(7, 30)) - 1) < 1e-9);
  const same = new OddsEvidence();
  const different = new OddsEvidence();
  for (let month = 0; month < 12; month++) {
    same.add(of(30, 100), of(60, 200));
    different.add(of(45, 100), of(60, 200));
  }
  assert.ok(same.value < 1 && different.value > 20);
});

test('the e-value is a fair bet: its mean over every table of a period is 1', () => {
  const [n1, n2, successes] = [6, 9, 7];
  let mean = 0;
  for (let k = Math.max(0, successes - n2); k <= Math.min(n1, successes); k++) {
    const p = Math.exp(
      logChoose(successes, k) + logChoose(n1 + n2 - successes, n1 - k) - logChoose(n1 + n2, n1),
    );
    const evidence = new OddsEvidence();
    evidence.add(of(2, 6), of(3, 9));
    const before = evidence.value;
    mean += (p * evidence.add(of(k, n1), of(successes - k, n2))) / before;
  }
  assert.ok(Math.abs(mean - 1) < 1e-9);
});

test('large periods are walked from the mode: counts of a million give a number at once', () => {
  const started = performance.now();
  const value = new OddsEvidence().add(of(300_000, 1_000_000), of(301_000, 1_000_000));
  assert.ok(Number.isFinite(value) && performance.now() - started < 1000);
});

test('draws have the mean and variance of their distribution, on both sides of the short cut', () => {
  const random = seededRandom(20_261_124);
  const check = (name: string, draw: () => number, mean: number, variance: number) => {
    const values = Array.from({ length: 20_000 }, draw);
    const average = values.reduce((sum, x) => sum + x, 0) / values.length;
    const spread = values.reduce((sum, x) => sum + (x - average) ** 2, 0) / values.length;
    assert.ok(
      Math.abs(average - mean) < 4.5 * Math.sqrt(variance / values.length),
      `${name}: mean ${average}`,
    );
    assert.ok(Math.abs(spread / variance - 1) < 0.06, `${name}: variance ${spread} for ${variance}`);
  };
  for (const [n, p] of [
    [6, 0.3],
    [40, 0.05],
    [900, 0.7],
    [5000, 0.5],
  ] as const) {
    check(`binomial ${n} ${p}`, () => binomial(random, n, p), n * p, n * p * (1 - p));
  }
  for (const [population, marked, drawn] of [
    [50, 20, 5],
    [50, 20, 45],
    [10_000, 3000, 700],
  ] as const) {
    const p = marked / population;
    const variance = (drawn * p * (1 - p) * (population - drawn)) / (population - 1);
    check(
      `hypergeometric ${population} ${marked} ${drawn}`,
      () => hypergeometric(random, population, marked, drawn),
      drawn * p,
      variance,
    );
  }
});

test('clusters: identical people in pairs know half as much', () => {
  const rows = Array.from({ length: 400 }, (_, at) => (at % 5 === 0 ? 1 : 0));
  const rate = (sums: Float64Array) => [(sums[0] as number) / (sums[1] as number)];
  const singles = rows.map((y) => [y, 1]);
  const pairs = rows.slice(0, 200).map((y) => [2 * y, 2]);
  const one = resampleClusters(singles, rate, { seed: 3, replicates: 1500 });
  const two = resampleClusters(pairs, rate, { seed: 3, replicates: 1500 });
  assert.deepEqual(one.observed, [0.2]);
  const ratio = (clusterVariance(two) as number) / (clusterVariance(one) as number);
  assert.ok(ratio > 1.75 && ratio < 2.25, `${ratio}`);
  const interval = clusterInterval(one) as Interval;
  assert.ok(interval.low > 0.15 && interval.low < 0.175 && interval.high > 0.225 && interval.high < 0.25);
  assert.deepEqual(
    resampleClusters(singles, rate, { seed: 3 }),
    resampleClusters(singles, rate, { seed: 3 }),
  );
  assert.throws(() => resampleClusters([[1]], rate, { seed: 1 }), { code: 'bad-input' });
});

test('weights: equal ones change nothing, unequal ones cost what Kish says', () => {
  const same = effectiveCount({ weight: 100, square: 100, successWeight: 30, successSquare: 30 });
  assert.ok(Math.abs(same.total - 100) < 1e-9 && Math.abs(same.successes - 30) < 1e-9);
  const doubled = effectiveCount({ weight: 200, square: 400, successWeight: 60, successSquare: 120 });
  assert.ok(Math.abs(doubled.total - 100) < 1e-9);
  const never = effectiveCount({ weight: 30, square: 100, successWeight: 0, successSquare: 0 });
  assert.deepEqual(never, of(0, 9));
  assert.deepEqual(effectiveCount({ weight: 0, square: 0, successWeight: 0, successSquare: 0 }), of(0, 0));
  assert.deepEqual(deflate(of(10, 40), 2), of(5, 20));
  assert.deepEqual(deflate(of(10, 40), 0.5), of(10, 40));
});

test('replicate variance: the jackknife of a mean is its textbook variance', () => {
  const rows = [3, 5, 8, 13, 21];
  const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const leaving = rows.map((_, out) => mean(rows.filter((_, at) => at !== out)));
  const textbook = rows.reduce((sum, x) => sum + (x - mean(rows)) ** 2, 0) / (rows.length - 1) / rows.length;
  assert.ok(Math.abs(replicateVariance(mean(rows), leaving, 4 / 5) - textbook) < 1e-12);
  assert.throws(() => replicateVariance(1, [], 1), { code: 'bad-input' });
});

function logChoose(n: number, k: number): number {
  let log = 0;
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i);
  return log;
}
