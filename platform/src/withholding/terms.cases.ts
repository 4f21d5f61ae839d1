import type { WithholdingTerms } from './terms.ts';

/** Terms that hold on 2 March 2026 for the demonstration's record; invented, as every text of the demonstration. */
export const GOOD: WithholdingTerms = {
  reasons: ['vehicle'],
  inputs: ['vehicle'],
  basis: {
    title: { fr: 'Règlement spécimen (texte inventé)', ar: 'نظام نموذجي (نص متخيّل)' },
    article: '9',
    source: 'texte inventé pour les essais',
    certainty: 'platform policy',
  },
  because: { fr: 'Le recoupement en cours serait compromis.', ar: 'سيضر ذلك بمقارنة جارية.' },
  until: '2026-06-30',
};

const without = (key: keyof WithholdingTerms) =>
  Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== key));

/** What is not enough to withhold a reason: then it is disclosed. Each with the place of the fault. */
export const NOT_ENOUGH: readonly (readonly [what: string, terms: unknown, where: string])[] = [
  ['no article', { ...GOOD, basis: { ...GOOD.basis, article: ' ' } }, '/basis/article'],
  ['no basis at all', without('basis'), '/basis'],
  ['no source of the article', { ...GOOD, basis: { ...GOOD.basis, source: '' } }, '/basis/source'],
  ['no certainty', { ...GOOD, basis: { ...GOOD.basis, certainty: 'surely' } }, '/basis/certainty'],
  ['no scope', { ...GOOD, reasons: [] }, '/reasons'],
  ['a reason that the record does not have', { ...GOOD, reasons: ['colour'] }, '/reasons'],
  ['a fact that the record does not have', { ...GOOD, inputs: ['colour'] }, '/inputs'],
  ['no end', without('until'), '/until'],
  ['an end that has passed', { ...GOOD, until: '2026-03-01' }, '/until'],
  ['an end that is years away', { ...GOOD, until: '2029-01-01' }, '/until'],
  ['no ground that the person may read', without('because'), '/because'],
  ['something else besides', { ...GOOD, secret: true }, '/'],
];
