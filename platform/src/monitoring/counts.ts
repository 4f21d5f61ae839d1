import type { DecisionTables } from '../decisions/tables.ts';
import { type Db, typed } from '../store/index.ts';
import { NOTHING, type Tally } from './tally.ts';

/** The columns of the reviews room that the figures count. */
interface ReviewRows {
  reviews: {
    authority_id: string;
    system_id: string;
    requested_at: string;
    decided_at: string | null;
    outcome: string | null;
  };
}

export const LEGAL_ZONE = 'Africa/Casablanca';

/** The instant at which a legal day has ended, as stored: everything before it belongs to that day or an earlier one. */
export function endOfDay(day: string): string {
  const next = Temporal.PlainDate.from(day).add({ days: 1 });
  return new Date(next.toZonedDateTime(LEGAL_ZONE).epochMilliseconds).toISOString();
}

/** The legal day of an instant, `YYYY-MM-DD`. */
export function legalDayOf(instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO(LEGAL_ZONE).toPlainDate().toString();
}

/**
 * Counts what has happened with each system of an authority before `until`, in one query a table. What happened
 * before an instant that is past never changes, so that a day counted late gives what it would have given in time.
 *
 * Counted is each case's first decision, from the moment it is in force; what a review puts in its place is counted
 * as a review upheld.
 */
export async function tallies(
  db: Db,
  authorityId: string,
  until: string,
): Promise<ReadonlyMap<string, Tally>> {
  const [decisions, reviews, days] = await Promise.all([
    countDecisions(db, authorityId, until),
    countReviews(db, authorityId, until),
    countReviewDays(db, authorityId, until),
  ]);
  const found = new Map<string, Tally>();
  const add = (systemId: string, more: Partial<Tally>) =>
    found.set(systemId, { ...(found.get(systemId) ?? NOTHING), ...more });
  for (const row of decisions) {
    add(row.system_id, {
      decided: Number(row.decided),
      adverse: Number(row.adverse),
      byPerson: Number(row.by_person),
      overridden: Number(row.overridden),
    });
  }
  for (const row of reviews) {
    add(row.system_id, {
      asked: Number(row.asked),
      answered: Number(row.answered),
      upheld: Number(row.upheld),
    });
  }
  for (const [systemId, histogram] of days) add(systemId, { days: histogram });
  return found;
}

function countDecisions(db: Db, authorityId: string, until: string) {
  return typed<DecisionTables>(db)
    .selectFrom('decisions')
    .select(({ fn, eb }) => [
      'system_id',
      fn.countAll().as('decided'),
      fn.sum(eb.case().when('effect', '=', 'adverse').then(1).else(0).end()).as('adverse'),
      fn.sum(eb.case().when('decided_by', '=', 'person').then(1).else(0).end()).as('by_person'),
      fn.sum('overridden').as('overridden'),
    ])
    .where('authority_id', '=', authorityId)
    .where('supersedes', 'is', null)
    .where('effective_at', '<', until)
    .groupBy('system_id')
    .execute();
}

function countReviews(db: Db, authorityId: string, until: string) {
  return typed<ReviewRows>(db)
    .selectFrom('reviews')
    .select(({ fn, eb }) => {
      const answered = eb('decided_at', '<', until);
      return [
        'system_id',
        fn.countAll().as('asked'),
        fn.sum(eb.case().when(answered).then(1).else(0).end()).as('answered'),
        fn
          .sum(
            eb
              .case()
              .when(eb.and([answered, eb('outcome', '=', 'upheld')]))
              .then(1)
              .else(0)
              .end(),
          )
          .as('upheld'),
      ];
    })
    .where('authority_id', '=', authorityId)
    .where('requested_at', '<', until)
    .groupBy('system_id')
    .execute();
}

/** Hours are enough to tell legal days: Morocco's offset from UTC is a whole number of hours. */
const HOUR = 13;

async function countReviewDays(db: Db, authorityId: string, until: string) {
  const rows = await typed<ReviewRows>(db)
    .selectFrom('reviews')
    .select(({ fn, val }) => [
      'system_id',
      fn<string>('substr', ['requested_at', val(1), val(HOUR)]).as('asked'),
      fn<string>('substr', ['decided_at', val(1), val(HOUR)]).as('answered'),
      fn.countAll().as('n'),
    ])
    .where('authority_id', '=', authorityId)
    .where('decided_at', '<', until)
    .groupBy(['system_id', 'asked', 'answered'])
    .execute();
  const dayOf = dayReader();
  const histograms = new Map<string, Record<string, number>>();
  for (const row of rows) {
    const histogram = histograms.get(row.system_id) ?? {};
    const days = String(dayOf(row.answered) - dayOf(row.asked));
    histogram[days] = (histogram[days] ?? 0) + Number(row.n);
    histograms.set(row.system_id, histogram);
  }
  return histograms;
}

/** Reads an UTC hour (`2026-03-02T09`) as the number of its legal day; each hour is worked out once. */
function dayReader(): (hour: string) => number {
  const known = new Map<string, number>();
  const epoch = Temporal.PlainDate.from('1970-01-01');
  return (hour) => {
    let day = known.get(hour);
    if (day === undefined) {
      day = Temporal.Instant.from(`${hour}:00:00Z`)
        .toZonedDateTimeISO(LEGAL_ZONE)
        .toPlainDate()
        .since(epoch).days;
      known.set(hour, day);
    }
    return day;
  };
}
