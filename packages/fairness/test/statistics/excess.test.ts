import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { binomial, type Count, ExcessEvidence, seededRandom } from '../../src/index.ts';
import { of } from '../fixtures.ts';

const logFactorial = (n: number) =>
  Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0);
const choose = (n: number, k: number) => Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k));

/** Every table of a period with these margins, with its probability under an odds ratio. */
function tables(n1: number, n2: number, successes: number, odds: number): [Count, Count, number][] {
  const ks: number[] = [];
  for (let k = Math.max(0, successes - n2); k <= Math.min(n1, successes); k++) ks.push(k);
  const weights = ks.map((k) => choose(n1, k) * choose(n2, successes - k) * odds ** k);
  const all = weights.reduce((a, b) => a + b, 0);
  return ks.map((k, at) => [of(k, n1), of(successes - k, n2), (weights[at] as number) / all]);
}

test('the value is a fair bet at the tolerated odds and a losing one within them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 9 }),
      fc.integer({ min: 2, max: 12 }),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      fc.boolean(),
      (n1, n2, share, again) => {
        const successes = Math.floor((n1 + n2) / 2);
        const before = of(3, 10);
        const start = () => {
          const evidence = new ExcessEvidence(0.1);
          evidence.add([{ group: of(0, 0), reference: before }]);
          if (again) evidence.restart();
          return evidence;
        };
        const level = 3.5 / 11;
        const tolerated = (level + 0.1) / (0.9 - level) / (level / (1 - level));
        const mean = (odds: number) =>
          tables(n1, n2, successes, odds).reduce(
            (sum, [group, reference, p]) => sum + p * start().add([{ group, reference }]),
            0,
          );
        assert.ok(Math.abs(start().value - 1) < 1e-9);
        assert.ok(Math.abs(mean(tolerated) - 1) < 1e-9);
        assert.ok(mean(tolerated * share) <= 1 + 1e-9);
        assert.ok(mean(tolerated * 2) > 1);
      },
    ),
    { numRuns: 60 },
  );
});

test('a late excess is found after a restart, over two strata of different levels', () => {
  const random = seededRandom(20_261_128);
  const month = (p: number, q: number) => ({
    group: of(binomial(random, 40, p), 40),
    reference: of(binomial(random, 400, q), 400),
  });
  const late = new ExcessEvidence(0.05);
  for (let m = 0; m < 20; m++) late.add([month(0.15, 0.15), month(0.4, 0.4)]);
  const never = late.value;
  late.restart();
  for (let m = 0; m < 12; m++) late.add([month(0.35, 0.15), month(0.55, 0.4)]);
  assert.ok(never < 1.2, String(never));
  assert.ok(late.value > 1_000, String(late.value));
});

test('what is no count, and what no rate could exceed', () => {
  assert.throws(() => new ExcessEvidence(1), { code: 'bad-input' });
  assert.throws(() => new ExcessEvidence(0.1).add([{ group: of(0.5, 2), reference: of(1, 2) }]), {
    code: 'bad-input',
  });
  const full = new ExcessEvidence(0.5);
  full.add([{ group: of(9, 10), reference: of(9, 10) }]);
  assert.ok(Math.abs(full.add([{ group: of(10, 10), reference: of(1, 10) }]) - 1) < 1e-9);
});
