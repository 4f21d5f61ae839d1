import type { Random } from '../random.ts';
import type { Person } from './households.ts';
import { FAULTY_REGION } from './model.ts';

/**
 * What is wrong in this world on purpose. `planted.json` tells it to tests and to whoever audits the demonstration;
 * no product code reads it. The clean twin has none of it.
 */
export const DECEASED_EARNER_SHARE = 0.045;
export const HASTY_SECONDS = 4;

/** Keeps an earner in the register who has died: the person's true record has one earner fewer. */
export function plantDeceasedEarner(random: Random, person: Person): Person {
  const { household } = person;
  if (!random.chance(DECEASED_EARNER_SHARE) || household.earners === 0) return person;
  const left = Math.round((household.earnings * (household.earners - 1)) / household.earners);
  return { ...person, truth: { earners: household.earners - 1, earnings: left } };
}

export interface Planted {
  readonly clean: boolean;
  readonly model: { readonly version: 2; readonly milieu: 'rural'; readonly region: string } | null;
  readonly data: { readonly fault: 'deceased-earner'; readonly share: number } | null;
  readonly reviewer: { readonly staffId: string; readonly seconds: number } | null;
}

export function planted(clean: boolean, hastyStaffId: string): Planted {
  if (clean) return { clean, model: null, data: null, reviewer: null };
  return {
    clean,
    model: { version: 2, milieu: 'rural', region: FAULTY_REGION },
    data: { fault: 'deceased-earner', share: DECEASED_EARNER_SHARE },
    reviewer: { staffId: hastyStaffId, seconds: HASTY_SECONDS },
  };
}
