import { legalDay } from '../clock.ts';
import type { Transaction } from '../store/index.ts';

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

/** Notes a signature and the time it took, with the decision that it is for. */
export function noteSigned(tx: Transaction, work: SignedWork): void {
  tx.append('primacy_signed', {
    authority_id: work.authorityId,
    decision_id: work.decisionId,
    staff_id: work.staffId,
    system_id: work.systemId,
    case_id: work.caseId,
    legal_day: legalDay(work.at),
    seconds: work.seconds,
    facts: work.facts,
    agreed: work.agreed ? 1 : 0,
  });
}
