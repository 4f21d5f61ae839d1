import { CERTAINTIES } from '../certainty.ts';
import type { Effective, Named, Provenance } from '../provenance.ts';
import type { Language } from '../texts.ts';
import { type Field, given } from './field.ts';
import { readTexts } from './texts.ts';

export const PROVENANCE_FIELDS = [
  'source',
  'article',
  'quote',
  'effective',
  'certainty',
  'consulted',
] as const;
export const NAMED_FIELDS = ['id', 'texts', 'doubt', ...PROVENANCE_FIELDS] as const;

function readEffective(field: Field): Effective {
  field.group(['from', 'notBefore', 'by', 'to']);
  const from = field.at('from').value === 'unknown' ? 'unknown' : field.at('from').date();
  const bound = (key: string) => field.at(key).optional((inner) => inner.date());
  const [notBefore, by, to] = [bound('notBefore'), bound('by'), bound('to')];
  if (from !== 'unknown' && (notBefore !== undefined || by !== undefined)) {
    field.fail('wrong-value', 'bounds a date that is known', 'keep only "from", or write "from: unknown"');
  }
  const order = [from === 'unknown' ? undefined : from, notBefore, by, to].filter(
    (date) => date !== undefined,
  );
  for (const [i, date] of order.entries()) {
    const next = order[i + 1];
    if (next !== undefined && Temporal.PlainDate.compare(date, next) > 0) {
      field.fail(
        'wrong-value',
        `has ${next} after ${date} in the wrong order`,
        'order: from or notBefore, by, to',
      );
    }
  }
  return { from, ...given('notBefore', notBefore), ...given('by', by), ...given('to', to) };
}

/** Source, article, quote, effective dates and certainty; `article` and `effective.from` may be `unknown`, never absent. */
export function readProvenance(field: Field): Provenance {
  const quote = field.at('quote').optional((inner) => {
    inner.group(['lang', 'text']);
    return { lang: inner.at('lang').text(), text: inner.at('text').text() };
  });
  return {
    source: field.at('source').text(),
    article: field.at('article').text(),
    ...given('quote', quote),
    effective: readEffective(field.at('effective')),
    certainty: field.at('certainty').oneOf(CERTAINTIES),
    consulted: field.at('consulted').optional((inner) => inner.list().map((one) => one.text())) ?? [],
  };
}

export function readNamed(field: Field, required: readonly Language[]): Named {
  return {
    id: field.at('id').id(),
    ...readProvenance(field),
    texts: readTexts(field.at('texts'), required),
    ...given(
      'doubt',
      field.at('doubt').optional((inner) => readTexts(inner, required)),
    ),
  };
}
