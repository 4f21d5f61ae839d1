import type { Random } from '../random.ts';
import { CITIES, type CityId, SECTORS, type SectorId } from './places.ts';

/** One year's return of an invented business, as the invented authority's files hold it. */
export interface TaxReturn {
  readonly sector: SectorId;
  readonly city: CityId;
  /** Years since registration. */
  readonly years: number;
  readonly employees: number;
  /** Thousands of dirhams a year. */
  readonly turnover: number;
  /** The year before; a business of less than two years has none. */
  readonly prior_turnover?: number;
  /** Declared profit, per cent of turnover. */
  readonly margin: number;
  /** Receipts in cash, per cent of turnover. */
  readonly cash_share: number;
  readonly late_returns: number;
  /** What suppliers and clients declared beyond the business's own declaration, per cent. */
  readonly declared_gap: number;
  readonly invoices_missing: number;
  readonly refund_claimed: boolean;
  readonly address_changes: number;
}

/** Groups that an audit tells apart; all follow from recorded facts, none is a fact about a person. */
export interface Groups {
  readonly sector: SectorId;
  readonly size: 'small' | 'medium' | 'large';
  readonly city: CityId;
  readonly cash: 'low' | 'medium' | 'high';
}

export interface Business {
  readonly subject: string;
  readonly filed: TaxReturn;
  /** Whether an inspection would find tax that was not declared; known to nobody before one. */
  readonly underdeclared: boolean;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, Math.round(value)));
const tenths = (value: number, low: number, high: number) =>
  Math.round(Math.min(high, Math.max(low, value)) * 10) / 10;

/** Typical receipts in cash and profit of each sector, per cent. */
const USUAL: Record<SectorId, { readonly cash: number; readonly margin: number }> = {
  retail: { cash: 58, margin: 9 },
  food: { cash: 66, margin: 11 },
  crafts: { cash: 52, margin: 14 },
  services: { cash: 22, margin: 18 },
  transport: { cash: 34, margin: 8 },
  construction: { cash: 26, margin: 10 },
  wholesale: { cash: 18, margin: 6 },
  manufacture: { cash: 8, margin: 12 },
};

export const isSmall = ({ turnover, employees }: TaxReturn) => turnover < 2_000 && employees < 10;
export const isCash = ({ cash_share }: TaxReturn) => cash_share >= 60;

export const CASH_BANDS = [25, 60] as const;
export const TURNOVER_BANDS = [2_000, 12_000] as const;

export function groupsOf(
  filed: Pick<TaxReturn, 'sector' | 'city' | 'turnover' | 'employees' | 'cash_share'>,
): Groups {
  const { sector, city, turnover, employees, cash_share } = filed;
  const [small, large] = TURNOVER_BANDS;
  const [medium, high] = CASH_BANDS;
  return {
    sector,
    city,
    size: turnover < small && employees < 10 ? 'small' : turnover < large ? 'medium' : 'large',
    cash: cash_share >= high ? 'high' : cash_share >= medium ? 'medium' : 'low',
  };
}

/** Draws one business and its return. What is true of it does not depend on its city, its size or its cash. */
export function drawBusiness(random: Random, number: number): Business {
  const sector = random.weighted([
    ['retail', 6],
    ['food', 4],
    ['crafts', 3],
    ['services', 4],
    ['transport', 2],
    ['construction', 2],
    ['wholesale', 1.5],
    ['manufacture', 1.5],
  ] as const);
  const city = random.pick(CITIES).id;
  const usual = USUAL[sector];
  const years = clamp(random.normal(9, 8), 0, 60);
  const turnover = clamp(Math.exp(random.normal(7, 1.15)), 20, 60_000);
  const employees = clamp(random.normal(turnover / 420, 1 + turnover / 1_500), 0, 250);
  const dishonest = random.chance(0.13);
  const margin = tenths(random.normal(usual.margin - (dishonest ? 6 : 0), 5), -40, 60);
  const gap = tenths(dishonest ? random.normal(14, 9) : random.normal(1, 4.5), -30, 80);
  const filed: TaxReturn = {
    sector,
    city,
    years,
    employees,
    turnover,
    ...(years < 2
      ? {}
      : { prior_turnover: clamp(turnover * random.normal(dishonest ? 1.15 : 0.97, 0.16), 20, 60_000) }),
    margin,
    cash_share: clamp(random.normal(usual.cash, 18), 0, 100),
    late_returns: clamp(random.normal(dishonest ? 2 : 0.6, 1.1), 0, 8),
    declared_gap: gap,
    invoices_missing: clamp(random.normal(dishonest ? 14 : 4, 6), 0, 200),
    refund_claimed: random.chance(dishonest ? 0.45 : 0.18),
    address_changes: clamp(random.normal(dishonest ? 1.1 : 0.4, 0.8), 0, 6),
  };
  return {
    subject: `E-${String(number).padStart(6, '0')}`,
    filed,
    underdeclared: random.chance(dishonest ? 0.86 : 0.035),
  };
}

export const SECTOR_IDS = SECTORS.map(({ id }) => id);
export const CITY_IDS = CITIES.map(({ id }) => id);
