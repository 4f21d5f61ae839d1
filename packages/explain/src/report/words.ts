import { ExplainError } from '../error.ts';
import type { Said } from '../reasons/icu.ts';
import { parseReasonWords } from '../reasons/parse.ts';
import { type ToldReasons, type ToldSide, tellReasons } from '../reasons/tell.ts';
import type { ReasonLang } from '../reasons/topics.ts';
import { escaped } from './render.ts';

/** Tells the reasons of one row from the contributions of each output. */
export type Teller = (row: ArrayLike<number>, contributions: readonly ArrayLike<number>[]) => ToldReasons;

/** Prepares telling the reasons of a model's rows. @throws {ExplainError} for words that do not fit the model */
export function makeTeller(
  words: Uint8Array,
  features: readonly string[],
  outputs: number,
  lang: ReasonLang,
  approximate: boolean,
): Teller {
  const { topics, favourable, output } = parseReasonWords(words);
  if (output >= outputs)
    throw new ExplainError('bad-question', 'output', `is ${output}; the model has ${outputs}`);
  const tell: Teller = (row, contributions) =>
    tellReasons({
      topics,
      features,
      favourable,
      lang,
      approximate,
      row,
      contributions: contributions[output] ?? [],
    });
  const nothing = features.map(() => 0);
  tell(nothing, Array(outputs).fill(nothing));
  return tell;
}

const saidIn = ({ reasons, rest }: ToldSide): Said[] => [
  ...reasons.map(({ sentence }) => sentence),
  ...(rest === undefined ? [] : [rest]),
];

export function reasonsText({ against, inFavour, note }: ToldReasons): string {
  const lines = [...saidIn(against), ...saidIn(inFavour), ...(note === undefined ? [] : [note])];
  return lines.map(({ text }) => `  ${text}\n`).join('');
}

export function reasonsHtml({ against, inFavour, note }: ToldReasons): string {
  const list = (side: ToldSide) => {
    const said = saidIn(side);
    const items = said.map((one) => element('li', one)).join('');
    return `<ul dir="${directionOf(said[0])}">${items}</ul>\n`;
  };
  return `${note === undefined ? '' : element('p', note)}${list(against)}${list(inFavour)}`;
}

function element(name: string, { lang, text }: Said): string {
  return `<${name} lang="${lang}" dir="${directionOf({ lang, text })}">${escaped(text)}</${name}>`;
}

const directionOf = (said: Said | undefined) => (said?.lang === 'ar' ? 'rtl' : 'ltr');
