import {
  CONTACT_MOST,
  type ReviewAnswers,
  readValue,
  TEXT_MOST,
  valueField,
} from '../citizen/review/answers.ts';
import type { SystemRecord } from '../register/record.ts';
import { GROUNDS } from '../reviews/index.ts';
import type { FormValues } from '../web/index.ts';

export type ReviewFaults = Readonly<
  Record<string, 'chooseGround' | 'badNumber' | 'badChoice' | 'writeText' | 'tooLong'>
>;

const typed = (values: FormValues, name: string) => {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** The request as an agent typed it on one page, or what is wrong with it. */
export function readReview(
  values: FormValues,
  record: SystemRecord,
): { answers: ReviewAnswers } | { faults: ReviewFaults } {
  const ground = GROUNDS.find((one) => one === values.ground);
  const text = typed(values, 'text');
  const contact = typed(values, 'contact');
  const given = record.inputs.filter((i) => i.correctable && typed(values, valueField(i)) !== '');
  const read = given.map((input) => ({ input, value: readValue(input, typed(values, valueField(input))) }));
  const wordless = text === '' && ground !== 'want-person' && !(ground === 'data-wrong' && given.length > 0);
  const faults: ReviewFaults = {
    ...(ground === undefined ? { ground: 'chooseGround' as const } : {}),
    ...(wordless && ground !== undefined ? { text: 'writeText' as const } : {}),
    ...(text.length > TEXT_MOST ? { text: 'tooLong' as const } : {}),
    ...(contact.length > CONTACT_MOST ? { contact: 'tooLong' as const } : {}),
    ...Object.fromEntries(
      read
        .filter(({ value }) => value === undefined || value === null)
        .map(({ input: { type }, input }) => [
          valueField(input),
          type === 'integer' || type === 'decimal' ? ('badNumber' as const) : ('badChoice' as const),
        ]),
    ),
  };
  if (Object.keys(faults).length > 0 || ground === undefined) return { faults };
  const corrections = ground === 'data-wrong' ? read : [];
  return {
    answers: {
      ground,
      wrongFacts: corrections.map(({ input }) => input.name),
      corrections: Object.fromEntries(corrections.map(({ input, value }) => [input.name, value ?? ''])),
      text,
      contact,
      representativeId: undefined,
    },
  };
}
