import type { Corrections } from './corrections.ts';
import type { Ground } from './request.ts';

/**
 * What a request for review is in law, as the desk qualifies it. The names are those that norm packs give to kinds of
 * request, so that each finds its own clock:
 *
 * - `revision`: somebody looks at the score and at the decision again;
 * - `complaint`: of a user of the service (decree 2-17-265);
 * - `rectification`: recorded data is wrong (law 09-08, art. 8);
 * - `opposition`: to the processing of one's data (law 09-08, art. 9);
 * - `appeal-to-author`, `appeal-to-superior`: administrative appeal to whoever decided or to their superior, which
 *   preserves the time for going to court (law 41-90, art. 23).
 */
export const KINDS = [
  'revision',
  'complaint',
  'rectification',
  'opposition',
  'appeal-to-author',
  'appeal-to-superior',
] as const;
export type Kind = (typeof KINDS)[number];

/**
 * Who may decide (I4):
 *
 * - `independent`: a reviewer who took no part in the case;
 * - `author`: as `independent`, and also whoever signed the decision, who may then only give the person what they ask:
 *   authors may give way, they never confirm themselves;
 * - `superior`: a supervisor who took no part in the case and holds the delegation to decide such appeals.
 */
export type Decider = 'independent' | 'author' | 'superior';

export const DECIDERS = {
  revision: 'independent',
  complaint: 'independent',
  rectification: 'independent',
  opposition: 'independent',
  'appeal-to-author': 'author',
  'appeal-to-superior': 'superior',
} as const satisfies Record<Kind, Decider>;

export function isKind(value: unknown): value is Kind {
  return KINDS.some((kind) => kind === value);
}

/** An appeal made in time preserves the time for going to court. */
export function isAppeal(kind: Kind | null): boolean {
  return kind === 'appeal-to-author' || kind === 'appeal-to-superior';
}

/** What the platform proposes to the desk from the person's own answers: a proposal, and nothing rests on it. */
export function proposedKind(ground: Ground, corrections: Corrections): Kind {
  if (ground === 'data-wrong') return Object.keys(corrections).length > 0 ? 'rectification' : 'complaint';
  return ground === 'other' ? 'complaint' : 'revision';
}
