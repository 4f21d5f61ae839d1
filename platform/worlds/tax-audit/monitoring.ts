import type { z } from 'zod';
import type { monitoringPlan } from '../../src/monitoring/plan-schema.ts';
import { CASH_BANDS, TURNOVER_BANDS } from './returns.ts';

/** How the revenue office says that it watches its choice of inspections: businesses by recorded facts, nobody's person. */
export const PLAN: z.input<typeof monitoringPlan> = {
  facts: [
    { name: 'sector' },
    { name: 'city' },
    { name: 'turnover', bands: [...TURNOVER_BANDS] },
    { name: 'cash_share', bands: [...CASH_BANDS] },
  ],
  within: ['turnover', 'cash_share'],
  tolerance: '0.05',
  justification: {
    fr: 'À taille et à part d’espèces égales, une entreprise honnête doit avoir la même chance de contrôle quels que soient sa ville et son secteur, à cinq points près.',
    ar: 'عند تساوي الحجم وحصة المداخيل النقدية، يجب أن تكون لكل مقاولة نزيهة نفس احتمال المراقبة مهما كانت مدينتها وقطاعها، بفارق خمس نقط على الأكثر.',
    en: 'At the same size and share of cash, an honest business should have the same chance of inspection whatever its city and sector, to within five points.',
  },
  score: 'log-odds',
  on_breach: 'notify',
};
