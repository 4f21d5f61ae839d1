import type { Random } from '../random.ts';
import { REGIONS, type RegionId } from './regions.ts';

/** The facts of one invented household, as the programme's register holds them. */
export interface Household {
  readonly milieu: 'urban' | 'rural';
  readonly region: RegionId;
  readonly members: number;
  readonly children: number;
  readonly elders: number;
  readonly earners: number;
  readonly earnings: number;
  readonly schooling: 'none' | 'primary' | 'secondary' | 'higher';
  readonly literate: boolean;
  readonly dwelling: 'precarious' | 'traditional' | 'apartment' | 'house' | 'villa';
  readonly rooms: number;
  readonly bathroom: boolean;
  readonly electricity: number;
  readonly water: number;
  readonly phone: number;
  readonly vehicle: boolean;
  readonly motorcycle: boolean;
  readonly land: number;
  readonly livestock: number;
  readonly health_cover: 'none' | 'assistance' | 'contributory';
  readonly disability: boolean;
}

/** Attributes for audit only; no model and no reviewer ever sees them. */
export interface Protected {
  readonly applicant_sex: 'female' | 'male';
  readonly applicant_age: number;
  readonly disability: boolean;
  readonly milieu: 'urban' | 'rural';
  readonly region: RegionId;
}

export interface Person {
  readonly subject: string;
  readonly household: Household;
  readonly audit: Protected;
  /** What is true where the register is wrong; empty for most. */
  readonly truth: Partial<Household>;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, Math.round(value)));

/** Draws one household. `means` is a latent ease of living around 0; nothing outside the world ever sees it. */
export function drawPerson(random: Random, number: number): Person {
  const rural = random.chance(0.44);
  const region = random.pick(REGIONS).id;
  const means = random.normal(rural ? -0.35 : 0.1, 0.9);
  const children = clamp(random.normal(rural ? 2.1 : 1.5, 1.3), 0, 9);
  const elders = random.weighted([
    [0, 6],
    [1, 3],
    [2, 1],
  ] as const);
  const adults = clamp(random.normal(2.2, 0.9), 1, 7);
  const members = Math.min(18, children + elders + adults);
  const earners = clamp(random.normal(0.9 + 0.35 * means, 0.7), 0, adults);
  const earnings =
    earners === 0 ? 0 : clamp((2300 + 1200 * means) * earners * (0.7 + 0.6 * random.next()), 400, 38_000);
  const schooling = random.weighted([
    ['none', Math.max(0.2, (rural ? 4 : 2.2) - means)],
    ['primary', 3],
    ['secondary', Math.max(0.3, 2 + means)],
    ['higher', Math.max(0.1, 0.8 + means)],
  ] as const);
  const rooms = clamp(random.normal(2.6 + 0.7 * means, 0.9), 1, 12);
  const female = random.chance(0.41);
  const disability = random.chance(0.09);
  const household: Household = {
    milieu: rural ? 'rural' : 'urban',
    region,
    members,
    children,
    elders,
    earners,
    earnings,
    schooling,
    literate: schooling !== 'none' || random.chance(0.25),
    dwelling: random.weighted([
      ['precarious', Math.max(0.1, 1 - means)],
      ['traditional', rural ? 5 : 1.5],
      ['apartment', rural ? 0.3 : 3],
      ['house', Math.max(0.3, 2 + means)],
      ['villa', Math.max(0.02, 0.1 + 0.3 * means)],
    ] as const),
    rooms,
    bathroom: random.chance(1 / (1 + Math.exp(-(0.4 + 1.3 * means - (rural ? 0.9 : 0))))),
    electricity: clamp(95 + 42 * means + 12 * members + random.normal(0, 30), 0, 1_500),
    water: rural ? 0 : clamp(60 + 22 * means + 7 * members + random.normal(0, 18), 0, 900),
    phone: clamp(45 + 30 * means + random.normal(0, 20), 0, 700),
    vehicle: random.chance(1 / (1 + Math.exp(2.6 - 1.5 * means))),
    motorcycle: random.chance(rural ? 0.28 : 0.16),
    land: rural ? Math.max(0, Math.round(10 * random.normal(0.9 + 0.9 * means, 1.1)) / 10) : 0,
    livestock: rural ? clamp(random.normal(2.2 + 2 * means, 2.4), 0, 40) : 0,
    health_cover: random.weighted([
      ['none', 2],
      ['assistance', Math.max(0.5, 3 - means)],
      ['contributory', Math.max(0.2, 1.5 + means)],
    ] as const),
    disability,
  };
  return {
    subject: `H-${String(number).padStart(6, '0')}`,
    household,
    audit: {
      applicant_sex: female ? 'female' : 'male',
      applicant_age: clamp(random.normal(47, 14), 19, 92),
      disability,
      milieu: household.milieu,
      region,
    },
    truth: {},
  };
}
