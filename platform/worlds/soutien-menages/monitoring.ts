import type { z } from 'zod';
import type { legalBasis } from '../../src/monitoring/basis.ts';
import type { monitoringPlan } from '../../src/monitoring/plan-schema.ts';
import { dateOf, WORLD_START } from './calendar.ts';
import { REGIONS } from './regions.ts';

const ATTRIBUTES = ['applicant_sex', 'applicant_age', 'disability', 'milieu', 'region'] as const;

/** Invented law: on what ground the agency lets protected attributes be opened, for audit alone. */
export const BASIS: z.input<typeof legalBasis> = {
  attributes: [...ATTRIBUTES],
  title: {
    fr: "Décision spécimen relative à l'audit des disparités (texte inventé)",
    ar: 'قرار نموذجي متعلق بافتحاص الفوارق (نص متخيّل)',
    en: 'Specimen decision on the audit of disparities (invented text)',
  },
  article: '2',
  from: dateOf(WORLD_START),
  to: '2033-12-31',
};

/** How the agency says that it watches its programme. Rural and urban households have scales of their own. */
export const PLAN: z.input<typeof monitoringPlan> = {
  attributes: [
    { name: 'applicant_sex', concept: 'sex' },
    { name: 'applicant_age', concept: 'age' },
    { name: 'disability', concept: 'disability' },
    { name: 'milieu', concept: 'milieu' },
    {
      name: 'region',
      concept: 'region',
      places: REGIONS.map(({ id, fr, ar, en }) => ({ value: id, label: { fr, ar, en } })),
    },
  ],
  within: ['milieu'],
  tolerance: '0.03',
  tolerances: { disability: '0.10' },
  justification: {
    fr: "Le barème a deux échelles, urbaine et rurale : les ménages sont comparés au sein de chacune. Il tient compte du handicap en faveur du ménage : l'écart toléré y est plus grand.",
    ar: 'للمؤشر سلّمان، حضري وقروي: تُقارن الأسر داخل كل منهما. ويراعي المؤشر الإعاقة لفائدة الأسرة، لذلك يكون الفارق المقبول فيها أكبر.',
    en: 'The score has two scales, urban and rural: households are compared within each. It takes disability into account in the household’s favour: the tolerated difference is larger there.',
  },
  on_breach: 'notify',
};
