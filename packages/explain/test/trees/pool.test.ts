import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contributions } from '../../src/trees.ts';
import { openPool } from '../../src/workers/pool.ts';
import { csvRows } from './fixtures.ts';
import { readXgboost } from './read.ts';

const model = readXgboost('binary-depth6');
const few = csvRows('xgboost/binary-depth6.csv');
const COUNT = 9_001;
const data = Float32Array.from(Array.from({ length: COUNT }, (_, row) => few[row % few.length] ?? []).flat());

for (const maxTableBytes of [0, 64 * 1024 * 1024]) {
  test(`the same to the last bit for any number of workers, ${maxTableBytes === 0 ? 'walking' : 'with tables'}`, async () => {
    const options = maxTableBytes === 0 ? { maxTableBytes } : { tablesAfterRows: 0, maxTableBytes };
    const alone = contributions(model, { data, count: COUNT }, options);
    for (const workers of [1, 2, 3]) {
      const pool = openPool(model, { workers, maxTableBytes });
      try {
        const [found, again] = await Promise.all([
          pool.contributions({ data, count: COUNT }),
          pool.contributions({ data: data.subarray(0, 20 * 13), count: 13 }),
        ]);
        assert.deepEqual(found.values, alone.values);
        assert.deepEqual(found.margin, alone.margin);
        assert.deepEqual(found.bias, alone.bias);
        assert.equal(found.additivity, alone.additivity);
        assert.deepEqual(again.values, alone.values.subarray(0, 20 * 13));
      } finally {
        await pool.close();
      }
      await assert.rejects(pool.contributions({ data, count: COUNT }), { code: 'worker-failed' });
    }
  });
}

test('a number of workers that makes no sense is refused', () => {
  for (const workers of [0, 1.5, 1_000])
    assert.throws(() => openPool(model, { workers }), { code: 'bad-question' });
});
