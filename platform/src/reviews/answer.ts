import type { FactValue } from '@taalil/explain';
import { readValue } from '../citizen/review/answers.ts';
import type { DecisionView } from '../decisions/view.ts';
import type { Input } from '../register/record.ts';
import { type FormValues, LANGS, type Lang } from '../web/index.ts';
import type { Corrections } from './corrections.ts';
import type { ReviewDecision } from './decide-review.ts';

/**
 * The three answers to a request: uphold it and let the rule decide again on the corrected record, uphold it and
 * decide in the person's favour, reject it.
 */
export const ANSWERS = ['corrected', 'favour', 'rejected'] as const;
export type AnswerKind = (typeof ANSWERS)[number];

export const factField = (name: string) => `fact-${name}`;

/** What is wrong with a field, as the key of its message. */
export type AnswerFaults = Readonly<
  Record<string, 'badNumber' | 'badChoice' | 'chooseAnswer' | 'chooseLang' | 'nothingCorrected'>
>;

export interface ReadAnswer {
  readonly kind: AnswerKind | undefined;
  readonly corrections: Corrections;
  readonly text: string;
  readonly lang: Lang | undefined;
  readonly faults: AnswerFaults;
}

export function one(values: FormValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

export function correctable(view: DecisionView): readonly Input[] {
  return view.system.record.inputs.filter((input) => input.correctable);
}

/** Reads the form as typed. An empty fact stays as it is recorded. */
export function readAnswer(view: DecisionView, values: FormValues): ReadAnswer {
  const corrections: Record<string, FactValue> = {};
  const faults: Record<string, AnswerFaults[string]> = {};
  for (const input of correctable(view)) {
    const field = factField(input.name);
    const value = readValue(input, one(values, field).trim());
    if (value === undefined) {
      faults[field] = input.type === 'integer' || input.type === 'decimal' ? 'badNumber' : 'badChoice';
    } else if (value !== null) {
      corrections[input.name] = value;
    }
  }
  const kind = ANSWERS.find((known) => known === one(values, 'answer'));
  if (kind === undefined) faults.answer = 'chooseAnswer';
  const lang = LANGS.find((known) => known === one(values, 'lang'));
  if (lang === undefined) faults.lang = 'chooseLang';
  return { kind, corrections, text: one(values, 'text').replace(/\r\n/g, '\n'), lang, faults };
}

/** What is asked of the domain. A rejected request leaves the record as it is, whatever stands in the fields. */
export function decisionOf(
  { kind, corrections, text, lang }: ReadAnswer,
  who: Pick<ReviewDecision, 'authorityId' | 'reviewId' | 'staffId'>,
): ReviewDecision {
  return {
    ...who,
    outcome: kind === 'rejected' ? 'rejected' : 'upheld',
    reasons: { text, lang: lang ?? 'ar' },
    ...(kind === 'rejected' ? {} : { corrections }),
    ...(kind === 'favour' ? { effect: 'favourable' as const } : {}),
  };
}

/** The form as it opens: what the person says is right stands in it already. */
export function openingValues(view: DecisionView, proposed: Corrections, lang: Lang): FormValues {
  return {
    lang,
    ...Object.fromEntries(
      correctable(view).flatMap(({ name, type }) => {
        const value = proposed[name];
        if (value === undefined) return [];
        return [[factField(name), type === 'boolean' ? (value ? 'yes' : 'no') : String(value)]];
      }),
    ),
  };
}
