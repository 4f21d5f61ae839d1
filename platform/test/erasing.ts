import type { Role } from '../src/access/index.ts';
import { type ArchiveDecision, confirmErasure, requestErasure, setSchedule } from '../src/erasure/index.ts';
import { AUTHORITY_A, SYSTEM, type TestPlatform } from './make-platform.ts';
import { makeStaff } from './visitor.ts';

export const BASIS = 'Décision n° 3/2026 et tableau de gestion visé';
export const ARCHIVE: ArchiveDecision = {
  outcome: 'eliminate',
  instrument: 'Visa d’élimination n° 8/2027',
  day: '2027-03-01',
};

/** A data-protection officer, a second one, a supervisor, and a schedule of twelve months. */
export async function readyToErase(p: TestPlatform) {
  const add = (roles: readonly Role[], name: string) => makeStaff(p, AUTHORITY_A, roles, name);
  const officer = await add(['dpo'], 'Salma Bennis');
  const second = await add(['dpo'], 'Yassine Alaoui');
  const supervisor = await add(['supervisor'], 'Hind Tazi');
  await setSchedule(p, {
    authorityId: AUTHORITY_A,
    systemId: SYSTEM,
    months: 12,
    backupDays: 30,
    archive: 'eliminate',
    basis: BASIS,
    by: officer,
  });
  return { officer, second, supervisor };
}

/** Asked for by the first, confirmed by the second. */
export async function eraseCase(p: TestPlatform, caseId: string, officer: string, second: string) {
  await requestErasure(p, { authorityId: AUTHORITY_A, caseId, archive: ARCHIVE, by: officer });
  await confirmErasure(p, { authorityId: AUTHORITY_A, caseId, by: second });
}
