import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  type Count,
  equalOddsGap,
  type Gap,
  gap,
  holm,
  type Interval,
  maxT,
  newcombe,
  rangeQuantile,
} from '../../src/index.ts';
import { of } from '../fixtures.ts';

/** Benjamini & Hochberg 1995, section 4.1: fifteen tests of a trial after myocardial infarction. */
const TRIAL = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
];
const rejected = (adjusted: readonly number[]) => adjusted.filter((p) => p <= 0.05).length;

test('the trial of Benjamini & Hochberg: Holm rejects three, their own procedure four', () => {
  assert.equal(rejected(holm(TRIAL)), 3);
  assert.equal(rejected(benjaminiHochberg(TRIAL)), 4);
  assert.equal(rejected(benjaminiYekutieli(TRIAL)), 3);
});

test('adjusted p-values keep order and place, and Holm is never smaller than Benjamini–Hochberg', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (p) => {
      const [h, bh, by] = [holm(p), benjaminiHochberg(p), benjaminiYekutieli(p)];
      const backwards = holm([...p].reverse()).toReversed();
      p.forEach((raw, at) => {
        assert.ok(raw <= (bh[at] as number) + 1e-15);
        assert.ok((bh[at] as number) <= (h[at] as number) + 1e-12);
        assert.ok((bh[at] as number) <= (by[at] as number) + 1e-12);
        assert.ok(Math.abs((backwards[at] as number) - (h[at] as number)) < 1e-12);
        p.forEach((other, there) => {
          if (raw < other) assert.ok((h[at] as number) <= (h[there] as number));
        });
      });
    }),
  );
});

test('the studentized range agrees with its table (infinitely many degrees of freedom, 5 %)', () => {
  const table = {
    2: 2.772,
    3: 3.314,
    4: 3.633,
    5: 3.858,
    6: 4.03,
    8: 4.286,
    10: 4.474,
    15: 4.796,
    20: 5.012,
  };
  for (const [groups, expected] of Object.entries(table)) {
    assert.ok(Math.abs(rangeQuantile(0.05, Number(groups)) - expected) < 6e-4, groups);
  }
});

test('a gap of two groups is the difference of Newcombe', () => {
  const [a, b] = [of(40, 100), of(25, 110)];
  const pair = newcombe(a, b) as Interval;
  const both = gap([b, a]) as Gap;
  assert.ok(Math.abs(both.low - pair.low) < 1e-6 && Math.abs(both.high - pair.high) < 1e-6);
  assert.deepEqual([both.highest, both.lowest], [1, 0]);
});

test('a gap without two rates is undefined, groups without a rate take no part', () => {
  assert.equal(gap([of(1, 2)]), undefined);
  assert.equal(gap([of(1, 2), of(0, 0)]), undefined);
  assert.equal(gap([of(0, 0), of(10, 40), of(20, 40)])?.highest, 2);
});

test('the gap holds its estimate, does not depend on order, and one more group never sharpens it', () => {
  const group = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 60, max: 400 }))
    .map(([k, n]) => of(k, n));
  fc.assert(
    fc.property(fc.array(group, { minLength: 2, maxLength: 6 }), group, (groups, more) => {
      const one = gap(groups) as Gap;
      assert.ok(0 <= one.low && one.low <= one.value && one.value <= one.high && one.high <= 1);
      const turned = gap([...groups].reverse()) as Gap;
      assert.ok(Math.abs(turned.low - one.low) < 1e-12 && turned.high === one.high);
      const wider = gap([...groups, groups[0] as Count, more]) as Gap;
      assert.ok(wider.high >= one.high - 1e-12);
    }),
    { numRuns: 30 },
  );
});

test('joint bounds of equal odds hold both gaps', () => {
  const tpr = [of(80, 100), of(60, 100)];
  const fpr = [of(10, 100), of(12, 100)];
  const joint = equalOddsGap(tpr, fpr) as Gap;
  const alone = gap(tpr) as Gap;
  assert.ok(joint.low < alone.low && joint.low > 0 && joint.high > alone.high);
  assert.equal(joint.value, alone.value);
});

test('max-T: the critical value leaves 5 % of the maxima above it', () => {
  const maxima = Array.from({ length: 199 }, (_, at) => at + 1);
  const found = maxT([190.5, 1000, 0], maxima);
  assert.equal(found.critical, 190);
  assert.deepEqual(found.adjusted, [10 / 200, 1 / 200, 1]);
  assert.equal(maxT([5], [1, 2, 3]).critical, Infinity);
});
