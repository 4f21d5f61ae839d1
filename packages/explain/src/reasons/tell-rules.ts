import type { HitRow, RuleCondition, RuleDecision } from '../rules/decide.ts';
import type { RuleValue } from '../rules/model.ts';
import { isolated, type Said, say, textFor } from './icu.ts';
import type { ReasonLang, ReasonText } from './topics.ts';
import { numberInWords } from './values.ts';

/** How a fact of rules is told. */
export interface FactWords {
  readonly label: ReasonText;
  readonly unit?: ReasonText;
  readonly decimals?: number;
  /** Words for texts, by value. */
  readonly words?: Readonly<Record<string, ReasonText>>;
}

export interface ToldRule {
  /** The table's name. */
  readonly table: string;
  /** The row that held, from 1, and what its author wrote beside it. */
  readonly row: number;
  readonly description: string;
  /** One sentence per condition: the fact, and what the rule says of it. */
  readonly sentences: readonly Said[];
}

/**
 * Tells the rows that held, in order, one sentence per condition. Facts without words are told by their column's name; a
 * test that is more than a comparison is shown as it is written.
 */
export function tellRules(
  { steps }: RuleDecision,
  facts: Readonly<Record<string, FactWords>>,
  lang: ReasonLang,
): ToldRule[] {
  return steps.flatMap((step) =>
    step.kind === 'table' ? step.hits.map((hit) => tellHit(step.name, hit, facts, lang)) : [],
  );
}

function tellHit(
  table: string,
  { row, description, conditions }: HitRow,
  facts: Readonly<Record<string, FactWords>>,
  lang: ReasonLang,
): ToldRule {
  const sentences = conditions.map((condition): Said => {
    const known = condition.field === null ? undefined : facts[condition.field];
    if (condition.field === null) return say('written', lang, { test: `\u2068${condition.test}\u2069` });
    const label =
      known === undefined
        ? `\u2068${condition.name}\u2069`
        : isolated(textFor(known.label, lang), sentence(lang));
    const value = ` (${inWords(condition.value, known, lang)})`;
    return say('condition', lang, { label, value, test: testInWords(condition, known, lang) });
  });
  return { table, row, description, sentences };
}

const sentence = (lang: ReasonLang) => (lang === 'zgh' ? 'ar' : lang);

function inWords(value: RuleValue, known: FactWords | undefined, lang: ReasonLang): string {
  if (value === null) return say('notRecorded', lang).text;
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no', lang).text;
  if (typeof value === 'number') return numberInWords(value, known ?? {}, lang);
  const words = known?.words?.[value];
  return words === undefined ? `\u2068${value}\u2069` : isolated(textFor(words, lang), sentence(lang));
}

const NUMBER = '(-?[0-9]+(?:\\.[0-9]+)?)';
const COMPARISON = new RegExp(`^(<=|>=|<|>)\\s*${NUMBER}$`);
const INTERVAL = new RegExp(`^\\[\\s*${NUMBER}\\s*\\.\\.\\s*${NUMBER}\\s*\\]$`);
const LITERALS =
  /^(?:"[^"]*"|true|false|-?[0-9]+(?:\.[0-9]+)?)(?:\s*,\s*(?:"[^"]*"|true|false|-?[0-9]+(?:\.[0-9]+)?))*$/;
const KEYS = { '<': 'less', '<=': 'atMost', '>': 'more', '>=': 'atLeast' } as const;

function testInWords({ test }: RuleCondition, known: FactWords | undefined, lang: ReasonLang): string {
  const number = (text: string | undefined) => numberInWords(Number(text), known ?? {}, lang);
  const comparison = COMPARISON.exec(test);
  if (comparison !== null)
    return say(KEYS[comparison[1] as keyof typeof KEYS], lang, { n: number(comparison[2]) }).text;
  const interval = INTERVAL.exec(test);
  if (interval !== null) return say('between', lang, { n: number(interval[1]), m: number(interval[2]) }).text;
  if (LITERALS.test(test)) {
    const values = [...test.matchAll(/"([^"]*)"|([^\s,"]+)/g)].map(
      ([, text, other]): RuleValue =>
        text !== undefined ? text : other === 'true' || other === 'false' ? other === 'true' : Number(other),
    );
    const list = new Intl.ListFormat(sentence(lang), { type: 'disjunction' });
    return say('oneOf', lang, { words: list.format(values.map((value) => inWords(value, known, lang))) })
      .text;
  }
  return say('written', lang, { test: `\u2068${test}\u2069` }).text;
}
