/** How far a rule can be relied on, from the strongest to the weakest ground; `platform policy` is our own choice. */
export const CERTAINTIES = [
  'certain',
  'secondary source',
  'unsure',
  'announced, not law',
  'platform policy',
] as const;

export type Certainty = (typeof CERTAINTIES)[number];
