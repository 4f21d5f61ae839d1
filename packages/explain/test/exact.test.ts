import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as int from '../src/exact/int.ts';
import { type Json, JsonNumber, parseJson } from '../src/files/json.ts';
import { Decimal, ExplainError } from '../src/index.ts';

const anyInt = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, 1, -1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map((value) => int.add(value, 0)),
);
const isNormal = (value: int.Int) =>
  typeof value === 'number'
    ? Number.isSafeInteger(value) && !Object.is(value, -0)
    : value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER;

test('property: integers agree with BigInt and stay numbers exactly while safe', () => {
  fc.assert(
    fc.property(anyInt, anyInt, (a, b) => {
      for (const [mine, theirs] of [
        [int.add(a, b), BigInt(a) + BigInt(b)],
        [int.subtract(a, b), BigInt(a) - BigInt(b)],
        [int.multiply(a, b), BigInt(a) * BigInt(b)],
        [int.negate(a), -BigInt(a)],
        [int.absolute(a), BigInt(a) < 0n ? -BigInt(a) : BigInt(a)],
      ] as const) {
        assert.equal(BigInt(mine), theirs);
        assert.ok(isNormal(mine), String(mine));
      }
      assert.equal(int.compare(a, b), BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0);
    }),
  );
});

test('property: half-even division is the nearest integer, and the even one of two', () => {
  fc.assert(
    fc.property(
      fc.oneof(anyInt, fc.integer({ min: -30, max: 30 })),
      fc.oneof(anyInt, fc.integer({ min: -8, max: 8 })),
      (a, b) => {
        fc.pre(b !== 0);
        const quotient = int.divideHalfEven(a, b);
        assert.ok(isNormal(quotient));
        const q = BigInt(quotient);
        const twice = 2n * (BigInt(a) - q * BigInt(b));
        const [size, divisor] = [twice < 0n ? -twice : twice, BigInt(b) < 0n ? -BigInt(b) : BigInt(b)];
        assert.ok(size < divisor || (size === divisor && q % 2n === 0n), `${a}/${b} = ${q}`);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('decimals are read and written in plain notation', () => {
  for (const [text, plain] of [
    ['0', '0'],
    ['-0', '0'],
    ['-0.000', '0'],
    ['1.50', '1.5'],
    ['-0.177', '-0.177'],
    ['100', '100'],
    ['999999999999999.999999999999', '999999999999999.999999999999'],
  ] as const) {
    assert.equal(Decimal.parse(text).toString(), plain);
  }
  for (const text of [
    '',
    '.5',
    '5.',
    '01',
    '+1',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    ' 1',
    '1 ',
    '1,5',
    '٣',
    '0.1234567890123',
    '1234567890123456',
    '--1',
    '1'.repeat(1_000_000),
  ]) {
    assert.throws(
      () => Decimal.parse(text, 'here'),
      (error) => error instanceof ExplainError && error.code === 'bad-decimal' && error.path === 'here',
    );
  }
});

test('rounding a quotient and a decimal, halves to even', () => {
  const divide = (a: string, b: string, decimals: number) =>
    Decimal.parse(a).dividedBy(Decimal.parse(b), decimals).toString();
  assert.deepEqual(
    [
      divide('1', '8', 2),
      divide('3', '8', 2),
      divide('-1', '8', 2),
      divide('1', '3', 4),
      divide('2', '0.003', 1),
      divide('10', '4', 0),
    ],
    ['0.12', '0.38', '-0.12', '0.3333', '666.7', '2'],
  );
  assert.deepEqual(
    ['2.345', '2.335', '-2.345', '2.3451'].map((text) => Decimal.parse(text).rounded(2).toString()),
    ['2.34', '2.34', '-2.34', '2.35'],
  );
});

test('property: the strict JSON reader agrees with JSON.parse on every JSON text', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
      const value = JSON.parse(text);
      fc.pre(!/__proto__|prototype|constructor/.test(text) && text.isWellFormed());
      const bytes = new TextEncoder().encode(JSON.stringify(value, null, indent));
      assert.deepEqual(
        loose(parseJson(bytes, { maxBytes: 1e6, maxDepth: 20, maxValues: 1e5 })),
        JSON.parse(JSON.stringify(value)),
      );
    }),
  );
});

function loose(value: Json): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, loose(inner)]));
  return Array.isArray(value) ? value.map(loose) : value;
}
