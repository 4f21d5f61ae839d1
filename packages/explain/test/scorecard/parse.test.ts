import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ExplainError, type ExplainErrorCode, explain, parseModel, predict } from '../../src/index.ts';
import { bytesOf, household, urbanFacts } from './household.ts';

type Path = (string | number)[];
const REMOVE = Symbol('remove');

/** The household file with one place changed. */
function changed(path: Path, value: unknown): string {
  const copy = structuredClone(household) as unknown as Record<string | number, unknown>;
  let holder = copy;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === REMOVE) delete holder[last];
  else holder[last] = value;
  return JSON.stringify(copy);
}

const urban = ['segments', 'urban'];
const first = [...urban, 'characteristics', 0];
const water = [...urban, 'characteristics', 6];

const refused: [ExplainErrorCode, string, string, string][] = [
  ['syntax', 'line 1, column 2', 'an unfinished object', '{'],
  ['syntax', 'line 2, column 10', 'NaN', '{\n"format":NaN}'],
  ['syntax', 'line 1, column 3', 'something after the end', '{}x'],
  ['syntax', 'line 1, column 1', 'an empty file', ''],
  ['syntax', 'line 1, column 1', 'a byte order mark', '\ufeff{}'],
  ['duplicate-key', 'format', 'a key twice', '{"format":"taalil-scorecard/1","format":"taalil-scorecard/1"}'],
  [
    'duplicate-key',
    'format',
    'a key twice, once escaped',
    '{"format":"taalil-scorecard/1","\\u0066ormat":"taalil-scorecard/1"}',
  ],
  ['bad-name', '__proto__', 'a prototype key', '{"__proto__":{"format":"taalil-scorecard/1"}}'],
  ['too-deep', '', 'deep nesting', `${'['.repeat(100_000)}`],
  ['missing-key', 'format', 'no format', '{}'],
  ['wrong-type', 'format', 'another format', changed(['format'], 'taalil-scorecard/2')],
  ['unknown-key', 'weights', 'an unknown key', changed(['weights'], {})],
  [
    'unknown-key',
    'segments.urban.intercept',
    'an unknown key in a segment',
    changed([...urban, 'intercept'], '1'),
  ],
  ['missing-key', 'threshold', 'no threshold', changed(['threshold'], REMOVE)],
  ['missing-key', 'segments.urban.characteristics[0].mean', 'no mean', changed([...first, 'mean'], REMOVE)],
  [
    'missing-key',
    'segments.urban.groups[0].mean',
    'no mean of a group',
    changed([...urban, 'groups', 0, 'mean'], REMOVE),
  ],
  [
    'bad-decimal',
    'segments.urban.characteristics[0].coefficient',
    'too many decimals',
    changed([...first, 'coefficient'], '0.1234567890123'),
  ],
  [
    'bad-decimal',
    'segments.urban.characteristics[0].coefficient',
    'an exponent',
    changed([...first, 'coefficient'], 7.71e-7),
  ],
  [
    'bad-decimal',
    'segments.urban.characteristics[0].coefficient',
    'NaN as text',
    changed([...first, 'coefficient'], 'NaN'),
  ],
  ['bad-decimal', 'threshold', 'too many digits', changed(['threshold'], '1234567890123456')],
  [
    'wrong-type',
    'segments.urban.characteristics[0].coefficient',
    'a coefficient that is true',
    changed([...first, 'coefficient'], true),
  ],
  [
    'unknown-fact',
    'segments.urban.characteristics[0].from[0]',
    'a fact that is not declared',
    changed([...first, 'from'], ['income']),
  ],
  [
    'unused-fact',
    'facts.income',
    'a fact that nothing reads',
    changed(['facts', 'income'], { type: 'boolean' }),
  ],
  [
    'bad-name',
    'facts.toString',
    'a fact named like an inherited method',
    changed(['facts', 'toString'], { type: 'boolean' }),
  ],
  ['bad-name', 'facts.a b', 'a fact with a blank', changed(['facts', 'a b'], { type: 'boolean' })],
  ['duplicate-id', 'segments.urban', 'two terms with one id', changed([...first, 'id'], 'age')],
  [
    'duplicate-id',
    'facts.region.values',
    'a choice twice',
    changed(['facts', 'region', 'values'], ['north', 'north']),
  ],
  ['missing-segment', 'segments', 'a segment that is missing', changed(['segments', 'rural'], REMOVE)],
  [
    'unreachable-segment',
    'segments.coast',
    'a segment that no value selects',
    changed(['segments', 'coast'], household.segments.rural),
  ],
  ['unreachable-segment', 'segments', 'two segments and nothing to choose', changed(['segmentBy'], REMOVE)],
  ['wrong-type', 'segmentBy', 'segments by a number', changed(['segmentBy'], 'members')],
  [
    'missing-value',
    'segments.urban.groups[0].values',
    'a region without constant',
    changed([...urban, 'groups', 0, 'values'], { north: 1, south: 2 }),
  ],
  [
    'missing-value',
    'segments.urban.groups[0].values.east',
    'a constant without region',
    changed([...urban, 'groups', 0, 'values', 'east'], 1),
  ],
  [
    'bad-transform',
    'segments.urban.characteristics[6].transform',
    'a share of one fact',
    changed([...water, 'from'], ['waterSpending']),
  ],
  [
    'bad-transform',
    'segments.urban.characteristics[0].transform',
    'a number where a choice is read',
    changed([...first, 'from'], ['region']),
  ],
  [
    'out-of-limits',
    'segments.urban.characteristics[6].transform.decimals',
    'a share of too many decimals',
    changed([...water, 'transform', 'decimals'], 13),
  ],
  [
    'missing-key',
    'segments.urban.characteristics[6].transform.whenZero',
    'a share without a value for zero',
    changed([...water, 'transform', 'whenZero'], REMOVE),
  ],
  [
    'bad-transform',
    'segments.rural.characteristics[3].transform.bands[1]',
    'bands that fall',
    changed(['segments', 'rural', 'characteristics', 3, 'transform', 'bands', 1, 'upTo'], '-1'),
  ],
  [
    'wrong-type',
    'segments.urban.characteristics[0].transform.kind',
    'a transform of no kind',
    changed([...first, 'transform'], { kind: 'log' }),
  ],
  ['bad-outcome', 'outcome', 'one outcome only', changed(['outcome', 'above'], 'granted')],
  [
    'bad-outcome',
    'outcome.favourable',
    'a favourable outcome that never comes',
    changed(['outcome', 'favourable'], 'deferred'),
  ],
  ['out-of-limits', 'facts.members', 'a range upside down', changed(['facts', 'members', 'min'], 31)],
  [
    'out-of-limits',
    'segments.urban.characteristics',
    'no characteristics',
    changed([...urban, 'characteristics'], []),
  ],
];
for (const [code, path, name, text] of refused) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => parseModel(bytesOf(text)),
      (error) => {
        assert.ok(error instanceof ExplainError);
        assert.equal(error.code, code, error.message);
        if (code !== 'too-deep') assert.equal(error.path, path);
        assert.ok(error.message.length > path.length + 10);
        return true;
      },
    );
  });
}

test('refused: not UTF-8, too large, too many values', () => {
  assert.throws(() => parseModel(new Uint8Array([0x22, 0xff, 0x22])), { code: 'not-utf8' });
  assert.throws(() => parseModel(bytesOf(household), { maxBytes: 100 }), { code: 'too-large' });
  assert.throws(() => parseModel(bytesOf(`[${'0,'.repeat(500_000)}0]`)), { code: 'too-large' });
});

test('what a model says of itself', () => {
  const model = parseModel(bytesOf(household));
  assert.equal(model.kind, 'scorecard');
  assert.match(model.sha256, /^[0-9a-f]{64}$/);
  assert.deepEqual(
    model.facts.find(({ name }) => name === 'cattle'),
    { name: 'cattle', segments: ['rural'], type: 'integer', min: '0', max: '500' },
  );
  assert.deepEqual(model.facts.find(({ name }) => name === 'milieu')?.segments, ['urban', 'rural']);
  assert.deepEqual(model.reasons, [
    'region',
    'household-size',
    'age',
    'electricity',
    'work',
    'water',
    'rooms',
    'children',
    'livestock',
  ]);
});

const badFacts: [string, string, Record<string, unknown>][] = [
  ['fact-unknown', 'income', { income: 3 }],
  ['fact-unknown', '__proto__', JSON.parse('{"__proto__": 3}')],
  ['fact-missing', 'age', { age: undefined }],
  ['fact-type', 'members', { members: '2x' }],
  ['fact-type', 'members', { members: 2.5 }],
  ['fact-type', 'members', { members: Number.NaN }],
  ['fact-type', 'members', { members: null }],
  ['fact-type', 'members', { members: 1e21 }],
  ['fact-type', 'ownMeter', { ownMeter: 1 }],
  ['fact-type', 'waterSpending', { waterSpending: '1.234' }],
  ['fact-type', 'waterSpending', { waterSpending: 0.1 + 0.2 }],
  ['fact-range', 'members', { members: 31 }],
  ['fact-range', 'region', { region: 'west' }],
  ['fact-range', 'milieu', { milieu: 'toString' }],
];
for (const [code, path, extra] of badFacts) {
  test(`facts refused: ${code} for ${JSON.stringify(extra)}`, () => {
    const model = parseModel(bytesOf(household));
    const facts = Object.fromEntries(
      [...Object.entries(urbanFacts), ...Object.entries(extra)].filter(([, value]) => value !== undefined),
    ) as Parameters<typeof predict>[1];
    const given = Object.hasOwn(extra, '__proto__')
      ? Object.assign(JSON.parse('{"__proto__":1}'), urbanFacts)
      : facts;
    if ('age' in extra) delete (given as Record<string, unknown>).age;
    for (const run of [predict, explain])
      assert.throws(() => run(model, given), { name: 'ExplainError', code, path });
  });
}

test('property: a damaged file is refused with a code or still makes a whole model', () => {
  const original = bytesOf(household);
  let refusals = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.nat(original.length - 1),
          fc.constantFrom(...new TextEncoder().encode('{}[]",:-0129.eE\\untrf \u00ff\0')),
        ),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      fc.option(fc.nat(original.length), { freq: 6, nil: original.length }),
      (edits, length) => {
        const bytes = original.slice(0, length ?? original.length);
        for (const [at, byte] of edits) if (at < bytes.length) bytes[at] = byte;
        try {
          const model = parseModel(bytes);
          assert.ok(model.segments.size > 0);
        } catch (error) {
          assert.ok(error instanceof ExplainError, String(error));
          refusals++;
        }
      },
    ),
    { numRuns: 3_000 },
  );
  assert.ok(refusals > 1_000);
});

test('property: any JSON value in any place is refused with a code or accepted, never a crash', () => {
  const places: Path[] = [];
  const walk = (value: unknown, path: Path) => {
    if (path.length > 0) places.push(path);
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
  };
  walk(household, []);
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.oneof(fc.jsonValue(), fc.constant(REMOVE), fc.constantFrom('', '-0', '1e3', 'toString')),
      (path, value) => {
        try {
          parseModel(bytesOf(changed(path, value)));
        } catch (error) {
          assert.ok(error instanceof ExplainError, String(error));
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
