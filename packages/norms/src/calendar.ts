import type { Certainty } from './certainty.ts';
import { inForce, type Named } from './provenance.ts';
import type { Texts } from './texts.ts';

/** A holiday on the same day every year. `decreed` is the day from which one could know of it. */
export interface FixedHoliday extends Named {
  readonly month: number;
  readonly day: number;
  readonly decreed?: Temporal.PlainDate;
}

/** A holiday whose dates are announced year by year. They are loaded, never computed. */
export type LunarHoliday = Named;

/** One day off in one year: a lunar holiday by its id, or an exceptional one with its own texts. */
export interface DatedDay {
  readonly date: Temporal.PlainDate;
  readonly holiday: string;
  readonly texts: Texts;
  readonly decreed?: Temporal.PlainDate;
}

/** The lunar holidays of one year. Only a `complete` year makes the other days of the year certain working days. */
export interface LoadedYear {
  readonly year: number;
  readonly source: string;
  readonly certainty: Certainty;
  readonly complete: boolean;
  /** The day from which the whole year's table was known. */
  readonly known?: Temporal.PlainDate;
  readonly days: readonly DatedDay[];
}

export interface Calendar {
  readonly id: string;
  readonly texts: Texts;
  /** ISO weekdays off: Monday is 1, Sunday 7. */
  readonly weekend: readonly number[];
  readonly fixed: readonly FixedHoliday[];
  readonly lunar: readonly LunarHoliday[];
  readonly years: ReadonlyMap<number, LoadedYear>;
}

/** Why we cannot be sure of a day. */
export type Doubt = 'lunar-year-missing' | 'holiday-date-unknown';

/** Whether a day is worked. `doubt` is set when the answer may change with what is not known today. */
export interface DayStatus {
  readonly off?: 'weekend' | 'holiday';
  readonly holiday?: string;
  readonly texts?: Texts;
  readonly doubt?: Doubt;
}

const after = (a: Temporal.PlainDate | undefined, b: Temporal.PlainDate | undefined) =>
  a !== undefined && b !== undefined && Temporal.PlainDate.compare(a, b) > 0;

/**
 * What `date` is in `calendar`.
 *
 * With `knownOn`, holidays decreed and years published after that day are left out, which reproduces what could be
 * told on that day. A holiday whose first year is unknown counts as off and leaves a doubt.
 */
export function dayStatus(
  calendar: Calendar,
  date: Temporal.PlainDate,
  knownOn?: Temporal.PlainDate,
): DayStatus {
  if (calendar.weekend.includes(date.dayOfWeek)) return { off: 'weekend' };
  const loaded = calendar.years.get(date.year);
  const dated = loaded?.days.find(
    (day) => day.date.equals(date) && !after(day.decreed ?? loaded.known, knownOn),
  );
  if (dated !== undefined) return { off: 'holiday', holiday: dated.holiday, texts: dated.texts };

  let doubtful: FixedHoliday | undefined;
  for (const holiday of calendar.fixed) {
    if (holiday.month !== date.month || holiday.day !== date.day) continue;
    if (after(holiday.decreed, knownOn)) continue;
    const force = inForce(holiday.effective, date);
    if (force === 'yes') return { off: 'holiday', holiday: holiday.id, texts: holiday.texts };
    if (force === 'unknown') doubtful = holiday;
  }
  if (doubtful !== undefined) {
    return { off: 'holiday', holiday: doubtful.id, texts: doubtful.texts, doubt: 'holiday-date-unknown' };
  }
  if (calendar.lunar.length === 0) return {};
  const complete = loaded?.complete === true && !after(loaded.known, knownOn);
  return complete ? {} : { doubt: 'lunar-year-missing' };
}
