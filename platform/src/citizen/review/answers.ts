import type { FactValue } from '@taalil/explain';
import type { Input, SystemRecord } from '../../register/record.ts';
import { GROUNDS, type Ground } from '../../reviews/index.ts';
import type { FormValues } from '../../web/index.ts';

/** One question a page. `facts` and `values` are asked only of who says that the data is wrong. */
export const STEPS = ['ground', 'facts', 'values', 'text', 'files', 'contact', 'who'] as const;
export type Step = (typeof STEPS)[number];

/** What was typed so far, question by question, exactly as typed: also what is not valid, so nothing is lost. */
export type Draft = Readonly<Partial<Record<Step, FormValues>>>;

/** What is wrong with an answer, by field; the key of its message. */
export type Faults = Readonly<
  Record<
    string,
    'chooseGround' | 'chooseFact' | 'badNumber' | 'badChoice' | 'writeText' | 'tooLong' | 'chooseWho'
  >
>;

export const TEXT_MOST = 4000;
export const CONTACT_MOST = 300;

/** A person recorded at the counter who may act for the person. */
export interface Representative {
  readonly representativeId: string;
  readonly name: string;
}

export interface Asked {
  readonly record: SystemRecord;
  readonly representatives: readonly Representative[];
}

/** The request as it is sent once every question has a valid answer. */
export interface ReviewAnswers {
  readonly ground: Ground;
  /** Facts that the person says are wrong, whether or not the right value is known. */
  readonly wrongFacts: readonly string[];
  readonly corrections: Readonly<Record<string, FactValue>>;
  readonly text: string;
  readonly contact: string;
  /** Undefined when the person asks for themself. */
  readonly representativeId: string | undefined;
}

function one(values: FormValues | undefined, name: string): string {
  const value = values?.[name];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
}

export function groundOf(draft: Draft): Ground | undefined {
  return GROUNDS.find((ground) => ground === one(draft.ground, 'ground'));
}

export function wrongFactsOf(draft: Draft, record: SystemRecord): Input[] {
  const chosen = draft.facts?.facts ?? [];
  return record.inputs.filter((i) => chosen.includes(i.name));
}

/** Of the facts said to be wrong, those whose right value a review can put into the record. */
export function correctableOf(draft: Draft, record: SystemRecord): Input[] {
  return wrongFactsOf(draft, record).filter((input) => input.correctable);
}

export const valueField = (input: Input) => `value-${input.name}`;

/** The questions that are asked, given the answers so far. */
export function stepsFor(draft: Draft, record: SystemRecord): Step[] {
  const data = groundOf(draft) === 'data-wrong';
  const none = draft.facts !== undefined && correctableOf(draft, record).length === 0;
  return STEPS.filter((step) => (step === 'values' ? data && !none : step !== 'facts' || data));
}

/** Digits of any script, a comma or a point; blanks between the digits go. */
function latinNumber(typed: string): string {
  return typed
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\s\u00a0\u202f\u200e\u200f]/g, '')
    .replace(/[,\u066b]/g, '.');
}

/** A right value as typed for a fact; undefined when it is none, `null` when nothing was typed. */
export function readValue(input: Input, typed: string): FactValue | undefined | null {
  if (typed === '') return null;
  if (input.type === 'boolean') return typed === 'yes' ? true : typed === 'no' ? false : undefined;
  if (input.type === 'choice') return input.values.find((v) => v.value === typed)?.value;
  const text = latinNumber(typed);
  const decimals = input.type === 'decimal' ? input.decimals : 0;
  if (!/^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) || (text.split('.')[1]?.length ?? 0) > decimals)
    return undefined;
  const value = Number(text);
  if (value < input.minimum || value > input.maximum) return undefined;
  return input.type === 'decimal' ? value.toFixed(decimals) : value;
}

/** Whether words are needed: not from who wants a person, nor from who has given every right value. */
function needsText(draft: Draft, record: SystemRecord): boolean {
  const ground = groundOf(draft);
  if (ground === 'want-person') return false;
  if (ground !== 'data-wrong') return true;
  const wrong = wrongFactsOf(draft, record);
  return wrong.some((input) => !input.correctable || one(draft.values, valueField(input)) === '');
}

/** What keeps the answer to one question from being sent. */
export function faultsOf(step: Step, draft: Draft, { record, representatives }: Asked): Faults {
  switch (step) {
    case 'ground':
      return groundOf(draft) === undefined ? { ground: 'chooseGround' } : {};
    case 'facts':
      return wrongFactsOf(draft, record).length === 0 ? { facts: 'chooseFact' } : {};
    case 'values': {
      const bad = correctableOf(draft, record).filter(
        (input) => readValue(input, one(draft.values, valueField(input))) === undefined,
      );
      return Object.fromEntries(
        bad.map((i) => [
          valueField(i),
          i.type === 'integer' || i.type === 'decimal' ? 'badNumber' : 'badChoice',
        ]),
      );
    }
    case 'text': {
      const { length } = one(draft.text, 'text');
      if (length > TEXT_MOST) return { text: 'tooLong' };
      return length === 0 && needsText(draft, record) ? { text: 'writeText' } : {};
    }
    case 'files':
      return {};
    case 'contact':
      return one(draft.contact, 'contact').length > CONTACT_MOST ? { contact: 'tooLong' } : {};
    case 'who': {
      const who = one(draft.who, 'who');
      return who === 'self' || representatives.some((r) => r.representativeId === who)
        ? {}
        : { who: 'chooseWho' };
    }
  }
}

/** The first question without a valid answer; undefined when the request can be sent. */
export function openStep(draft: Draft, asked: Asked): Step | undefined {
  return stepsFor(draft, asked.record).find(
    (step) => draft[step] === undefined || Object.keys(faultsOf(step, draft, asked)).length > 0,
  );
}

/** The question after one that was answered: the right values always follow the facts, then whatever is still open. */
export function stepAfter(step: Step, draft: Draft, asked: Asked): Step | undefined {
  const values = step === 'facts' && stepsFor(draft, asked.record).includes('values');
  return values ? 'values' : openStep(draft, asked);
}

/** Of a form that came in, what belongs to this question. */
export function answerTo(step: Step, form: FormValues): FormValues {
  const own = (name: string) => (step === 'values' ? name.startsWith('value-') : name === step);
  return Object.fromEntries(Object.entries(form).filter(([name]) => own(name)));
}

/** The request, or undefined while a question is open. */
export function answersOf(draft: Draft, asked: Asked): ReviewAnswers | undefined {
  const ground = groundOf(draft);
  if (ground === undefined || openStep(draft, asked) !== undefined) return undefined;
  const data = ground === 'data-wrong';
  const wrong = data ? wrongFactsOf(draft, asked.record) : [];
  const who = one(draft.who, 'who');
  return {
    ground,
    wrongFacts: wrong.map((i) => i.name),
    corrections: Object.fromEntries(
      (data ? correctableOf(draft, asked.record) : []).flatMap((i) => {
        const value = readValue(i, one(draft.values, valueField(i)));
        return value === null || value === undefined ? [] : [[i.name, value]];
      }),
    ),
    text: one(draft.text, 'text'),
    contact: one(draft.contact, 'contact'),
    representativeId: who === 'self' ? undefined : who,
  };
}
