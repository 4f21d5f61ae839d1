import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Audit, audit, CellBuilder, type DecisionRow, type Group } from '../../src/index.ts';

const groupOf = ({ groups }: Audit, value: string | undefined): Group => {
  const found = groups.find((group) => group.value === value);
  assert.ok(found, `${value}`);
  return found;
};

/** `positives` of `total` rows of a group, with whatever else is given. */
function rows(
  group: string | null,
  positives: number,
  total: number,
  more: Partial<DecisionRow> = {},
): DecisionRow[] {
  return Array.from({ length: total }, (_, at) => ({
    attributes: { group },
    prediction: at < positives,
    ...more,
  }));
}

function build(list: readonly DecisionRow[], roles: ConstructorParameters<typeof CellBuilder>[1] = []) {
  const builder = new CellBuilder(['group'], roles);
  for (const row of list) builder.add(row);
  return builder.build();
}

test('the four-fifths rule in three states', () => {
  const judge = (positives: number, total: number) =>
    groupOf(
      audit(build([...rows('a', positives, total), ...rows('b', 500, 1000)]), { favourable: 'yes' }),
      'a',
    ).verdict;
  assert.equal(judge(300, 1000), 'fail');
  assert.equal(judge(500, 1000), 'pass');
  assert.equal(judge(400, 1000), 'inconclusive');
  assert.equal(judge(0, 29), 'insufficient-evidence');
});

test('the tolerance in three states', () => {
  const judge = (positives: number, tolerance: number) =>
    audit(build([...rows('a', positives, 1000), ...rows('b', 500, 1000)]), { tolerance }).verdict;
  assert.equal(judge(620, 0.05), 'fail');
  assert.equal(judge(500, 0.05), 'pass');
  assert.equal(judge(540, 0.05), 'inconclusive');
  assert.equal(judge(620, 0.2), 'pass');
  assert.throws(() => judge(1, 1.5), { code: 'bad-option' });
  assert.throws(() => judge(1, Number.NaN), { code: 'bad-option' });
});

test('a group too small to judge keeps the file from passing', () => {
  const small = [...rows('a', 500, 1000), ...rows('b', 500, 1000), ...rows('c', 10, 20)];
  assert.equal(audit(build(small), { tolerance: 0.1 }).verdict, 'inconclusive');
});

test('small counts: a low ratio alone is no fail', () => {
  const found = audit(build([...rows('a', 0, 35), ...rows('b', 9, 80)]), { favourable: 'yes' });
  const impact = groupOf(found, 'a').judgements[0];
  assert.equal(impact?.estimate?.value, 0);
  assert.equal(impact?.verdict, 'inconclusive');
});

test('one group only, or an attribute that is empty everywhere, is an error that says what to do', () => {
  assert.throws(() => audit(build(rows('a', 1, 40))), { code: 'one-group', where: 'group' });
  assert.throws(() => audit(build(rows(null, 1, 40))), { code: 'all-null', where: 'group' });
});

test('what cannot be known is undefined, never 0', () => {
  const list = [
    ...rows('a', 0, 40, { truth: false }),
    ...rows('b', 20, 40, { truth: true }),
    ...rows('b', 20, 40, { truth: false }),
  ];
  const { metrics } = groupOf(audit(build(list, ['truth'])), 'a');
  assert.equal(metrics.fnr?.value, undefined);
  assert.equal(metrics.ppv?.value, undefined);
  assert.deepEqual([metrics.fpr?.value, metrics.fpr?.denominator], [0, 40]);
});

test('rows without the attribute are a group of their own, outside every comparison', () => {
  const list = [...rows('a', 30, 100), ...rows('b', 30, 100), ...rows(null, 50, 50)];
  const found = audit(build(list), { tolerance: 0.3 });
  const unknown = groupOf(found, undefined);
  assert.deepEqual(
    [unknown.verdict, unknown.because, unknown.counts.n],
    ['not-judged', 'unknown-attribute', 50],
  );
  const a = groupOf(found, 'a');
  assert.equal(a.comparisons[0]?.difference?.value, 0);
  assert.deepEqual(a.metrics.selection?.worstCase, { low: 30 / 100, high: 80 / 150 });
});

test('worst-case bounds hold whatever the unknown rows are', () => {
  const share = fc.tuple(fc.nat(30), fc.nat(30));
  fc.assert(
    fc.property(
      share,
      share,
      share,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b, u, s, f) => {
        const known = [...rows('a', a[0], a[0] + a[1] + 1), ...rows('b', b[0], b[0] + b[1] + 1)];
        const { comparisons, metrics } = groupOf(
          audit(build([...known, ...rows(null, u[0], u[0] + u[1])])),
          'a',
        );
        const toA = [Math.round(u[0] * s), Math.round(u[1] * f)] as const;
        const rate = (k: number, n: number) => k / n;
        const inA = rate(a[0] + toA[0], a[0] + a[1] + 1 + toA[0] + toA[1]);
        const inB = rate(b[0] + u[0] - toA[0], b[0] + b[1] + 1 + u[0] + u[1] - toA[0] - toA[1]);
        const own = metrics.selection?.worstCase ?? { low: inA, high: inA };
        const both = comparisons[0]?.worstCase ?? { low: inA - inB, high: inA - inB };
        const slack = 1e-12;
        assert.ok(own.low - slack <= inA && inA <= own.high + slack);
        assert.ok(both.low - slack <= inA - inB && inA - inB <= both.high + slack);
      },
    ),
    { numRuns: 60 },
  );
});

test('the order of rows changes nothing, nor does taking rows back that were added', () => {
  const row = fc.record({
    attributes: fc.record({ group: fc.constantFrom('a', 'b', 'ج', null) }),
    prediction: fc.boolean(),
    truth: fc.option(fc.boolean()),
    score: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    period: fc.constantFrom('2026-01', '2026-02'),
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 3, maxLength: 60 }),
      fc.array(row, { maxLength: 9 }),
      (list, more) => {
        const builder = new CellBuilder(['group'], ['truth', 'bin', 'period']);
        for (const one of [...more, ...list].reverse()) builder.add(one);
        for (const one of more) builder.remove(one);
        assert.deepEqual(builder.build(), build(list, ['truth', 'bin', 'period']));
      },
    ),
    { numRuns: 60 },
  );
});

test('a row that was never added cannot be taken back', () => {
  const builder = new CellBuilder(['group']);
  builder.remove({ attributes: { group: 'a' }, prediction: true });
  assert.throws(() => builder.build(), { code: 'bad-input' });
  assert.throws(() => new CellBuilder([], ['bin']).add({ attributes: {}, prediction: true, score: 2 }), {
    code: 'bad-score',
  });
});

test('equal rates in many groups: fails stay within what Holm allows, the same seed gives the same answer', () => {
  const list = ['a', 'b', 'c', 'd', 'e'].flatMap((group) => rows(group, 200, 1000));
  const found = audit(build(list), { favourable: 'yes' });
  assert.equal(found.verdict, 'pass');
  assert.deepEqual(audit(build(list), { favourable: 'yes' }), found);
});

test('officers who always decide alike weaken the evidence: what fails by rows is inconclusive by officers', () => {
  const byOfficer = (group: string, yes: number) =>
    Array.from({ length: 10 }, (_, officer) =>
      rows(group, officer < yes ? 50 : 0, 50, { officer: '', cluster: `${group}${officer}` }),
    ).flat();
  const list = [...byOfficer('a', 3), ...byOfficer('b', 6)];
  assert.equal(audit(build(list), { tolerance: 0.05 }).verdict, 'fail');
  const clustered = audit(build(list, ['cluster']), { tolerance: 0.05 });
  assert.notEqual(clustered.verdict, 'fail');
  const { selection } = groupOf(clustered, 'a').metrics;
  assert.equal(selection?.method, 'wilson-effective');
  assert.ok((selection?.high ?? 0) - (selection?.low ?? 0) > 0.4);
});

test("Simpson's paradox is flagged where strata turn the comparison round", () => {
  const list = [
    ...rows('men', 600, 800, { stratum: 'easy' }),
    ...rows('women', 180, 200, { stratum: 'easy' }),
    ...rows('men', 20, 200, { stratum: 'hard' }),
    ...rows('women', 240, 800, { stratum: 'hard' }),
  ];
  const found = audit(build(list, ['stratum']), { favourable: 'yes' });
  const women = found.conditional.find(({ value }) => value === 'women');
  assert.ok((women?.crude?.value ?? 9) < 1 && (women?.conditional?.value ?? 0) > 1);
  assert.equal(women?.simpson, true);
});

test('reliability by group: scores that mean what they say, and scores that do not', () => {
  const scored = (group: string, score: number, positives: number) => [
    ...rows(group, positives, positives, { truth: true, score }),
    ...rows(group, 0, 100 - positives, { truth: false, score }),
  ];
  const list = [
    ...scored('a', 0.25, 25),
    ...scored('a', 0.75, 75),
    ...scored('b', 0.25, 5),
    ...scored('b', 0.75, 55),
  ];
  const { calibration } = audit(build(list, ['truth', 'bin']));
  const [a, b] = calibration;
  assert.deepEqual(
    a?.points.map(({ score, rate }) => [score, rate]),
    [
      [0.25, 0.25],
      [0.75, 0.75],
    ],
  );
  assert.equal(a?.brier?.calibrationError, 0);
  assert.ok(Math.abs((b?.brier?.calibrationError ?? 0) - 0.2) < 1e-12);
});
