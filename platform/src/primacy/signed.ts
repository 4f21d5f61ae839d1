import { legalDay } from '../clock.ts';
import { type Transaction, typed } from '../store/index.ts';
import type { PrimacyTables } from './tables.ts';

export interface SignedWork {
  readonly authorityId: string;
  readonly decisionId: string;
  readonly staffId: string;
  readonly systemId: string;
  readonly caseId: string;
  /** Measured at the desk; null when the file was never opened there. */
  readonly seconds: number | null;
  /** How many recorded facts the file has. */
  readonly facts: number;
  readonly agreed: boolean;
  readonly at: string;
}

/**
 * Notes a signature and the time it took, with the decision that it is for. Who signed first of two and decides otherwise
 * afterwards is noted once, with the later word.
 */
export async function noteSigned(tx: Transaction, work: SignedWork): Promise<void> {
  const later = { seconds: work.seconds, agreed: work.agreed ? 1 : 0, legal_day: legalDay(work.at) };
  await typed<PrimacyTables>(tx.db)
    .insertInto('primacy_signed')
    .values({
      authority_id: work.authorityId,
      decision_id: work.decisionId,
      staff_id: work.staffId,
      system_id: work.systemId,
      case_id: work.caseId,
      facts: work.facts,
      ...later,
    })
    .onConflict((c) => c.columns(['authority_id', 'decision_id', 'staff_id']).doUpdateSet(later))
    .execute();
}
