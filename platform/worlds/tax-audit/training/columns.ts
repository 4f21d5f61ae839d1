import { CITY_IDS, SECTOR_IDS, type TaxReturn } from '../returns.ts';

/** The model's columns in order: name, the fact that fills it, and the reason under which its weight is told. */
export const COLUMNS: readonly {
  readonly feature: string;
  readonly input: keyof TaxReturn;
  readonly equals?: string;
  readonly reason: string;
}[] = [
  ...SECTOR_IDS.map((id) => ({
    feature: `sector_${id}`,
    input: 'sector' as const,
    equals: id,
    reason: 'sector',
  })),
  ...CITY_IDS.map((id) => ({ feature: `city_${id}`, input: 'city' as const, equals: id, reason: 'city' })),
  { feature: 'years', input: 'years', reason: 'years' },
  { feature: 'employees', input: 'employees', reason: 'size' },
  { feature: 'turnover', input: 'turnover', reason: 'size' },
  { feature: 'prior_turnover', input: 'prior_turnover', reason: 'prior_turnover' },
  { feature: 'margin', input: 'margin', reason: 'margin' },
  { feature: 'cash_share', input: 'cash_share', reason: 'cash' },
  { feature: 'late_returns', input: 'late_returns', reason: 'late_returns' },
  { feature: 'declared_gap', input: 'declared_gap', reason: 'declared_gap' },
  { feature: 'invoices_missing', input: 'invoices_missing', reason: 'invoices' },
  { feature: 'refund_claimed', input: 'refund_claimed', reason: 'refund' },
  { feature: 'address_changes', input: 'address_changes', reason: 'address_changes' },
];
