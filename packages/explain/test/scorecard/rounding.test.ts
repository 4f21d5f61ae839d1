import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { explain, parseModel, roundExplanation } from '../../src/index.ts';
import { type Exact, exact, minus, plain, plus } from '../../src/scorecard/reference.ts';
import { scorecardAndFacts } from './arbitrary.ts';
import { bytesOf, household, urbanFacts } from './household.ts';

test('what is shown adds up in the digits shown', () => {
  const why = explain(parseModel(bytesOf(household)), urbanFacts);
  const shown = roundExplanation(why, 3);
  assert.deepEqual(
    [shown.base, ...shown.contributions.map(({ value }) => value), shown.score, shown.threshold],
    ['9.073', '0.298', '0.195', '0.194', '-0.041', '0.029', '0.008', '-0.006', '9.750', '9.743'],
  );
});

test('more decimals are shown where fewer would hide the side of the threshold', () => {
  const close = { ...household, threshold: '9.75014534' };
  const shown = roundExplanation(explain(parseModel(bytesOf(close)), urbanFacts), 2);
  assert.deepEqual([shown.decimals, shown.score, shown.threshold], [7, '9.7501454', '9.7501453']);
});

test('property: sums are exact, no number is more than one last digit away, sides are kept', () => {
  fc.assert(
    fc.property(scorecardAndFacts, fc.integer({ min: 0, max: 6 }), ({ file, facts }, decimals) => {
      const model = parseModel(bytesOf(file));
      const why = explain(model, facts);
      const shown = roundExplanation(why, decimals);
      const sum = shown.contributions.reduce<Exact>(
        (total, { value }) => plus(total, exact(value)),
        exact(shown.base),
      );
      assert.equal(plain(minus(sum, exact(shown.score))), '0');
      const granted = Number(shown.score) <= Number(shown.threshold);
      assert.equal(granted ? model.outcomes.atMost : model.outcomes.above, why.outcome);
      shown.contributions.forEach(({ reason, value }, place) => {
        assert.equal(why.contributions[place]?.reason, reason);
        const away = minus(exact(value), exact(why.contributions[place]?.value ?? ''));
        assert.ok(
          Math.abs(Number(plain(away))) < 10 ** -shown.decimals * (1 + 1e-9),
          `${value} for ${why.contributions[place]?.value}`,
        );
      });
    }),
    { numRuns: 300 },
  );
});
