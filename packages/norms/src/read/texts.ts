import { LANGUAGES, type Language, type Phrase, type Texts } from '../texts.ts';
import type { Field } from './field.ts';

const NOT_YET = 'to be commissioned';

function readPhrase(field: Field, language: Language, required: boolean): Phrase {
  if (!field.present) {
    if (!required) return { state: NOT_YET };
    field.fail(
      'missing',
      `has no ${language}`,
      `write the ${language} text; the pack says it is written in ${language}`,
    );
  }
  if (typeof field.value === 'object') {
    field.group(['draft']);
    return { state: 'draft', text: field.at('draft').text() };
  }
  const text = field.text();
  if (text === NOT_YET) {
    if (required) {
      field.fail('missing', `is ${NOT_YET}`, `write it, or take ${language} out of the pack's languages`);
    }
    return { state: NOT_YET };
  }
  if (language === 'zgh') {
    field.fail(
      'wrong-value',
      'a Tamazight text cannot be final here',
      'write {draft: "..."} with words of the glossary, or "to be commissioned"',
    );
  }
  return { state: 'written', text };
}

/** A text in every language; `required` ones must have words, and at least one language must. */
export function readTexts(field: Field, required: readonly Language[]): Texts {
  field.group(LANGUAGES);
  const one = (language: Language) => readPhrase(field.at(language), language, required.includes(language));
  const texts = { ar: one('ar'), zgh: one('zgh'), fr: one('fr'), en: one('en') };
  if (LANGUAGES.every((language) => texts[language].state === NOT_YET)) {
    field.fail('missing', 'has no words in any language', 'write at least one of ar, fr, en');
  }
  return texts;
}
