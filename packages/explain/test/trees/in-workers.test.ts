import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportLargeRows, WORKERS_ABOVE_ROWS } from '../../src/report/in-workers.ts';
import { contributions } from '../../src/trees.ts';
import { csvRows } from './fixtures.ts';
import { readXgboost } from './read.ts';

const model = readXgboost('binary-depth6');
const few = csvRows('xgboost/binary-depth6.csv');
const count = WORKERS_ABOVE_ROWS + 13_001;
const data = Float32Array.from(Array.from({ length: count }, (_, row) => few[row % few.length] ?? []).flat());

test('a large file explained by workers gives each row in its place, with the numbers of one thread', async () => {
  const steps: number[] = [];
  const { each } = reportLargeRows(model, { data, count }, { progress: (done) => steps.push(done) });
  assert.ok(Symbol.asyncIterator in each);
  const alone = contributions(model, { data, count }, { tablesAfterRows: 0 });
  const columns = model.features.length;
  let place = 0;
  let wrong = 0;
  for await (const { row } of each) {
    const own = row.contributions[0] ?? [];
    for (let i = 0; i < columns; i++) if (own[i] !== alone.values[place * columns + i]) wrong++;
    if (row.margin[0] !== alone.margin[place]) wrong++;
    place++;
  }
  assert.deepEqual([place, wrong, steps.at(-1)], [count, 0, count]);
});

test('a small file, and whoever stops reading a large one, leaves no worker behind', async () => {
  assert.ok(!(Symbol.asyncIterator in reportLargeRows(model, { data, count: WORKERS_ABOVE_ROWS }).each));
  for await (const { row } of reportLargeRows(model, { data, count }).each) {
    assert.equal(row.contributions[0]?.length, model.features.length);
    break;
  }
});
