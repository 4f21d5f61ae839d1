/** An invented household scorecard, one of each transform, in the form that docs/scorecard-format.md describes. */
export const household = {
  format: 'taalil-scorecard/1',
  facts: {
    milieu: { type: 'choice', values: ['urban', 'rural'] },
    region: { type: 'choice', values: ['north', 'centre', 'south'] },
    members: { type: 'integer', min: 1, max: 30 },
    children: { type: 'integer', min: 0, max: 20 },
    age: { type: 'integer', min: 15, max: 120 },
    waterSpending: { type: 'decimal', decimals: 2, min: '0', max: '60000' },
    rooms: { type: 'integer', min: 0, max: 30 },
    ownMeter: { type: 'boolean' },
    headWork: { type: 'choice', values: ['none', 'employee', 'employer'] },
    cattle: { type: 'integer', min: 0, max: 500 },
  },
  segmentBy: 'milieu',
  segments: {
    urban: {
      constant: '9.825',
      groups: [
        {
          reason: 'region',
          by: 'region',
          values: { north: '0.107', centre: '0', south: '0.285' },
          mean: '0.0913',
        },
      ],
      characteristics: [
        {
          id: 'members',
          reason: 'household-size',
          from: ['members'],
          transform: { kind: 'identity' },
          coefficient: '-0.177',
          mean: '4.21',
        },
        {
          id: 'members-squared',
          reason: 'household-size',
          from: ['members'],
          transform: { kind: 'square' },
          coefficient: '0.00533',
          mean: '21.4',
        },
        {
          id: 'age',
          reason: 'age',
          from: ['age'],
          transform: { kind: 'identity' },
          coefficient: '-0.0104',
          mean: '49.3',
        },
        {
          id: 'age-squared',
          reason: 'age',
          from: ['age'],
          transform: { kind: 'square' },
          coefficient: '0.0000771',
          mean: '2674.25',
        },
        {
          id: 'meter',
          reason: 'electricity',
          from: ['ownMeter'],
          transform: { kind: 'boolean' },
          coefficient: '0.0466',
          mean: '0.83',
        },
        {
          id: 'employer',
          reason: 'work',
          from: ['headWork'],
          transform: { kind: 'equals', value: 'employer' },
          coefficient: '0.182',
          mean: '0.031',
        },
        {
          id: 'water',
          reason: 'water',
          from: ['waterSpending', 'members'],
          transform: { kind: 'share', decimals: 4, whenZero: '0' },
          coefficient: '0.000145',
          mean: '212.5',
        },
        {
          id: 'crowded',
          reason: 'rooms',
          from: ['members', 'rooms'],
          transform: { kind: 'atMost', value: '2', of: { kind: 'share', decimals: 3, whenZero: '99' } },
          coefficient: '0.0475',
          mean: '0.4',
        },
      ],
    },
    rural: {
      constant: '8.695',
      groups: [
        {
          reason: 'region',
          by: 'region',
          values: { north: '0.42', centre: '0', south: '0.318' },
          mean: '0.2',
        },
      ],
      characteristics: [
        {
          id: 'members',
          reason: 'household-size',
          from: ['members'],
          transform: { kind: 'identity' },
          coefficient: '-0.138',
          mean: '5.6',
        },
        {
          id: 'members-squared',
          reason: 'household-size',
          from: ['members'],
          transform: { kind: 'square' },
          coefficient: '0.00469',
          mean: '37.2',
        },
        {
          id: 'many-children',
          reason: 'children',
          from: ['children'],
          transform: { kind: 'atLeast', value: '4' },
          coefficient: '-0.05',
          mean: '0.22',
        },
        {
          id: 'cattle',
          reason: 'livestock',
          from: ['cattle'],
          transform: {
            kind: 'bands',
            bands: [{ upTo: '0', value: '0' }, { upTo: '5', value: '1' }, { value: '2.5' }],
          },
          coefficient: '0.0257',
          mean: '0.7',
        },
        {
          id: 'work',
          reason: 'work',
          from: ['headWork'],
          transform: { kind: 'choices', values: { none: '0', employee: '0.5', employer: '1.25' } },
          coefficient: '0.301',
          mean: '0.44',
        },
      ],
    },
  },
  threshold: '9.743001',
  outcome: { atMost: 'granted', above: 'refused', favourable: 'granted' },
} as const;

export const urbanFacts = {
  milieu: 'urban',
  region: 'south',
  members: 2,
  age: 61,
  waterSpending: '3120.50',
  rooms: 2,
  ownMeter: true,
  headWork: 'employee',
};

export const ruralFacts = {
  milieu: 'rural',
  region: 'north',
  members: 7,
  children: 4,
  cattle: 3,
  headWork: 'none',
};

export function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
}
