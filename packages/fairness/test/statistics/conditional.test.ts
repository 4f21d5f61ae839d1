import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  brier,
  conditionalDemographicDisparity,
  type Estimate,
  koopman,
  mantelHaenszelOdds,
  mantelHaenszelRatio,
  pooled,
  reliability,
  type ScoreBin,
  type Stratum,
  simpsonsParadox,
} from '../../src/index.ts';
import { countOf, of, rowsOf } from '../fixtures.ts';

const duo = rowsOf('duo-2014-cells.csv');
const strata: readonly Stratum[] = ['1', '2', '3', '4', '5', '6'].map((category) => {
  const count = (origin: string) =>
    countOf(
      duo,
      (row) => row.origin === origin && row.risk_category === category,
      (row) => row.selected_for_control === 'yes',
    );
  return { group: count('Outside Europe'), reference: count('NL') };
});

test('DUO 2014: selection ratio 6.22 from the published totals', () => {
  assert.equal((2010 / 54820 / (1050 / 178200)).toFixed(2), '6.22');
  const interval = koopman(of(2010, 54820), of(1050, 178200));
  assert.ok((interval?.low ?? 0) > 5.7 && (interval?.high ?? 9) < 6.8);
  const { group, reference } = pooled(strata);
  assert.deepEqual([group, reference], [of(2000, 54800), of(1050, 178210)]);
});

test('DUO 2014: conditional on the risk category, Mantel–Haenszel 3.63 [3.35, 3.93]', () => {
  const { value, low, high } = mantelHaenszelRatio(strata) as Estimate;
  assert.deepEqual(
    [value, low, high].map((x) => x.toFixed(2)),
    ['3.63', '3.35', '3.93'],
  );
});

/** Agresti, table 2.6: death penalty by the defendant's race (white, black), given the victim's. */
const DEATH_PENALTY: readonly Stratum[] = [
  { group: of(53, 467), reference: of(11, 48) },
  { group: of(0, 16), reference: of(4, 143) },
];

test("Simpson's paradox: Florida's death penalty (Agresti, table 2.6)", () => {
  const odds = mantelHaenszelOdds(DEATH_PENALTY) as Estimate;
  assert.ok(odds.value < 0.5 && odds.low < 1);
  const { group, reference } = pooled(DEATH_PENALTY);
  assert.equal((group.successes / group.total).toFixed(3), '0.110');
  assert.equal((reference.successes / reference.total).toFixed(3), '0.079');
});

test('the flag needs both directions beyond doubt', () => {
  const estimate = (low: number, high: number): Estimate => ({
    value: (low + high) / 2,
    low,
    high,
    method: '',
  });
  assert.equal(simpsonsParadox(estimate(1.1, 1.5), estimate(0.5, 0.9)), true);
  assert.equal(simpsonsParadox(estimate(0.5, 0.9), estimate(1.1, 1.5)), true);
  assert.equal(simpsonsParadox(estimate(0.9, 1.5), estimate(0.5, 0.9)), false);
  assert.equal(simpsonsParadox(estimate(1.1, 1.5), estimate(1.2, 1.9)), false);
});

test('Berkeley 1973: men were admitted more often overall, not within departments', () => {
  const admissions: readonly [number, number, number, number][] = [
    [512, 825, 89, 108],
    [353, 560, 17, 25],
    [120, 325, 202, 593],
    [138, 417, 131, 375],
    [53, 191, 94, 393],
    [22, 373, 24, 341],
  ];
  const departments = admissions.map(([men, allMen, women, allWomen]) => ({
    group: of(women, allWomen),
    reference: of(men, allMen),
  }));
  const crude = pooled(departments);
  assert.ok((koopman(crude.group, crude.reference)?.high ?? 1) < 0.75);
  const within = mantelHaenszelOdds(departments) as Estimate;
  // R: mantelhaen.test(UCBAdmissions) gives 0.9047 [0.7719, 1.0603] for men against women.
  assert.equal((1 / within.value).toFixed(4), '0.9047');
  assert.equal((1 / within.high).toFixed(4), '0.7719');
  assert.equal((1 / within.low).toFixed(4), '1.0603');
  assert.ok((conditionalDemographicDisparity([crude]) as number) > 0.1);
  assert.ok(Math.abs(conditionalDemographicDisparity(departments) as number) < 0.03);
});

test('strata that tell nothing drop out; nothing left is undefined', () => {
  const empty: Stratum = { group: of(0, 0), reference: of(3, 9) };
  assert.equal(mantelHaenszelRatio([empty]), undefined);
  assert.equal(mantelHaenszelOdds([{ group: of(0, 5), reference: of(0, 5) }]), undefined);
  assert.equal(conditionalDemographicDisparity([{ group: of(5, 5), reference: of(5, 5) }]), undefined);
  assert.deepEqual(mantelHaenszelRatio([...strata, empty]), mantelHaenszelRatio(strata));
});

test('Brier score and its parts, on ten rows counted by hand', () => {
  const bin = (rows: readonly [number, 0 | 1][]): ScoreBin => ({
    total: rows.length,
    positives: rows.filter(([, y]) => y === 1).length,
    scores: rows.reduce((sum, [s]) => sum + s, 0),
    squares: rows.reduce((sum, [s]) => sum + s * s, 0),
    positiveScores: rows.reduce((sum, [s, y]) => sum + s * y, 0),
  });
  const bins = [
    bin([
      [0.2, 0],
      [0.2, 0],
      [0.2, 0],
      [0.2, 0],
      [0.2, 1],
    ]),
    bin([]),
    bin([
      [0.6, 1],
      [0.6, 1],
      [0.6, 1],
      [0.6, 0],
      [0.6, 1],
    ]),
  ];
  const parts = brier(bins);
  assert.ok(parts !== undefined);
  const expected = (4 * 0.04 + 0.64 + 4 * 0.16 + 0.36) / 10;
  assert.ok(Math.abs(parts.score - expected) < 1e-12);
  assert.ok(Math.abs(parts.reliability - parts.resolution + parts.uncertainty - parts.score) < 1e-12);
  assert.ok(Math.abs(parts.calibrationError - 0.1) < 1e-12);
  const points = reliability(bins);
  assert.deepEqual(
    points.map(({ rate }) => rate),
    [0.2, 0.8],
  );
  assert.equal(brier([]), undefined);
});
