import { m as citizenMessages } from '../citizen/messages.ts';
import type { DecisionView } from '../decisions/view.ts';
import type { Facts } from '../register/inputs.ts';
import type { Input, Localized, SystemRecord } from '../register/record.ts';
import { formatDecimal, LANGUAGES, type Lang, localText, translator } from '../web/index.ts';
import { caseMessages } from './messages-case.ts';

/** A piece of text that `checkReasons` recognises, in the language it is in. */
export interface Citation {
  readonly text: string;
  readonly lang: Lang;
}

/** How a text names a legal basis: "article 7", or the whole title of one without an article. */
export function citeLaw(lang: Lang, { article, title }: SystemRecord['legalBasis'][number]): Citation {
  if (article === undefined) return wordsOf(title, lang);
  const t = translator(caseMessages, lang);
  return { text: t.text('citeArticle', { article }), lang: t.lang('citeArticle') };
}

/** How a text names a fact of this file: "Pièces du logement : 3 pièces". */
export function citeFact(lang: Lang, input: Input, value: Facts[string]): Citation {
  const label = wordsOf(input.label, lang);
  const t = translator(caseMessages, label.lang);
  return {
    text: t.text('citeFact', { label: label.text, value: valueIn(label.lang, input, value) }),
    lang: label.lang,
  };
}

function valueIn(lang: Lang, input: Input, value: Facts[string]): string {
  switch (input.type) {
    case 'boolean':
      return translator(citizenMessages, lang).text(value === true ? 'yes' : 'no');
    case 'choice': {
      const label = input.values.find((v) => v.value === value)?.label;
      return label === undefined ? String(value) : wordsOf(label, lang).text;
    }
    default: {
      const unit = input.unit && wordsOf(input.unit, lang).text;
      return formatDecimal(lang, String(value), unit === undefined ? {} : { unit });
    }
  }
}

function wordsOf(text: Localized, lang: Lang): Citation {
  return localText(text, lang) ?? { text: '', lang };
}

/** The recorded facts of a file, those that weighed most first. */
export function factsByWeight({ system, facts, explanation, withheld }: DecisionView): Input[] {
  const weighed = explanation.contributions.flatMap((c) => c.facts);
  const place = new Map(weighed.map((name, i) => [name, weighed.indexOf(name) ?? i]));
  return system.record.inputs
    .filter((input) => facts[input.name] !== undefined && !withheld?.inputs.includes(input.name))
    .sort((a, b) => (place.get(a.name) ?? weighed.length) - (place.get(b.name) ?? weighed.length));
}

/** Attributes of the element that holds a text of another language than the page's. */
export function languageOf({ lang }: { readonly lang: Lang }) {
  return { lang: LANGUAGES[lang].tag, dir: LANGUAGES[lang].script };
}
