import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../../src/forest/rows.ts';
import { MODEL_FILE_LIMITS } from '../../src/formats/limits.ts';
import { parseLinear } from '../../src/formats/linear.ts';
import { parseSklearn } from '../../src/formats/sklearn.ts';
import { linearContributions, linearContributionsAgainst, predictLinear } from '../../src/linear.ts';
import { contributions, contributionsAgainst, predictRows } from '../../src/trees.ts';
import { closeTo } from './close.ts';
import { answers, fixture, flat } from './fixtures.ts';

interface Answers {
  readonly rows: unknown;
  readonly margin: unknown;
  readonly prediction: unknown;
}

/** scikit-learn gives both classes of a binary model; here there is the margin of the second. */
function secondOfTwo(list: readonly number[], outputs: number, rows: number): number[] {
  return list.length === 2 * rows && outputs === 1 ? list.filter((_, place) => place % 2 === 1) : [...list];
}

for (const name of ['forest', 'extra', 'tree', 'boosting', 'boosting-classes', 'boosting-regression']) {
  test(`${name}: margins and predictions of scikit-learn, contributions that add up`, () => {
    const model = parseSklearn(fixture(`sklearn/${name}.model`), MODEL_FILE_LIMITS);
    const expected = answers<Answers>(`sklearn/${name}.answers`);
    const rows = rowsOf(Float64Array.from(flat(expected.rows)), 5);
    const { margin, prediction } = predictRows(model, rows);
    closeTo(margin, flat(expected.margin), 1e-12);
    closeTo(prediction, secondOfTwo(flat(expected.prediction), model.forest.outputs, rows.count), 1e-12);
    assert.ok(contributions(model, rows, { kernels: false }).additivity < 1e-12);
    assert.ok(contributionsAgainst(model, rows, rows).additivity < 1e-12);
  });
}

for (const name of ['linear', 'logistic', 'logistic-classes']) {
  test(`${name}: margins and predictions of scikit-learn, exact contributions`, () => {
    const model = parseLinear(fixture(`sklearn/${name}.model`), MODEL_FILE_LIMITS);
    const expected = answers<Answers>(`sklearn/${name}.answers`);
    const rows = rowsOf(Float64Array.from(flat(expected.rows)), 5);
    const { margin, prediction } = predictLinear(model, rows);
    closeTo(margin, flat(expected.margin), 1e-12);
    closeTo(prediction, secondOfTwo(flat(expected.prediction), model.outputs, rows.count), 1e-12);
    const against = linearContributionsAgainst(model, rows, rows);
    assert.ok(against.additivity < 1e-12);
    const first =
      (rows.data[0] as number) -
      Array.from(rows.data).reduce(
        (sum, value, place) => sum + (place % 5 === 0 ? value / rows.count : 0),
        0,
      );
    closeTo(against.values.subarray(0, 1), [(model.coefficients[0] as number) * first], 1e-12);
    if (model.means === null) {
      assert.throws(() => linearContributions(model, rows), { code: 'no-cover', path: 'means' });
    } else {
      const own = linearContributions(model, rows);
      assert.ok(own.additivity < 1e-12);
      closeTo(
        own.values.subarray(0, 1),
        [(model.coefficients[0] as number) * ((rows.data[0] as number) - (model.means[0] as number))],
        1e-12,
      );
    }
  });
}

test('a linear model needs every value', () => {
  const model = parseLinear(fixture('sklearn/linear.model'), MODEL_FILE_LIMITS);
  const rows = rowsOf(Float64Array.from([1, 2, 3, 4, 5, 1, 2, Number.NaN, 4, 5]), 5);
  assert.throws(() => predictLinear(model, rows), { code: 'bad-rows', path: 'row 1, column 2' });
});
