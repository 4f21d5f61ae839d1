import { decisionUnit, type PreparedDecision } from './decisions/prepare-decision.ts';
import type { PortableUnit, SealUnit } from './ledger/sequencer.ts';

/** Requests that any process of a platform answers, though they seal: what they seal is portable. */
export const ANSWERED_ANYWHERE = /^\/api\/v1\/systems\/[^/]+\/decisions(?:\/batch)?$/;

/** Makes a unit again from what another process of the same platform prepared. */
export function unitOf({ kind, data }: PortableUnit): SealUnit {
  if (kind !== 'decision') throw new Error(`no unit of kind "${kind}"`);
  return decisionUnit(data as PreparedDecision);
}
