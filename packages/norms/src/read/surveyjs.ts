import type { Choice, Page, Question, Scores } from '../questionnaire.ts';
import type { Phrase, Texts } from '../texts.ts';
import { readCondition } from './condition.ts';
import { type Field, given } from './field.ts';

/** SurveyJS question types and what they ask for; anything else is refused. */
const TYPES: Readonly<Record<string, Question['type']>> = {
  radiogroup: 'one',
  dropdown: 'one',
  checkbox: 'many',
  text: 'text',
  comment: 'text',
  html: 'note',
};

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Source texts hold HTML; what leaves the reader is plain text, to be escaped by whoever shows it. */
function plain(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/(?:p|h\d|li|ul|ol|div)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

function phrase(field: Field): Phrase {
  const text = field.present && typeof field.value === 'string' ? plain(field.value) : '';
  return text === '' ? { state: 'to be commissioned' } : { state: 'written', text };
}

/** A SurveyJS text: one string in the default language, English here, or one per locale. */
function texts(field: Field, fallback: string): Texts {
  const en = typeof field.value === 'string' ? phrase(field) : phrase(field.at('default'));
  const other = (locale: string): Phrase =>
    typeof field.value === 'object' ? phrase(field.at(locale)) : { state: 'to be commissioned' };
  const written = en.state === 'written' ? en : ({ state: 'written', text: fallback } as const);
  return { ar: other('ar'), zgh: { state: 'to be commissioned' }, fr: other('fr'), en: written };
}

/** The points of a choice are the number after the last hyphen of its value, as Canada's tool reads them. */
function pointsIn(value: string): number {
  const found = /-(\d{1,3})$/.exec(value);
  return found?.[1] === undefined ? 0 : Number(found[1]);
}

function readChoice(field: Field, scored: boolean): Choice {
  const id = (typeof field.value === 'object' ? field.at('value') : field).text();
  const label = field.at('text');
  return { id, texts: texts(label.present ? label : field, id), points: scored ? pointsIn(id) : 0 };
}

function readQuestion(field: Field, scores: Scores): Question {
  const name = field.at('name').text();
  const kind = field.at('type').text();
  const type = TYPES[kind];
  if (type === undefined) {
    return field
      .at('type')
      .fail(
        'wrong-value',
        `SurveyJS type "${kind}" is not read here`,
        `use ${Object.keys(TYPES).join(', ')} or panel`,
      );
  }
  const scored = scores !== 'nothing';
  const help = field.at('help').present ? field.at('help') : field.at('description');
  return {
    id: name,
    type,
    texts: texts(type === 'note' ? field.at('html') : field.at('title'), name),
    ...given(
      'help',
      help.optional((inner) => texts(inner, name)),
    ),
    required: field.at('isRequired').optional((inner) => inner.flag()) ?? false,
    ...given('visibleIf', field.at('visibleIf').optional(readCondition)),
    choices:
      type === 'one' || type === 'many'
        ? field
            .at('choices')
            .list()
            .map((one) => readChoice(one, scored))
        : [],
  };
}

/**
 * Pages of a SurveyJS file named by `{ file, panels }`. Each page's elements stand in panels; what they score is told by
 * the end of the panel's name: `panels: { "-RS": impact, "-MS": mitigation }`, anything else for nothing. A page whose
 * panels score differently becomes one page for each.
 */
export function readSurveyPages(field: Field, open: (name: Field) => Field): Page[] {
  field.group(['file', 'panels']);
  const panels = field.at('panels');
  const suffixes = panels.keys().map((suffix) => ({
    suffix,
    scores: panels.at(suffix).oneOf<Scores>(['impact', 'mitigation', 'nothing']),
  }));
  const root = open(field.at('file'));
  return root
    .at('pages')
    .list()
    .flatMap((page) => {
      const name = page.at('name').text();
      const visibleIf = given('visibleIf', page.at('visibleIf').optional(readCondition));
      const elements = page.at('elements').list();
      return elements.map((element, i): Page => {
        const panel = element.at('type').value === 'panel';
        const panelName = element.at('name').text();
        const scores = panel ? suffixes.find(({ suffix }) => panelName.endsWith(suffix))?.scores : undefined;
        if (panel && element.at('visibleIf').present) {
          element
            .at('visibleIf')
            .fail('wrong-value', 'a panel with a condition is not read here', 'put it on the page');
        }
        return {
          id: elements.length === 1 ? name : `${name}-${i + 1}`,
          texts: texts(page.at('title').present ? page.at('title') : element.at('title'), name),
          scores: scores ?? 'nothing',
          ...visibleIf,
          questions: (panel ? element.at('elements').list() : [element]).map((one) =>
            readQuestion(one, scores ?? 'nothing'),
          ),
        };
      });
    });
}
