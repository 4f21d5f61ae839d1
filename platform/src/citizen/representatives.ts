import type { CaseEvent } from '../cases/events.ts';
import type { Representative } from './review/answers.ts';

/** A representative or guardian, as the counter recorded them. */
export interface RecordedRepresentative extends Representative {
  readonly capacity: 'representative' | 'guardian' | 'heir';
  /** Kind of document seen; never its number. */
  readonly document: string;
  /** Last day, included, `YYYY-MM-DD`. */
  readonly until: string;
}

const TIME_ZONE = 'Africa/Casablanca';

/** The death of the person, as the counter recorded it and nobody has mended since. */
export interface RecordedDeath {
  readonly at: string;
  /** The day of the death, `YYYY-MM-DD`. */
  readonly on: string;
  /** Kind of document seen; never its number. */
  readonly document: string;
}

export function deathOf(life: readonly CaseEvent[]): RecordedDeath | undefined {
  const last = life.findLast((e) => e.type === 'death-recorded' || e.type === 'death-corrected');
  if (last?.type !== 'death-recorded') return undefined;
  return { at: last.at, on: last.facts.on as string, document: last.facts.document as string };
}

/**
 * Who may act for the person at `now`: recorded, not ended, not expired. A death ends the mandates that the person gave
 * and what a guardian was for; from then on the heirs act. It closes nothing: neither the case nor what was asked in it.
 */
export function representativesOf(
  life: readonly CaseEvent[],
  now: Temporal.Instant,
): RecordedRepresentative[] {
  const today = now.toZonedDateTimeISO(TIME_ZONE).toPlainDate().toString();
  const ended = life.filter((e) => e.type === 'representative-ended').map((e) => e.facts.representative);
  const dead = deathOf(life) !== undefined;
  return life
    .filter((e) => e.type === 'representative-recorded')
    .map(({ facts }) => ({
      representativeId: facts.representative as string,
      name: facts.name as string,
      capacity: facts.capacity as RecordedRepresentative['capacity'],
      document: facts.document as string,
      until: facts.until as string,
    }))
    .filter((r) => !ended.includes(r.representativeId) && r.until >= today)
    .filter((r) => (r.capacity === 'heir') === dead);
}
