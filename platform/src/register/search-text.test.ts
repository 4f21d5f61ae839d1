import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold, searchTerms } from './search-text.ts';

/** What a reader types, what is written, and whether the one is found in the other. */
const CASES: readonly [string, string, boolean][] = [
  ['menages', 'Soutien aux ménages', true],
  ['MÉNAGES', 'soutien aux menages', true],
  ['coeur', 'Cœur', true],
  ['l’aide', "l'aide", true],
  ['الاسر', 'دعم الأسر', true],
  ['الأُسَر', 'دعم الأسر', true],
  ['إعانه', 'إعانة شهرية', true],
  ['مستشفي', 'مستشفى', true],
  ['مســتشفى', 'مستشفى', true],
  ['سنة ٢٠٢٦', 'سنة 2026', true],
  ['مسؤول', 'مسوول', true],
  ['impôt', 'Soutien aux ménages', false],
  ['الأسد', 'دعم الأسر', false],
];

test('a search forgives case, accents, harakat, hamza, tatweel, ta marbuta and digits', () => {
  for (const [typed, written, found] of CASES) {
    assert.equal(
      searchTerms(typed).every((term) => fold(written).includes(term)),
      found,
      `${typed} in ${written}`,
    );
  }
});

test('folding twice changes nothing, and leaves nothing that a pattern could mean', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const folded = fold(text);
      assert.equal(fold(folded), folded);
      assert.doesNotMatch(folded, /[%_\\'"]/);
    }),
  );
});

test('a query has at most eight terms, whatever its length', () => {
  assert.equal(searchTerms('a '.repeat(5_000)).length, 8);
  assert.deepEqual(searchTerms(' \t'), []);
});
