import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CellBuilder,
  type DecisionRow,
  type Funnel,
  funnel,
  type Stage,
  withinOfficers,
} from '../../src/index.ts';

const ROLES = ['human', 'objection', 'remedy', 'officer'] as const;

function build(rows: readonly (readonly [number, Partial<DecisionRow> & { group: string }])[]) {
  const builder = new CellBuilder(['group'], ROLES);
  for (const [times, { group, ...row }] of rows) {
    for (let i = 0; i < times; i++) builder.add({ attributes: { group }, prediction: true, ...row });
  }
  return builder.build();
}

/** Of 1,000 people: refused by the score, left refused by the person, objecting, put right. */
function path(group: string, refused: number, left: number, objecting: number, remedied: number) {
  return [
    [1000 - refused, { group, prediction: false }],
    [refused - left, { group, human: false, objection: false }],
    [left - objecting, { group, human: true, objection: false }],
    [objecting - remedied, { group, human: true, objection: true, remedy: false }],
    [remedied, { group, human: true, objection: true, remedy: true }],
  ] as const;
}

const at = ({ groups }: Funnel, value: string, stage: Stage) =>
  groups.find((group) => group.value === value)?.stages.find((one) => one.stage === stage);

test('a disparity is found at the stage where it arises and at no other', () => {
  const found = funnel(build([...path('a', 400, 200, 100, 50), ...path('b', 400, 320, 160, 80)]), {
    favourable: 'no',
  });
  assert.deepEqual(found.stages, ['score', 'human', 'objection', 'remedy']);
  const finding = (stage: Stage) => at(found, 'b', stage)?.finding;
  assert.deepEqual(
    ['score', 'human', 'objection', 'remedy'].map((stage) => finding(stage as Stage)),
    ['no-evidence', 'differs', 'no-evidence', 'no-evidence'],
  );
  assert.deepEqual(
    found.whole.slice(0, 4).map(({ rate }) => [rate.denominator, rate.value]),
    [
      [2000, 0.4],
      [800, 0.65],
      [520, 0.5],
      [260, 0.5],
    ],
  );
  assert.equal(at(found, 'b', 'human')?.rate.denominator, 400);
  assert.equal(at(found, 'b', 'human')?.difference?.value.toFixed(2), '0.30');
});

test('overrides by direction: the person who overturns grants is seen too', () => {
  const rows = [
    [300, { group: 'a', prediction: false, human: false }],
    [100, { group: 'a', prediction: false, human: true }],
    [300, { group: 'a', prediction: true, human: true }],
    [100, { group: 'a', prediction: true, human: false }],
    [500, { group: 'b', prediction: false, human: false }],
    [500, { group: 'b', prediction: true, human: true }],
  ] as const;
  const [a] = funnel(build(rows), { favourable: 'no' }).groups;
  assert.deepEqual(
    a?.overrides.map(({ stage, rate, finding }) => [stage, rate.value, finding]),
    [
      ['towards-favourable', 0.25, 'differs'],
      ['towards-adverse', 0.25, 'differs'],
    ],
  );
  const [, , , mirrored] = funnel(build(rows), { favourable: 'yes' }).groups[0]?.stages ?? [];
  assert.equal(mirrored?.rate.value, undefined);
});

test('what is not known yet is pending, and counts in no rate', () => {
  const rows = [
    [40, { group: 'a', human: true, objection: true, remedy: true }],
    [60, { group: 'a', human: true, objection: true }],
    [50, { group: 'b', human: true, objection: false }],
    [10, { group: 'b' }],
  ] as const;
  const found = funnel(build(rows));
  assert.deepEqual(found.pending, { score: 0, human: 10, objection: 10, remedy: 60 });
  assert.equal(at(found, 'a', 'remedy')?.rate.value, 1);
  assert.equal(at(found, 'b', 'remedy')?.rate.value, undefined);
  assert.equal(at(found, 'b', 'remedy')?.finding, 'few');
});

test('by officer: one who never overrides stands out; strict officers explain what groups seem to suffer', () => {
  const rows = ['x', 'y'].flatMap((officer) =>
    ['a', 'b'].flatMap((group) => {
      const times = (officer === 'x') === (group === 'a') ? 400 : 100;
      const left = officer === 'x' ? 0.9 : 0.5;
      return [
        [times * left, { group, officer, human: true }],
        [times * (1 - left), { group, officer, human: false }],
      ] as const;
    }),
  );
  const cells = build(rows.map(([times, row]) => [Math.round(times), row] as const));
  const strict = funnel(cells).groups.find(({ byOfficer, value }) => byOfficer && value === 'x');
  assert.equal(strict?.stages[0]?.stage, 'human');
  assert.equal(strict?.stages[0]?.finding, 'differs');
  const [a] = withinOfficers(cells);
  assert.ok((a?.crude?.low ?? 0) > 1.2);
  assert.equal(a?.within?.value.toFixed(6), '1.000000');
  assert.equal(a?.officers, 2);
});
