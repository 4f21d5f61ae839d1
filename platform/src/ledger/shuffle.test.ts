import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shuffledPlaces } from './shuffle.ts';

const units = fc.array(
  fc.record({ caseId: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { nil: undefined }) }),
  { maxLength: 40 },
);

test('places are each taken once', () => {
  fc.assert(
    fc.property(units, (list) => {
      const places = shuffledPlaces(list);
      assert.deepEqual(
        [...places].sort((a, b) => a - b),
        list.map((_, i) => i),
      );
    }),
    { seed: 1 },
  );
});

test('entries of one case keep their order, and nothing passes an entry of no case', () => {
  fc.assert(
    fc.property(units, (list) => {
      const places = shuffledPlaces(list);
      for (let i = 0; i < list.length; i++) {
        for (let j = i + 1; j < list.length; j++) {
          const kept =
            list[i]?.caseId === undefined ||
            list[j]?.caseId === undefined ||
            list[i]?.caseId === list[j]?.caseId;
          if (kept) assert.ok((places[i] as number) < (places[j] as number));
        }
      }
    }),
    { seed: 2 },
  );
});

test('every order of different cases is about as likely', () => {
  const list = ['a', 'b', 'c', 'd'].map((caseId) => ({ caseId }));
  const seen = new Map<string, number>();
  const draws = 24_000;
  for (let i = 0; i < draws; i++) {
    const order = shuffledPlaces(list).join();
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  assert.equal(seen.size, 24);
  // Chi-squared with 23 degrees of freedom: 62 is passed once in some 20,000 runs.
  const expected = draws / 24;
  const chi2 = [...seen.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  assert.ok(chi2 < 62, `chi-squared ${chi2}`);
});
