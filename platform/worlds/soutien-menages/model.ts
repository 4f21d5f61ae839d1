import { seeded } from '../random.ts';
import { drawPerson, type Household } from './households.ts';
import { REGIONS, type RegionId } from './regions.ts';

/** Invented coefficients. Form: constant of the milieu + constant of the region + Σ coefficient × characteristic. */
export const THRESHOLD = '10.050';

type Segment = 'urban' | 'rural';
interface Characteristic {
  readonly id: string;
  readonly reason: string;
  readonly from: readonly (keyof Household)[];
  readonly transform: unknown;
  readonly coefficient: Record<Segment, string | null>;
  readonly value: (h: Household) => number;
}

const share = { kind: 'share', decimals: 4, whenZero: '0' };
const ratio = (a: number, b: number) => (b === 0 ? 0 : Math.round((a / b) * 10_000) / 10_000);
const both = (urban: string | null, rural: string | null) => ({ urban, rural });
const equals = (
  fact: keyof Household,
  value: string,
  reason: string,
  urban: string,
  rural: string,
): Characteristic => ({
  id: `${reason}_${value}`,
  reason,
  from: [fact],
  transform: { kind: 'equals', value },
  coefficient: both(urban, rural),
  value: (h) => (h[fact] === value ? 1 : 0),
});
const amount = (
  fact: keyof Household,
  reason: string,
  urban: string | null,
  rural: string | null,
): Characteristic => ({
  id: fact,
  reason,
  from: [fact],
  transform: { kind: typeof SAMPLE[fact] === 'boolean' ? 'boolean' : 'identity' },
  coefficient: both(urban, rural),
  value: (h) => Number(h[fact]),
});
const SAMPLE = drawPerson(seeded('types'), 0).household;

const CHARACTERISTICS: readonly Characteristic[] = [
  amount('members', 'household_size', '-0.0980', '-0.0860'),
  {
    id: 'members_squared',
    reason: 'household_size',
    from: ['members'],
    transform: { kind: 'square' },
    coefficient: both('0.0036', '0.0031'),
    value: (h) => h.members ** 2,
  },
  {
    id: 'children_share',
    reason: 'children',
    from: ['children', 'members'],
    transform: share,
    coefficient: both('-0.3200', '-0.2700'),
    value: (h) => ratio(h.children, h.members),
  },
  amount('elders', 'elders', '-0.0310', '-0.0290'),
  {
    id: 'earners_share',
    reason: 'earners',
    from: ['earners', 'members'],
    transform: share,
    coefficient: both('0.7200', '0.6800'),
    value: (h) => ratio(h.earners, h.members),
  },
  amount('earnings', 'earnings', '0.000041', '0.000052'),
  equals('schooling', 'primary', 'schooling', '0.0420', '0.0510'),
  equals('schooling', 'secondary', 'schooling', '0.1130', '0.1280'),
  equals('schooling', 'higher', 'schooling', '0.2470', '0.2630'),
  amount('literate', 'literacy', '0.0340', '0.0390'),
  equals('dwelling', 'apartment', 'dwelling', '0.0660', '0.0720'),
  equals('dwelling', 'house', 'dwelling', '0.0590', '0.0610'),
  equals('dwelling', 'villa', 'dwelling', '0.3110', '0.3350'),
  {
    id: 'rooms_per_member',
    reason: 'rooms',
    from: ['rooms', 'members'],
    transform: share,
    coefficient: both('0.1240', '0.0980'),
    value: (h) => ratio(h.rooms, h.members),
  },
  amount('bathroom', 'bathroom', '0.0910', '0.0830'),
  {
    id: 'electricity_per_member',
    reason: 'electricity',
    from: ['electricity', 'members'],
    transform: share,
    coefficient: both('0.0021', '0.0024'),
    value: (h) => ratio(h.electricity, h.members),
  },
  {
    id: 'water_per_member',
    reason: 'water',
    from: ['water', 'members'],
    transform: share,
    coefficient: both('0.0026', null),
    value: (h) => ratio(h.water, h.members),
  },
  amount('phone', 'phone', '0.0009', '0.0012'),
  amount('vehicle', 'vehicle', '0.1920', '0.2210'),
  amount('motorcycle', 'motorcycle', '0.0410', '0.0470'),
  amount('land', 'land', null, '0.0290'),
  amount('livestock', 'livestock', null, '0.0130'),
  equals('health_cover', 'assistance', 'health_cover', '-0.0220', '-0.0240'),
  equals('health_cover', 'contributory', 'health_cover', '0.1370', '0.1460'),
  amount('disability', 'disability', '-0.0640', '-0.0590'),
];

const CONSTANT: Record<Segment, string> = { urban: '9.6200', rural: '9.4300' };

/** The region's constant, by milieu. */
const REGION_CONSTANT: Record<RegionId, readonly [urban: string, rural: string]> = {
  olivier: ['0.0410', '0.0370'],
  cedre: ['0.0180', '0.0520'],
  arganier: ['0.0290', '0.0280'],
  palmier: ['0.0000', '0.0110'],
  jasmin: ['0.0530', '0.0460'],
  laurier: ['0.0230', '0.0310'],
  figuier: ['0.0120', '0.0240'],
  grenadier: ['0.0370', '0.0430'],
  amandier: ['0.0080', '0.0170'],
  thuya: ['0.0310', '0.0390'],
  caroubier: ['0.0150', '0.0220'],
  safran: ['0.0000', '0.0000'],
};

/** Version 2 raises the constants a little; its fault, where planted, is one region's rural constant ten times too high. */
export const FAULTY_REGION: RegionId = 'laurier';
const FAULTY_CONSTANT = '0.3100';

const MEANS_SAMPLE = 6_000;

function means(segment: Segment): { of(value: (h: Household) => number): string } {
  const random = seeded('soutien-menages/means');
  const sample: Household[] = [];
  for (let i = 0; i < MEANS_SAMPLE; i++) {
    const { household } = drawPerson(random, i);
    if (household.milieu === segment) sample.push(household);
  }
  return { of: (value) => (sample.reduce((sum, h) => sum + value(h), 0) / sample.length).toFixed(4) };
}

function segmentFile(segment: Segment, constants: ReadonlyMap<RegionId, string>) {
  const mean = means(segment);
  return {
    constant: CONSTANT[segment],
    groups: [
      {
        reason: 'region',
        by: 'region',
        values: Object.fromEntries(constants),
        mean: mean.of((h) => Number(constants.get(h.region))),
      },
    ],
    characteristics: CHARACTERISTICS.flatMap(({ id, reason, from, transform, coefficient, value }) => {
      const c = coefficient[segment];
      return c === null ? [] : [{ id, reason, from, transform, coefficient: c, mean: mean.of(value) }];
    }),
  };
}

export interface ModelVersion {
  readonly version: 1 | 2;
  /** Plants the wrong constant; meaningful for version 2. */
  readonly fault: boolean;
}

/** The model file: a segmented scorecard, the milieu selects the segment. The same bytes for the same version. */
export function modelFile({ version, fault }: ModelVersion): Uint8Array {
  const constants = (place: 0 | 1) =>
    new Map(
      REGIONS.map(({ id }) => {
        const base = REGION_CONSTANT[id][place];
        const value = version === 1 ? base : (Number(base) + 0.004).toFixed(4);
        return [
          id,
          fault && version === 2 && place === 1 && id === FAULTY_REGION ? FAULTY_CONSTANT : value,
        ] as const;
      }),
    );
  const file = {
    format: 'taalil-scorecard/1',
    facts: FACT_TYPES,
    segmentBy: 'milieu',
    segments: { urban: segmentFile('urban', constants(0)), rural: segmentFile('rural', constants(1)) },
    threshold: THRESHOLD,
    outcome: { atMost: 'granted', above: 'refused', favourable: 'granted' },
  };
  return new TextEncoder().encode(`${JSON.stringify(file, undefined, 1)}\n`);
}

const FACT_TYPES = {
  milieu: { type: 'choice', values: ['urban', 'rural'] },
  region: { type: 'choice', values: REGIONS.map((r) => r.id) },
  members: { type: 'integer', min: 1, max: 20 },
  children: { type: 'integer', min: 0, max: 15 },
  elders: { type: 'integer', min: 0, max: 10 },
  earners: { type: 'integer', min: 0, max: 15 },
  earnings: { type: 'integer', min: 0, max: 100_000 },
  schooling: { type: 'choice', values: ['none', 'primary', 'secondary', 'higher'] },
  literate: { type: 'boolean' },
  dwelling: { type: 'choice', values: ['precarious', 'traditional', 'apartment', 'house', 'villa'] },
  rooms: { type: 'integer', min: 1, max: 20 },
  bathroom: { type: 'boolean' },
  electricity: { type: 'integer', min: 0, max: 5_000 },
  water: { type: 'integer', min: 0, max: 3_000 },
  phone: { type: 'integer', min: 0, max: 3_000 },
  vehicle: { type: 'boolean' },
  motorcycle: { type: 'boolean' },
  land: { type: 'decimal', decimals: 1, min: '0', max: '500' },
  livestock: { type: 'integer', min: 0, max: 500 },
  health_cover: { type: 'choice', values: ['none', 'assistance', 'contributory'] },
  disability: { type: 'boolean' },
} as const;
