import fc from 'fast-check';
import type { Facts, FactValue } from '../../src/index.ts';

type FileFact = Record<string, unknown>;
export interface ScorecardFile {
  format: string;
  facts: Record<string, FileFact>;
  segmentBy: string;
  segments: Record<
    string,
    { constant: string; groups: unknown[]; characteristics: Record<string, unknown>[] }
  >;
  threshold: string;
  outcome: { atMost: string; above: string; favourable: string };
}

const FACTS: Record<string, FileFact> = {
  milieu: { type: 'choice', values: ['urban', 'rural'] },
  region: { type: 'choice', values: ['n', 'c', 's'] },
  members: { type: 'integer', min: -2, max: 6 },
  rooms: { type: 'integer', min: '0', max: '4' },
  spending: { type: 'decimal', decimals: 1, min: '0', max: '1.2' },
  meter: { type: 'boolean' },
};

const decimal = (digits: number, decimals: number) =>
  fc
    .tuple(fc.integer({ min: -(10 ** digits), max: 10 ** digits }), fc.integer({ min: 0, max: decimals }))
    .map(([units, scale]) => (units / 10 ** scale).toFixed(scale));

const number: fc.Arbitrary<string[]> = fc.constantFrom('members', 'rooms', 'spending').map((fact) => [fact]);
const sharePair: fc.Arbitrary<string[]> = fc
  .constantFrom('members/rooms', 'spending/rooms', 'rooms/spending')
  .map((pair) => pair.split('/'));
const share = fc.record({
  kind: fc.constant('share'),
  decimals: fc.integer({ min: 0, max: 4 }),
  whenZero: decimal(3, 2),
});
const bands = fc.uniqueArray(fc.integer({ min: -3, max: 7 }), { minLength: 0, maxLength: 3 }).chain((edges) =>
  fc.array(decimal(2, 1), { minLength: edges.length + 1, maxLength: edges.length + 1 }).map((values) =>
    values.map((value, place) => {
      const upTo = edges.toSorted((a, b) => a - b)[place];
      return upTo === undefined ? { value } : { upTo: `${upTo}.5`, value };
    }),
  ),
);

const wrapped = (from: fc.Arbitrary<string[]>, inner: fc.Arbitrary<object>) =>
  fc.tuple(
    from,
    fc.oneof(
      inner,
      inner.map((of) => ({ kind: 'square', of })),
      fc
        .tuple(fc.constantFrom('atLeast', 'atMost'), decimal(2, 1), inner)
        .map(([kind, value, of]) => ({ kind, value, of })),
      fc.tuple(bands, inner).map(([list, of]) => ({ kind: 'bands', bands: list, of })),
    ),
  );

const shape = fc.oneof(
  wrapped(number, fc.constant({ kind: 'identity' })),
  wrapped(sharePair, share),
  fc.constant([['meter'], { kind: 'boolean' }] as [string[], object]),
  fc.constantFrom('n', 's').map((value): [string[], object] => [['region'], { kind: 'equals', value }]),
);

const segment = fc.record({
  constant: decimal(3, 3),
  groups: fc
    .record({
      reason: fc.constant('region'),
      by: fc.constant('region'),
      values: fc.record({ n: decimal(2, 3), c: decimal(2, 3), s: decimal(2, 3) }),
      mean: decimal(2, 4),
    })
    .map((group) => [group]),
  characteristics: fc
    .array(fc.tuple(shape, fc.constantFrom('r1', 'r2', 'r3'), decimal(3, 5), decimal(3, 3)), {
      minLength: 1,
      maxLength: 5,
    })
    .map((list) =>
      list.map(([[from, transform], reason, coefficient, mean], place) => ({
        id: `t${place}`,
        reason,
        from,
        transform,
        coefficient,
        mean,
      })),
    ),
});

/** A random scorecard file of two segments over facts with few values, and a case that fits it. */
export const scorecardAndFacts: fc.Arbitrary<{ file: ScorecardFile; facts: Facts }> = fc
  .record({
    urban: segment,
    rural: segment,
    threshold: decimal(3, 3),
    favourable: fc.constantFrom('granted', 'refused'),
    facts: fc.record({
      milieu: fc.constantFrom('urban', 'rural'),
      region: fc.constantFrom('n', 'c', 's'),
      members: fc.integer({ min: -2, max: 6 }),
      rooms: fc.integer({ min: 0, max: 4 }),
      spending: fc.integer({ min: 0, max: 12 }).map((tenths): FactValue => (tenths / 10).toFixed(1)),
      meter: fc.boolean(),
    }),
  })
  .map(({ urban, rural, threshold, favourable, facts }) => {
    const used = new Set([
      'milieu',
      'region',
      ...[urban, rural].flatMap(({ characteristics }) => characteristics.flatMap(({ from }) => from)),
    ]);
    return {
      file: {
        format: 'taalil-scorecard/1',
        facts: Object.fromEntries(Object.entries(FACTS).filter(([name]) => used.has(name))),
        segmentBy: 'milieu',
        segments: { urban, rural },
        threshold,
        outcome: { atMost: 'granted', above: 'refused', favourable },
      },
      facts: Object.fromEntries(Object.entries(facts).filter(([name]) => used.has(name))),
    };
  });

/** Every value that a fact of these files can take. */
export const everyValue: Readonly<Record<string, readonly FactValue[]>> = {
  milieu: ['urban', 'rural'],
  region: ['n', 'c', 's'],
  members: [-2, -1, 0, 1, 2, 3, 4, 5, 6],
  rooms: [0, 1, 2, 3, 4],
  spending: Array.from({ length: 13 }, (_, tenths) =>
    tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1),
  ),
  meter: [true, false],
};
