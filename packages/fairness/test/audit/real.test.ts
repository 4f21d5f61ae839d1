import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Audit, audit, type Group } from '../../src/index.ts';
import { cellsOf, rowsOf } from '../fixtures.ts';

const groupOf = ({ groups }: Audit, attribute: string, value: string): Group => {
  const found = groups.find((group) => group.attribute === attribute && group.value === value);
  assert.ok(found, `${attribute}=${value}`);
  return found;
};
const percent = (value: number | undefined) => (100 * (value ?? Number.NaN)).toFixed(2);
const verdictOf = (group: Group, name: string) =>
  group.judgements.find(({ criterion }) => criterion.name === name)?.verdict;

const compas = cellsOf(rowsOf('compas-cells.csv'), {
  attributes: ['race', 'sex'],
  prediction: (row) => row.score_text !== 'Low',
  truth: (row) => row.two_year_recid === '1',
});

test("COMPAS: ProPublica's table, counts exact", () => {
  const found = audit(compas, { favourable: 'no' });
  assert.equal(found.rows, 7214);
  const black = groupOf(found, 'race', 'African-American');
  const white = groupOf(found, 'race', 'Caucasian');
  assert.deepEqual(black.counts.truth, { tn: 990, fp: 805, fn: 532, tp: 1369 });
  assert.deepEqual(white.counts.truth, { tn: 1139, fp: 349, fn: 461, tp: 505 });
  assert.deepEqual(
    [black, white].map(({ metrics }) => [percent(metrics.fpr?.value), percent(metrics.fnr?.value)]),
    [
      ['44.85', '27.99'],
      ['23.45', '47.72'],
    ],
  );
  assert.equal(black.metrics.fpr?.denominator, 1795);
  assert.equal(black.metrics.fpr?.method, 'wilson');
});

test('COMPAS: the verdicts, and no verdict on the eighteen Native Americans', () => {
  const found = audit(compas, { favourable: 'no' });
  assert.equal(found.verdict, 'fail');
  const black = groupOf(found, 'race', 'African-American');
  for (const { verdict, adjusted } of black.judgements) {
    assert.equal(verdict, 'fail');
    assert.ok((adjusted ?? 1) < 1e-6);
  }
  const few = groupOf(found, 'race', 'Native American');
  assert.deepEqual([few.verdict, few.because], ['insufficient-evidence', 'few']);
  assert.ok(found.gaps.every((gap) => gap.attribute !== 'race' || gap.leftOut.includes('Native American')));
});

test('COMPAS: predictive parity is not refuted while equal odds are: both are shown', () => {
  const found = audit(compas);
  const gapOf = (metric: string) =>
    found.gaps.find((gap) => gap.attribute === 'race' && gap.metric === metric);
  assert.deepEqual(gapOf('fpr')?.between, ['Other', 'African-American']);
  assert.ok((gapOf('fpr')?.low ?? 0) > 0.2);
  assert.equal(gapOf('ppv')?.low, 0);
  assert.ok((gapOf('equalOdds')?.low ?? 0) > 0.2);
});

test('a fixed reference is compared with and not judged', () => {
  const found = audit(compas, { reference: { race: 'Caucasian' } });
  const white = groupOf(found, 'race', 'Caucasian');
  assert.deepEqual([white.verdict, white.because, white.comparisons], ['not-judged', 'reference', []]);
  const black = groupOf(found, 'race', 'African-American');
  assert.equal(black.against, 'Caucasian');
  const fpr = black.comparisons.find(({ metric }) => metric === 'fpr');
  assert.equal(fpr?.difference?.value.toFixed(4), '0.2139');
  assert.equal(groupOf(found, 'sex', 'Male').against, undefined);
  assert.throws(() => audit(compas, { reference: { race: 'Martian' } }), { code: 'bad-option' });
});

test('DUO 2014: conditional 3.63 [3.35, 3.93], and the burden fails where the impact ratio alone would pass', () => {
  const duo = cellsOf(rowsOf('duo-2014-cells.csv'), {
    attributes: ['origin'],
    prediction: (row) => row.selected_for_control === 'yes',
    stratum: 'risk_category',
  });
  const found = audit(duo, { favourable: 'no', reference: { origin: 'NL' } });
  const outside = found.conditional.find(({ value }) => value === 'Outside Europe');
  const { value, low, high } = outside?.conditional ?? { value: 0, low: 0, high: 0 };
  assert.deepEqual(
    [value, low, high].map((x) => x.toFixed(2)),
    ['3.63', '3.35', '3.93'],
  );
  assert.equal(outside?.crude?.value.toFixed(2), '6.19');
  assert.equal(outside?.simpson, false);
  assert.equal(outside?.strata, 6);
  const group = groupOf(found, 'origin', 'Outside Europe');
  assert.equal(verdictOf(group, 'impact-ratio'), 'pass');
  assert.equal(verdictOf(group, 'burden-ratio'), 'fail');
  assert.equal(found.verdict, 'fail');
});

test('Adult: women reach the higher income 0.36 times as often', () => {
  const adult = cellsOf(rowsOf('adult-cells.csv'), {
    attributes: ['sex', 'race'],
    prediction: (row) => row.income === '>50K',
  });
  const found = audit(adult, { favourable: 'yes' });
  const women = groupOf(found, 'sex', 'Female');
  assert.equal(found.rows, 32561);
  assert.equal(percent(women.metrics.selection?.value), '10.95');
  assert.equal(percent(groupOf(found, 'sex', 'Male').metrics.selection?.value), '30.57');
  const [impact] = women.judgements;
  assert.equal(impact?.estimate?.value.toFixed(3), '0.358');
  assert.deepEqual([impact?.estimate?.low.toFixed(3), impact?.estimate?.high.toFixed(3)], ['0.338', '0.379']);
  assert.equal(women.verdict, 'fail');
  assert.equal(women.metrics.fpr, undefined);
});
