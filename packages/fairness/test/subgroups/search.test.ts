import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CellBuilder, type Cells, searchSubgroups, seededRandom } from '../../src/index.ts';
import { searchCells } from '../../src/subgroups/channels.ts';
import { BinomialDraws } from '../../src/subgroups/draws.ts';
import { groupAt, latticeOf, nodeOf } from '../../src/subgroups/lattice.ts';
import { Marginals } from '../../src/subgroups/marginals.ts';
import { shrink } from '../../src/subgroups/shrink.ts';
import { cellsOf, rowsOf } from '../fixtures.ts';
import { world } from '../worlds.ts';

test('sums over every group of the lattice are those of counting rows one by one', () => {
  const shape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      shape,
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }),
      (sizes, depth, draws) => {
        const cells = draws.length;
        const codes = sizes.map((size, at) =>
          Int32Array.from(draws, (draw, cell) => (draw * (at + 3) + cell * (at + 1)) % (size + (at % 2))),
        );
        const values = draws.map((draw, cell) => draw + cell + 1);
        const lattice = latticeOf(sizes, depth);
        const sums = new Marginals(lattice, codes).sums(values);
        for (let node = 0; node < lattice.length; node++) {
          const group = groupAt(lattice, node);
          let expected = 0;
          for (let cell = 0; cell < cells; cell++) {
            if (group.every(([attribute, value]) => codes[attribute]?.[cell] === value))
              expected += values[cell] as number;
          }
          assert.equal(sums[node], expected);
          assert.equal(nodeOf(lattice, group), node);
        }
      },
    ),
    { numRuns: 120 },
  );
});

test('tables too large to keep are summed from the list of cells, to the same sums', () => {
  const sizes = [300, 200, 150, 3];
  const random = seededRandom(11);
  const codes = sizes.map((size) => Int32Array.from({ length: 5000 }, () => random.index(size)));
  const values = Float64Array.from({ length: 5000 }, () => random.index(9));
  const lattice = latticeOf(sizes, 2);
  const sums = new Marginals(lattice, codes).sums(values);
  for (let node = 0; node < lattice.length; node += 997) {
    const group = groupAt(lattice, node);
    const expected = values.reduce(
      (sum, value, cell) => (group.every(([at, code]) => codes[at]?.[cell] === code) ? sum + value : sum),
      0,
    );
    assert.equal(sums[node], expected);
  }
  assert.throws(() => latticeOf([1000, 1000, 1000], 3), { code: 'too-many-cells' });
});

test('a planted subgroup is named, and not its parents, its children or anybody else', () => {
  const cells = world(5, 20_000, [4, 3, 2, 5], 0.2, {
    at: [
      [0, 1],
      [2, 1],
    ],
    lift: 0.15,
  });
  const { found, threshold, tested } = searchSubgroups(cells, { favourable: 'no' });
  assert.deepEqual(
    found.map(({ by }) => by),
    [{ a0: 'v1', a2: 'v1' }],
  );
  assert.ok(threshold > 3.3 && threshold < 4.5);
  assert.equal(tested, 14 + 12 + 8 + 20 + 6 + 15 + 10 + 24 + 60 + 40 + 30);
  const [one] = found;
  assert.ok((one?.adjusted ?? 1) <= 0.01);
  assert.ok(Math.abs((one?.shrunk.value ?? 0) - 0.15) < 0.03);
});

test('an effect of one attribute alone is not told again for each of its parts', () => {
  const cells = world(6, 20_000, [4, 3, 2, 5], 0.3, { at: [[1, 2]], lift: 0.12 });
  const { found } = searchSubgroups(cells, { favourable: 'no' });
  assert.deepEqual(
    found.map(({ by }) => by),
    [{ a1: 'v2' }],
  );
});

test('the side that is searched is the side of those worse off', () => {
  const low = world(8, 20_000, [4, 3], 0.5, { at: [[0, 0]], lift: -0.2 });
  const values = (favourable: 'yes' | 'no') =>
    searchSubgroups(low, { favourable }).found.map(({ by }) => by.a0);
  assert.deepEqual(values('yes'), ['v0']);
  assert.ok(!values('no').includes('v0'));
  assert.ok(searchSubgroups(low).found.some(({ by, z }) => by.a0 === 'v0' && z < 0));
});

test('a clean world has nothing to name, and still says what came closest; the same seed gives the same answer', () => {
  const cells = world(9, 8000, [4, 3, 2], 0.2);
  const search = searchSubgroups(cells, { seed: 4 });
  assert.deepEqual(search.found, []);
  assert.ok((search.strongest?.adjusted ?? 0) > 0.05);
  assert.ok(
    Math.abs(search.strongest?.shrunk.value ?? 1) < Math.abs(search.strongest?.difference.value ?? 0),
  );
  assert.deepEqual(searchSubgroups(cells, { seed: 4 }), search);
});

test('COMPAS: young African-Americans, and men more than women, bear the false positives', () => {
  const compas = cellsOf(rowsOf('compas-cells.csv'), {
    attributes: ['race', 'sex', 'age_cat'],
    prediction: (row) => row.score_text !== 'Low',
    truth: (row) => row.two_year_recid === '1',
  });
  const { found } = searchSubgroups(compas, { favourable: 'no' });
  const fpr = found.filter(({ metric, z }) => metric === 'fpr' && z > 0);
  assert.deepEqual(fpr[0]?.by, { race: 'African-American' });
  assert.ok(fpr.some(({ by }) => by.age_cat === 'Less than 25'));
});

test('people who repeat weaken what stands out', () => {
  const builder = new CellBuilder(['group'], ['cluster']);
  for (let officer = 0; officer < 20; officer++) {
    for (let i = 0; i < 100; i++) {
      builder.add({
        attributes: { group: officer < 10 ? 'a' : 'b' },
        prediction: officer % 10 < (officer < 10 ? 6 : 4),
        cluster: `${officer}`,
      });
    }
  }
  const cells: Cells = builder.build();
  assert.deepEqual(searchSubgroups(cells).found, []);
  const { cluster: _, ...roles } = cells.roles;
  assert.equal(searchSubgroups({ ...cells, roles }).found.length, 1);
});

test('values with too few people are dropped before the search, and unknown ones are nobody', () => {
  const builder = new CellBuilder(['group', 'sex']);
  const add = (group: string | null, times: number) => {
    for (let i = 0; i < times; i++)
      builder.add({ attributes: { group, sex: i % 2 ? 'F' : 'M' }, prediction: i % 3 === 0 });
  };
  add('a', 100);
  add('b', 100);
  add('rare', 5);
  add(null, 40);
  const { values, codes } = searchCells(builder.build());
  assert.deepEqual(values, [
    ['a', 'b'],
    ['F', 'M'],
  ]);
  assert.equal(codes[0]?.filter((code) => code === 2).length, 2, 'rare and unknown become one');
});

test('options that make no sense are errors', () => {
  const cells = world(1, 200, [2, 2], 0.5);
  assert.throws(() => searchSubgroups(cells, { depth: 0 }), { code: 'bad-option' });
  const nine = world(1, 200, [1, 1, 1, 1, 1, 1, 1, 1, 1], 0.5);
  assert.throws(() => searchSubgroups(nine), { code: 'bad-option' });
});

test('the winner’s curse: shrunk to nothing at the threshold, left alone far from it', () => {
  assert.ok(shrink(4.01, 4).value < 1);
  assert.equal(shrink(4.01, 4).low, 0);
  assert.ok(Math.abs(shrink(12, 4).value - 12) < 1e-3);
  const middle = shrink(5, 4);
  assert.ok(middle.low < middle.value && middle.value < 5 && middle.high > 5);
});

test('draws from tables have the mean and variance of their distribution', () => {
  const trials = Float64Array.from({ length: 30_000 }, (_, at) => [3, 40, 900, 6000, 0][at % 5] as number);
  const into = new Float64Array(trials.length);
  const draws = new BinomialDraws(seededRandom(2), trials, 0.3);
  assert.equal(
    draws.draw(into),
    into.reduce((sum, n) => sum + n, 0),
  );
  for (const n of [3, 40, 900, 6000]) {
    const some = [...into].filter((_, at) => trials[at] === n);
    const mean = some.reduce((sum, x) => sum + x, 0) / some.length;
    const variance = some.reduce((sum, x) => sum + (x - mean) ** 2, 0) / some.length;
    assert.ok(Math.abs(mean - n * 0.3) < 4.5 * Math.sqrt((n * 0.21) / some.length), `${n}: ${mean}`);
    assert.ok(Math.abs(variance / (n * 0.21) - 1) < 0.09, `${n}: ${variance}`);
  }
});
