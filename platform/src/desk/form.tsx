import type { DecisionView } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { type FormErrors, type FormValues, type Lang, parseLang, translator } from '../web/index.ts';
import { citeFact, citeLaw, factsByWeight } from './citations.ts';
import type { Word } from './decide-proposal.ts';
import { assertKeepsWithheld } from './keeps-withheld.ts';
import { formMessages } from './messages-form.ts';
import { checkReasons, REASONS_LEAST, REASONS_MOST, type WrittenReasons } from './reasons.ts';

/** The decision as typed so far. */
export interface Draft {
  readonly word?: Word | undefined;
  readonly text: string;
  readonly lang?: Lang | undefined;
}

/** A draft in which every question has an answer; whether its text suffices is another matter. */
export interface Answered {
  readonly word: Word;
  readonly reasons: WrittenReasons;
}

const WORDS: readonly Word[] = ['confirm', 'override'];

/** Reads the form as it came; only an adverse proposal can be overridden. */
export function readForm(of: DecisionView, { word, text, lang }: FormValues): Draft {
  return {
    word: WORDS.find((known) => known === word && (known === 'confirm' || of.effect === 'adverse')),
    text: typeof text === 'string' ? text.replace(/\r\n?/g, '\n') : '',
    lang: typeof lang === 'string' ? parseLang(lang) : undefined,
  };
}

export function answered({ word, text, lang }: Draft): Answered | undefined {
  return word === undefined || lang === undefined ? undefined : { word, reasons: { text, lang } };
}

/** What the form lacks before anybody reads its text. */
function missingIn({ word, lang }: Draft, page: Lang): FormErrors {
  const t = translator(formMessages, page);
  return {
    ...(word === undefined ? { word: t('wordMissing') } : {}),
    ...(lang === undefined ? { lang: t('langMissing') } : {}),
  };
}

const FAULTS = {
  length: 'faultLength',
  law: 'faultLaw',
  fact: 'faultFact',
  copied: 'faultCopied',
  withheld: 'faultWithheld',
} as const;

/** What is wrong with a text of reasons, as its field shows it. Throws on any error that is not about the text. */
export function reasonsErrors(error: unknown, of: DecisionView, page: Lang): FormErrors {
  if (!(error instanceof PlatformError) || error.code !== 'reasons-insufficient') throw error;
  const t = translator(formMessages, page);
  const found = error.details.faults?.map((fault) => fault.where) ?? [];
  const values = { least: REASONS_LEAST, most: REASONS_MOST, ...examplesIn(of, page) };
  const said = Object.entries(FAULTS).filter(([where]) => found.includes(where));
  return {
    text: (
      <>
        {said.map(([, key], i) => (
          <>
            {i > 0 && <br />}
            {t(key, values)}
          </>
        ))}
      </>
    ),
  };
}

/** Everything that is wrong with a form, before anybody asks who may sign it. */
export function formErrors(of: DecisionView, draft: Draft, page: Lang): FormErrors {
  const missing = missingIn(draft, page);
  try {
    checkReasons(of.system.record, of.facts, { text: draft.text, lang: draft.lang ?? page });
    assertKeepsWithheld(of, draft.text);
    return missing;
  } catch (error) {
    return { ...missing, ...reasonsErrors(error, of, page) };
  }
}

/** A law and a fact of this file, as a text may cite them. */
function examplesIn(of: DecisionView, lang: Lang): { law: string; fact: string } {
  const [basis] = of.system.record.legalBasis;
  const [input] = factsByWeight(of);
  const value = input && of.facts[input.name];
  return {
    law: basis === undefined ? '' : citeLaw(lang, basis).text,
    fact: input === undefined || value === undefined ? '' : citeFact(lang, input, value).text,
  };
}
