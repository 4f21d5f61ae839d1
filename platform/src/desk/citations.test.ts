import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import type { Facts } from '../register/inputs.ts';
import { type Input, systemRecord } from '../register/record.ts';
import { LANGS } from '../web/index.ts';
import { citeFact, citeLaw } from './citations.ts';
import { checkReasons } from './reasons.ts';

const record = systemRecord.parse(RECORD);
const PADDING = { fr: 'Le dossier a été lu.', ar: 'تمت قراءة الملف.' };

const anyOf = (input: Input): fc.Arbitrary<Facts[string]> => {
  switch (input.type) {
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...input.values.map(({ value }) => value));
    case 'integer':
      return fc.integer({ min: input.minimum, max: input.maximum });
    case 'decimal': {
      const scale = 10 ** input.decimals;
      const units = fc.integer({ min: input.minimum * scale, max: input.maximum * scale });
      return units.map((n) => (n / scale).toFixed(input.decimals));
    }
  }
};
const file = fc.record(Object.fromEntries(record.inputs.map((input) => [input.name, anyOf(input)])));

test('every citation offered is recognised, whatever the fact, its value and the language', () => {
  fc.assert(
    fc.property(
      file,
      fc.constantFrom(...record.inputs),
      fc.constantFrom(...record.legalBasis),
      fc.constantFrom(...LANGS),
      (facts, input, basis, lang) => {
        const law = citeLaw(lang, basis);
        const fact = citeFact(lang, input, facts[input.name] as Facts[string]);
        const padding = PADDING[fact.lang === 'fr' ? 'fr' : 'ar'];
        const text = `${padding} ${law.text}. ${fact.text}. ${padding} ${padding}`;
        const found = checkReasons(record, facts, { text, lang: fact.lang });
        assert.deepEqual(found.articles, [basis.id], text);
        assert.ok(found.facts.includes(input.name), text);
      },
    ),
    { numRuns: 400, seed: 5 },
  );
});

test('citations are written as people write them', () => {
  const earnings = record.inputs.find(({ name }) => name === 'earnings') as Input;
  const threshold = record.legalBasis[1] as (typeof record.legalBasis)[number];
  const spaces = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
  assert.equal(citeLaw('fr', threshold).text, 'article 7');
  assert.equal(
    spaces(citeFact('fr', earnings, 20_000).text),
    'Revenus déclarés du ménage : 20 000 dirhams par mois',
  );
  assert.equal(citeLaw('ar', threshold).text, 'المادة 7');
  assert.deepEqual(citeLaw('zgh', threshold), { text: 'المادة 7', lang: 'ar' });
});

test('a basis without an article is cited by its title, a label in the language it has', () => {
  const title = { fr: 'Charte des services (texte inventé)' };
  const basis = { id: 'charter', title };
  assert.deepEqual(citeLaw('ar', basis), { text: title.fr, lang: 'fr' });
  const found = checkReasons(
    { ...record, legalBasis: [basis] },
    { rooms: 3 },
    {
      text: `Selon la ${title.fr}, le dossier montre : pièces du logement : 3 pièces.`,
      lang: 'fr',
    },
  );
  assert.deepEqual([found.articles, found.facts], [['charter'], ['rooms']]);
  const input = { ...(record.inputs[2] as Input), label: { en: 'People at home' } };
  assert.equal(citeFact('ar', input as Input, 4).lang, 'en');
});
