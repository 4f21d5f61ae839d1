import type { WithholdingTerms } from '../../src/withholding/terms.ts';

/** What the office does not tell while it inspects. The article is an invented example; no real text is meant. */
export const CROSS_CHECKS: Omit<WithholdingTerms, 'until'> = {
  reasons: ['declared_gap'],
  inputs: ['declared_gap'],
  basis: {
    title: {
      fr: 'Code spécimen du contrôle (exemple inventé), secret des recoupements',
      ar: 'المدونة النموذجية للمراقبة (مثال متخيّل)، سرية مقارنة التصريحات',
      en: 'Specimen inspection code (invented example), secrecy of cross-checks',
    },
    article: '30',
    source: 'specimen.example',
    certainty: 'platform policy',
  },
  because: {
    fr: "Nommer les clients et fournisseurs en cause avant le contrôle permettrait d'accorder les déclarations.",
    ar: 'ذكر الزبناء والموردين المعنيين قبل المراقبة قد يسمح بمواءمة التصريحات.',
    en: 'Naming the clients and suppliers concerned before the inspection would let returns be made to agree.',
  },
};
