import type { CityId } from './places.ts';

/**
 * What is wrong in this world on purpose. `planted-tax-audit.json` tells it to tests and to whoever audits the
 * demonstration; no product code reads it. The clean twin has none of it.
 *
 * In two cities, past inspections of small cash businesses were recorded as findings whatever was found; the model
 * learnt it, so these businesses are chosen for inspection far more often, and far more of those inspections find nothing.
 */
export const OVERINSPECTED_CITIES: readonly CityId[] = ['port_cedre', 'val_safran'];
export const REASSESSED_SHARE = 0.4;

/** Of all returns, drawn for inspection whatever the model says: the only ones that tell of those never chosen. */
export const RANDOM_SHARE = 0.03;

export interface Planted {
  readonly clean: boolean;
  readonly model: {
    readonly cities: readonly CityId[];
    readonly size: 'small';
    readonly cash: 'high';
  } | null;
  readonly random: { readonly share: number };
}

export function planted(clean: boolean): Planted {
  return {
    clean,
    model: clean ? null : { cities: OVERINSPECTED_CITIES, size: 'small', cash: 'high' },
    random: { share: RANDOM_SHARE },
  };
}
