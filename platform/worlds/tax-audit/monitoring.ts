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
  tolerance: '0.05',
  justification: {
    fr: 'Une entreprise honnête doit avoir la même chance de contrôle quels que soient sa ville, sa taille, son secteur et ses espèces, à cinq points près.',
    ar: 'يجب أن تكون لكل مقاولة نزيهة نفس احتمال المراقبة مهما كانت مدينتها وحجمها وقطاعها ومداخيلها النقدية، بفارق خمس نقط على الأكثر.',
    en: 'An honest business should have the same chance of inspection whatever its city, size, sector and cash, to within five points.',
  },
  score: 'log-odds',
  on_breach: 'notify',
};
