import type { CaseEvent } from '../cases/events.ts';
import type { Representative } from './review/answers.ts';

/** A representative or guardian, as the counter recorded them. */
export interface RecordedRepresentative extends Representative {
  readonly capacity: 'representative' | 'guardian';
  /** Kind of document seen; never its number. */
  readonly document: string;
  /** Last day, included, `YYYY-MM-DD`. */
  readonly until: string;
}

const TIME_ZONE = 'Africa/Casablanca';

/** Who may act for the person at `now`: recorded, not ended, not expired. */
export function representativesOf(
  life: readonly CaseEvent[],
  now: Temporal.Instant,
): RecordedRepresentative[] {
  const today = now.toZonedDateTimeISO(TIME_ZONE).toPlainDate().toString();
  const ended = life.filter((e) => e.type === 'representative-ended').map((e) => e.facts.representative);
  return life
    .filter((e) => e.type === 'representative-recorded')
    .map(({ facts }) => ({
      representativeId: facts.representative as string,
      name: facts.name as string,
      capacity: facts.capacity as RecordedRepresentative['capacity'],
      document: facts.document as string,
      until: facts.until as string,
    }))
    .filter((r) => !ended.includes(r.representativeId) && r.until >= today);
}
