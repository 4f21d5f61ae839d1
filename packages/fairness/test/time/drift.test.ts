import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomial, CellBuilder, drift, seededRandom } from '../../src/index.ts';

const months = Array.from(
  { length: 24 },
  (_, at) => `${2024 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
);

/** Rates by month for two groups of 400 people each. */
function world(seed: number, rates: (month: number) => readonly [number, number]) {
  const random = seededRandom(seed);
  const builder = new CellBuilder(['sex'], ['period']);
  months.forEach((period, month) => {
    rates(month).forEach((rate, group) => {
      const positives = binomial(random, 400, rate);
      for (let i = 0; i < 400; i++) {
        builder.add({
          attributes: { sex: group === 0 ? 'women' : 'men' },
          prediction: i < positives,
          period,
        });
      }
    });
  });
  return builder.build();
}

test('a difference of ten points is found, and the alarm keeps its date', () => {
  const [men, women] = drift(
    world(1, () => [0.4, 0.3]),
    'sex',
  );
  assert.deepEqual([men?.value, women?.value], ['men', 'women']);
  assert.equal(women?.alpha, 0.05, 'two groups against each other are one question');
  assert.ok(women?.alarm !== undefined && women.alarm.period < '2025-06');
  assert.equal(men?.alarm?.period, women.alarm.period);
  assert.ok((women.points.at(-1)?.evidence ?? 0) > 1e6);
});

test('rates that rise and fall together raise no alarm, though people move between months', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const found = drift(
      world(seed, (month) => [0.1 + 0.03 * month, 0.1 + 0.03 * month]),
      'sex',
    );
    assert.ok(found.every(({ alarm }) => alarm === undefined));
  }
});

test('what changes after two calm years is seen within months', () => {
  const years = Array.from({ length: 3 }, (_, at) => world(at + 1, () => [0.3, 0.3]));
  assert.ok(years.every((calm) => drift(calm, 'sex').every(({ alarm }) => alarm === undefined)));
  const changed = drift(
    world(7, (month) => [month < 12 ? 0.3 : 0.42, 0.3]),
    'sex',
  )[1];
  assert.ok(changed?.alarm !== undefined && changed.alarm.period < '2025-10');
  assert.equal(changed.alarm.since, '2025-01');
});

test('a tolerated difference raises no alarm while evidence of a difference grows', () => {
  const [men] = drift(
    world(3, () => [0.36, 0.3]),
    'sex',
    { tolerance: 0.15 },
  );
  assert.equal(men?.alarm, undefined);
  assert.ok((men?.points.at(-1)?.evidence ?? 0) > 20);
});

test('a period without people tells nothing, and an unknown attribute is an error', () => {
  const builder = new CellBuilder(['sex'], ['period']);
  for (const [sex, period] of [
    ['women', '2024-01'],
    ['women', '2024-02'],
    ['men', '2024-02'],
  ] as const) {
    builder.add({ attributes: { sex }, prediction: true, period });
  }
  const cells = builder.build();
  const [first] = drift(cells, 'sex');
  assert.equal(first?.points[0]?.sequence, undefined);
  assert.equal(first?.points[0]?.difference, undefined);
  assert.throws(() => drift(cells, 'age'), { code: 'bad-input', where: 'age' });
  assert.throws(() => drift(cells, 'sex', { reference: 'nobody' }), { code: 'bad-option' });
  assert.throws(() => drift(new CellBuilder(['sex']).build(), 'sex'), { code: 'bad-input' });
});

test('a fixed reference: each other group is a question of its own', () => {
  const builder = new CellBuilder(['region'], ['period']);
  for (const region of ['a', 'b', 'c'])
    builder.add({ attributes: { region }, prediction: true, period: '1' });
  const found = drift(builder.build(), 'region', { reference: 'a' });
  assert.deepEqual(
    found.map(({ value, against, alpha }) => [value, against, alpha]),
    [
      ['b', 'a', 0.025],
      ['c', 'a', 0.025],
    ],
  );
});
