import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  publish,
  readRounded,
  roundCount,
  roundedRate,
  roundedRatio,
  sumRounded,
  wilson,
} from '../../src/index.ts';
import { cellsOf, rowsOf } from '../fixtures.ts';

const compas = cellsOf(rowsOf('compas-cells.csv'), {
  attributes: ['race'],
  prediction: (row) => row.score_text !== 'Low',
  truth: (row) => row.two_year_recid === '1',
});

test('COMPAS in public: the eleven and eighteen people of the small groups cannot be told apart', () => {
  const [race] = publish(compas);
  const byValue = new Map(race?.groups.map((group) => [group.value, group]));
  const white = byValue.get('Caucasian');
  assert.equal(white?.n, 2454);
  assert.equal(white?.rates.fpr?.value?.toFixed(4), '0.2345');
  const native = byValue.get('Native American');
  assert.deepEqual(native?.counts, { tn: undefined, fp: undefined, fn: undefined, tp: undefined });
  assert.equal(native?.rates.fpr, undefined);
  assert.ok((race?.withheld ?? 0) >= 2);
  assert.ok(race?.gap !== undefined && race.gap.low > 0);
});

test('rounding to ten: bounds hold the truth, and so does every interval made of them', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), (successes, failures) => {
      const split = { successes: roundCount(successes), failures: roundCount(failures) };
      for (const [count, { value, low, high }] of [
        [successes, split.successes],
        [failures, split.failures],
      ] as const) {
        assert.ok(low <= count && count <= high && value % 10 === 0);
      }
      const exact = wilson({ successes, total: successes + failures });
      const rate = roundedRate(split);
      if (rate === undefined || exact === undefined) return;
      assert.ok(rate.low <= exact.low + 1e-12 && rate.high >= exact.high - 1e-12);
    }),
  );
  assert.deepEqual(sumRounded([roundCount(4), roundCount(14), roundCount(15)]), {
    value: 30,
    low: 20,
    high: 42,
  });
  assert.throws(() => roundCount(-1), { code: 'bad-input' });
});

test('rounded figures are published of every group, with their bounds', () => {
  const [race] = publish(compas, { rule: 'round' });
  const native = race?.groups.find(({ value }) => value === 'Native American');
  assert.deepEqual(native?.counts.tn, { value: 10, low: 5, high: 14 });
  assert.ok((native?.rates.fpr?.low ?? 1) < 0.1 && (native?.rates.fpr?.high ?? 0) > 0.6);
  assert.equal(race?.withheld, 0);
});

test("DUO 2014: the published ratio 6.22 lies within what the source's rounding allows", () => {
  const rows = rowsOf('duo-2014-cells.csv');
  const sum = (origin: string, selected: string) =>
    sumRounded(
      rows
        .filter((row) => row.origin === origin && row.selected_for_control === selected)
        .map((row) => readRounded(Number(row.n))),
    );
  const split = (origin: string) => ({ successes: sum(origin, 'yes'), failures: sum(origin, 'no') });
  const found = roundedRatio(split('Outside Europe'), split('NL'));
  assert.equal(found?.value.toFixed(2), '6.19');
  assert.ok(found !== undefined && found.rounding.low < 6.22 && found.rounding.high > 6.22);
  assert.ok(found.low < found.rounding.low && found.high > found.rounding.high);
  const totals = roundedRatio(
    { successes: readRounded(2010), failures: readRounded(54820 - 2010) },
    { successes: readRounded(1050), failures: readRounded(178200 - 1050) },
  );
  assert.equal(totals?.value.toFixed(2), '6.22');
});
