import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newReference } from '../ids.ts';
import { readCode, readReference } from './typing.ts';

const EASTERN = '٠١٢٣٤٥٦٧٨٩';
const PERSIAN = '۰۱۲۳۴۵۶۷۸۹';
const BLANKS = ['', ' ', '  ', '-', ' - ', '\u00a0', '\u202f', '.', '–', '\u200f', '\u2066', '\t'];
const code = fc.stringMatching(/^[0-9]{12}$/);

const typedAs = (text: string, between: readonly string[], digits: readonly string[]) =>
  [...text]
    .map((c, i) => (digits[i % digits.length] ?? '')[Number(c)] + (between[i % between.length] ?? ''))
    .join('');

test('a code is read however it is grouped and in whatever digits', () => {
  fc.assert(
    fc.property(
      code,
      fc.array(fc.constantFrom(...BLANKS), { minLength: 1, maxLength: 5 }),
      fc.array(fc.constantFrom('0123456789', EASTERN, PERSIAN, 'OI23456789', 'ol23456789'), {
        minLength: 1,
        maxLength: 3,
      }),
      (digits, between, scripts) => {
        assert.equal(readCode(typedAs(digits, between, scripts)), digits);
      },
    ),
  );
});

test('what is not a code of 12 digits is not guessed at', () => {
  for (const typed of [
    '',
    '12345678901',
    '1234567890123',
    '1234 5678 901x',
    'x'.repeat(10_000),
    '１２'.repeat(3),
  ]) {
    assert.equal(readCode(typed), undefined, typed.slice(0, 30));
  }
  assert.equal(readCode('１２３４５６７８９０１２'), '123456789012');
});

test('a reference is read in any case, with O for 0 and I or L for 1', () => {
  fc.assert(
    fc.property(fc.constantFrom(...BLANKS), fc.boolean(), (blank, lower) => {
      const reference = newReference();
      const letters = reference
        .replace('-', blank)
        .replaceAll('0', 'O')
        .replaceAll('1', lower ? 'l' : 'I');
      assert.equal(readReference(` ${lower ? letters.toLowerCase() : letters}\u200e`), reference);
    }),
  );
  assert.equal(readReference('٠١٢٣٤-٥٦٧٨٩'), '01234-56789');
  assert.equal(readReference('not a reference'), undefined);
  assert.equal(readReference(''), undefined);
});
