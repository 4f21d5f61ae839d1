import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuthorityProfile } from '../../platform/src/register/authorities.ts';
import { inputOf, people } from '../../platform/test/make-platform.ts';
import { seeded } from '../../platform/worlds/random.ts';
import { modelFile } from '../../platform/worlds/soutien-menages/model.ts';
import * as households from '../../platform/worlds/soutien-menages/record.ts';
import * as tax from '../../platform/worlds/tax-audit/record.ts';
import { drawBusiness } from '../../platform/worlds/tax-audit/returns.ts';

/** What the load generator sends: a system and bodies for it, seeded. */
export interface Workload {
  readonly authorityId: string;
  readonly authority: AuthorityProfile;
  readonly systemId: string;
  readonly record: unknown;
  readonly model: Uint8Array;
  /** Envelopes as an agency sends them. */
  bodies(): readonly object[];
}

const BODIES = 2_000;
export const TREES = join(import.meta.dirname, '../../platform/worlds/tax-audit/models/clean.json');

/** `scorecard`: a scorecard of households. `trees`: 60 boosted trees over tax returns, an XGBoost file. */
export type Kind = 'scorecard' | 'trees';

export const workloads: Readonly<Record<Kind, () => Workload>> = {
  scorecard: () => ({
    authorityId: households.AUTHORITY_ID,
    authority: households.AUTHORITY,
    systemId: households.SYSTEM_ID,
    record: households.RECORD,
    model: modelFile({ version: 1, fault: false }),
    bodies: () =>
      people(BODIES, 'bench').map(({ subject, household, audit }) => ({
        subject,
        input: inputOf(household),
        audit,
      })),
  }),
  trees: () => ({
    authorityId: tax.AUTHORITY_ID,
    authority: tax.AUTHORITY,
    systemId: tax.SELECTION,
    record: tax.SELECTION_RECORD,
    model: readFileSync(TREES),
    bodies: () => {
      const random = seeded('bench');
      return Array.from({ length: BODIES }, (_, n) => {
        const { subject, filed } = drawBusiness(random, n + 1);
        return { subject, input: filed };
      });
    },
  }),
};
