import type { FactValue } from '@taalil/explain';
import type { Input } from '../register/record.ts';
import { type Place, placesOf } from './phrases.ts';

/** How far, in characters of the folded text, a value may stand behind the fact's label, and before it. */
const BEHIND = 80;
const BEFORE = 30;

const YES = ['oui', 'yes', 'نعم'];
const NO = ['non', 'no', 'لا'];

/**
 * Whether a folded text names a fact of the file: its label, in any language of the record, with its value. The first
 * value behind the label must be the fact's ("Pièces du logement : 3"), or for numbers the last one right before it
 * ("6 personnes dans le ménage"): a text with the right number somewhere else does not name it.
 */
export function namesFact(folded: string, input: Input, value: FactValue | undefined): boolean {
  if (value === undefined) return false;
  const labels = Object.values(input.label).flatMap((label) => placesOf(folded, label ?? ''));
  if (labels.length === 0) return false;
  const values = valuesIn(folded, input);
  return labels.some((label) => {
    const behind = values.find((v) => v.start >= label.end);
    if (behind !== undefined && behind.start - label.end <= BEHIND && behind.is(value)) return true;
    const before = values.findLast((v) => v.end <= label.start);
    const near = before !== undefined && label.start - before.end <= BEFORE;
    return near && isNumber(input) && before.is(value);
  });
}

const isNumber = (input: Input) => input.type === 'integer' || input.type === 'decimal';

interface Said extends Place {
  is(value: FactValue): boolean;
}

/** Everything in the text that could be a value of this input, in the order of the text; the longest where several begin. */
function valuesIn(folded: string, input: Input): Said[] {
  if (isNumber(input)) return numbersIn(folded);
  const said =
    input.type === 'boolean'
      ? [...saidAs(folded, YES, true), ...saidAs(folded, NO, false)]
      : input.type === 'choice'
        ? input.values.flatMap(({ value, label }) => saidAs(folded, Object.values(label), value))
        : [];
  return said.sort((a, b) => a.start - b.start || b.end - a.end);
}

function saidAs(folded: string, phrases: readonly string[], stands: FactValue): Said[] {
  return phrases.flatMap((phrase) =>
    placesOf(folded, phrase).map((place) => ({ ...place, is: (value: FactValue) => value === stands })),
  );
}

function numbersIn(folded: string): Said[] {
  return [...folded.matchAll(/(?<![^ ])\p{L}{0,2}(\d[\d.]*)/gu)].map(
    ({ index, 0: found, 1: digits = '' }) => ({
      start: index,
      end: index + found.length,
      is: (value: FactValue) => readings(digits).includes(canonical(String(value))),
    }),
  );
}

/** "20.000" is twenty thousand to some writers and twenty to others: both readings count. */
function readings(digits: string): string[] {
  const parts = digits.split('.');
  const grouped = parts.length > 1 && parts.slice(1).every((part) => part.length === 3);
  return [
    ...(parts.length <= 2 ? [canonical(digits)] : []),
    ...(grouped ? [canonical(parts.join(''))] : []),
    ...(parts.length > 2 ? [canonical(`${parts.slice(0, -1).join('')}.${parts.at(-1)}`)] : []),
  ];
}

/** Without leading zeros, nor zeros that end the decimals. */
function canonical(digits: string): string {
  const [whole = '', decimals = ''] = digits.split('.');
  const short = decimals.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}${short === '' ? '' : `.${short}`}`;
}
