import { PlatformError } from '../errors.ts';
import { type FormErrors, type Lang, translator } from '../web/index.ts';
import { type AnswerFaults, factField } from './answer.ts';
import { answer } from './messages-answer.ts';

const REASONS = {
  length: 'reasonsLength',
  law: 'reasonsLaw',
  fact: 'reasonsFact',
  copied: 'reasonsCopied',
  withheld: 'reasonsWithheld',
} as const;

/** Faults of the form's own fields, in words. */
export function faultWords(lang: Lang, faults: AnswerFaults): FormErrors {
  const t = translator(answer, lang);
  return Object.fromEntries(Object.entries(faults).map(([field, key]) => [field, key && t(key)]));
}

/** What the domain refused, at the field that mends it; undefined for what no field can mend. */
export function refusalWords(lang: Lang, error: unknown): FormErrors | undefined {
  if (!(error instanceof PlatformError)) return undefined;
  const t = translator(answer, lang);
  const { where, faults = [] } = error.details;
  switch (error.code) {
    case 'reasons-insufficient': {
      const said = faults.flatMap((fault) => {
        const key = REASONS[fault.where as keyof typeof REASONS];
        return key === undefined ? [] : [t.text(key)];
      });
      return { text: said.length > 0 ? said.join(' ') : t('reasonsFact') };
    }
    case 'invalid-input': {
      const names = faults.flatMap((fault) => /^\/input\/([a-z0-9_]+)/.exec(fault.where)?.[1] ?? []);
      if (names.length === 0) return undefined;
      return Object.fromEntries(names.map((name) => [factField(name), t('badNumber')]));
    }
    case 'invalid-request':
      return where === 'effect' ? { answer: t('notAgainst') } : undefined;
    case 'not-independent':
      return where === 'author' ? { answer: t('authorGivesWay') } : undefined;
    case 'not-competent':
      return { answer: t('needsAdverse') };
    case 'person-required':
      return { answer: t('needsMore') };
    case 'suspended':
    case 'not-live':
      return { answer: t('suspended') };
    default:
      return undefined;
  }
}
