import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  binomial,
  CellBuilder,
  drift,
  gap,
  type Interval,
  koopman,
  newcombe,
  normalQuantile,
  type Random,
  rateSequence,
  StratifiedSequence,
  searchSubgroups,
  seededRandom,
  wilson,
} from '../../src/index.ts';
import { world } from '../worlds.ts';

/**
 * What the intervals, sequences and searches promise, by simulation. Seeds were fixed before the first run. A test fails
 * only when the one-sided 99 % binomial bound of what was seen contradicts the claim.
 */
const SEED = 20_261_128;

function surelyAbove(hits: number, runs: number, claim: number): boolean {
  return bound(hits, runs).low > claim;
}

function surelyBelow(hits: number, runs: number, claim: number): boolean {
  return bound(hits, runs).high < claim;
}

/** One-sided 99 % score bounds of a share (Wilson's). */
function bound(hits: number, runs: number): Interval {
  return wilson({ successes: hits, total: runs }, normalQuantile(0.99)) as Interval;
}

const share = (hits: number, runs: number) => `${((100 * hits) / runs).toFixed(2)} % of ${runs}`;

function holds(interval: Interval | undefined, truth: number): boolean {
  return interval !== undefined && interval.low <= truth && truth <= interval.high;
}

test('rates, n ≥ 30 and p from 0.05 to 0.95: Wilson covers between 92 and 98 %', (t) => {
  const random = seededRandom(SEED);
  const runs = 20_000;
  let [hits, all] = [0, 0];
  for (const n of [30, 50, 100, 300, 2000]) {
    for (const p of [0.05, 0.1, 0.3, 0.5, 0.8, 0.95]) {
      let covered = 0;
      for (let run = 0; run < runs; run++) {
        if (holds(wilson({ successes: binomial(random, n, p), total: n }), p)) covered++;
      }
      hits += covered;
      all += runs;
      assert.ok(
        !surelyBelow(covered, runs, 0.92) && !surelyAbove(covered, runs, 0.98),
        `${n}, ${p}: ${share(covered, runs)}`,
      );
    }
  }
  t.diagnostic(`over the grid: ${share(hits, all)}`);
  for (const [n, p] of [
    [30, 0.01],
    [100, 0.005],
    [2000, 0.001],
    [10, 0.5],
    [15, 0.9],
  ] as const) {
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      if (holds(wilson({ successes: binomial(random, n, p), total: n }), p)) covered++;
    }
    t.diagnostic(`outside, reported only: n ${n}, p ${p}: ${share(covered, runs)}`);
  }
});

test('differences and ratios of rates: Newcombe and Koopman cover at least 92 %', (t) => {
  const random = seededRandom(SEED + 1);
  const runs = 8_000;
  for (const [n1, n2, p1, p2] of [
    [30, 2000, 0.1, 0.1],
    [30, 30, 0.2, 0.2],
    [50, 2000, 0.3, 0.2],
    [300, 2000, 0.05, 0.1],
    [1000, 1000, 0.5, 0.45],
  ] as const) {
    let [difference, ratio] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const one = { successes: binomial(random, n1, p1), total: n1 };
      const two = { successes: binomial(random, n2, p2), total: n2 };
      if (holds(newcombe(one, two), p1 - p2)) difference++;
      if (holds(koopman(one, two), p1 / p2)) ratio++;
    }
    const said = `${n1}, ${n2}, ${p1}, ${p2}: difference ${share(difference, runs)}, ratio ${share(ratio, runs)}`;
    t.diagnostic(said);
    assert.ok(!surelyBelow(difference, runs, 0.92) && !surelyBelow(ratio, runs, 0.92), said);
  }
});

test('the gap where there is none: a false alarm in at most 5 % for 2, 6 and 30 groups, equal sizes or not', (t) => {
  const random = seededRandom(SEED + 2);
  const runs = 2_000;
  const sizes: readonly (readonly number[])[] = [
    [1000, 1000],
    [100, 5000],
    [1000, 1000, 1000, 1000, 1000, 1000],
    [3696, 60, 2454, 637, 40, 377],
    Array.from({ length: 30 }, (_, at) => [5000, 2000, 1000, 300, 100, 50][at % 6] as number),
  ];
  for (const p of [0.1, 0.3]) {
    for (const groups of sizes) {
      let alarms = 0;
      for (let run = 0; run < runs; run++) {
        const found = gap(groups.map((total) => ({ successes: binomial(random, total, p), total })));
        if ((found?.low ?? 0) > 0) alarms++;
      }
      const said = `${groups.length} groups, p ${p}: ${share(alarms, runs)}`;
      t.diagnostic(said);
      assert.ok(!surelyAbove(alarms, runs, 0.05), said);
    }
  }
});

const LOOKS = 36;

test('36 looks: the sequence of a rate and of a difference are left in at most 5 % of worlds', (t) => {
  const random = seededRandom(SEED + 3);
  const runs = 2_000;
  for (const [n, p, moving] of [
    [20, 0.3, false],
    [200, 0.05, false],
    [500, 0.3, true],
    [40, 0.5, true],
  ] as const) {
    let [rate, difference] = [0, 0];
    for (let run = 0; run < runs; run++) {
      let [successes, total, left, apart] = [0, 0, false, false];
      const sequence = new StratifiedSequence();
      for (let look = 0; look < LOOKS; look++) {
        const now = moving ? p * (0.6 + 0.8 * random.uniform()) : p;
        const one = { successes: binomial(random, n, now), total: n };
        const two = { successes: binomial(random, 2 * n, now), total: 2 * n };
        if (!moving) {
          successes += one.successes;
          total += n;
          left ||= !holds(rateSequence({ successes, total }), p);
        }
        apart ||= !holds(sequence.add({ group: one, reference: two }), 0);
      }
      if (left) rate++;
      if (apart) difference++;
    }
    const said = `${n} a look, p ${p}${moving ? ', moving' : ''}: rate ${share(rate, runs)}, difference ${share(difference, runs)}`;
    t.diagnostic(said);
    assert.ok(!surelyAbove(rate, runs, 0.05) && !surelyAbove(difference, runs, 0.05), said);
  }
});

test('36 months of a monitor with four groups: any false alarm at all in at most 5 % of worlds, at zero tolerance', (t) => {
  const random = seededRandom(SEED + 4);
  const runs = 1_000;
  const months = Array.from({ length: LOOKS }, (_, at) => String(100 + at));
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    const cells = monthly(random, months, [60, 150, 400, 25]);
    if (drift(cells, 'group', { tolerance: 0 }).some(({ alarm }) => alarm !== undefined)) alarms++;
  }
  t.diagnostic(share(alarms, runs));
  assert.ok(!surelyAbove(alarms, runs, 0.05), share(alarms, runs));
});

test('subgroups: 15 points planted in at least 300 people are named in 95 % of worlds, a clean world names anything in 5 %', (t) => {
  const runs = 1_000;
  const sizes = [4, 5, 3, 2];
  let [found, clean] = [0, 0];
  const planted = {
    at: [
      [0, 1],
      [1, 2],
    ] as const,
    lift: 0.15,
  };
  for (let run = 0; run < runs; run++) {
    const settings = { favourable: 'no', replicates: 199, seed: SEED + run } as const;
    const search = searchSubgroups(world(SEED + run, 6_800, sizes, 0.2, planted), settings);
    if (search.found.some(({ by }) => Object.keys(by).length === 2 && by.a0 === 'v1' && by.a1 === 'v2'))
      found++;
    if (searchSubgroups(world(SEED + 10_000 + run, 6_800, sizes, 0.2), settings).found.length > 0) clean++;
  }
  t.diagnostic(`planted and named: ${share(found, runs)}; clean and named: ${share(clean, runs)}`);
  assert.ok(!surelyBelow(found, runs, 0.95), share(found, runs));
  assert.ok(!surelyAbove(clean, runs, 0.05), share(clean, runs));
});

function monthly(random: Random, months: readonly string[], sizes: readonly number[]) {
  const builder = new CellBuilder(['group'], ['period']);
  for (const period of months) {
    const rate = 0.15 + 0.3 * random.uniform();
    for (const [group, size] of sizes.entries()) {
      const positives = binomial(random, size, rate);
      builder.add({ attributes: { group: `g${group}` }, prediction: true, period }, positives);
      builder.add({ attributes: { group: `g${group}` }, prediction: false, period }, size - positives);
    }
  }
  return builder.build();
}
