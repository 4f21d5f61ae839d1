import { type Calendar, type Doubt, dayStatus } from './calendar.ts';
import type { Length } from './rule.ts';
import type { Texts } from './texts.ts';

/** One line of the computation, in order: what was done and the day it led to. */
export interface Step {
  readonly did:
    | 'started'
    | 'added'
    | 'skipped'
    | 'counted'
    | 'paused'
    | 'full'
    | 'extended'
    | 'rolled'
    | 'due';
  readonly date: Temporal.PlainDate;
  /** `added`, `counted`, `extended`: how much; `counted` tells the working days counted without a day off between. */
  readonly length?: Length;
  /** `paused`: how many days the clock stood still, until `date`. */
  readonly days?: number;
  /** `skipped` and `rolled`: why this day is not worked. */
  readonly off?: 'weekend' | 'holiday';
  readonly holiday?: string;
  readonly texts?: Texts;
}

export interface DoubtfulDay {
  readonly doubt: Doubt;
  readonly date: Temporal.PlainDate;
  readonly holiday?: string;
}

/** A time during which the clock stood still: after the day `from`, through the day `to`. */
export interface Stand {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/** More than the days off in a row of any calendar; reaching it means that a calendar has no working day. */
const TOO_LONG = 40_000;

/** Counts days by one calendar, and keeps what it did and what it was not sure of. */
export class Counter {
  readonly steps: Step[] = [];
  readonly doubts: DoubtfulDay[] = [];
  private readonly calendar: Calendar;
  private readonly knownOn: Temporal.PlainDate | undefined;

  constructor(calendar: Calendar, knownOn?: Temporal.PlainDate) {
    this.calendar = calendar;
    this.knownOn = knownOn;
  }

  note(step: Step): void {
    this.steps.push(step);
  }

  private isOff(date: Temporal.PlainDate, did: 'skipped' | 'rolled'): boolean {
    const { off, holiday, texts, doubt } = dayStatus(this.calendar, date, this.knownOn);
    const named = holiday === undefined ? {} : { holiday };
    if (doubt !== undefined) this.doubts.push({ doubt, date, ...named });
    if (off === undefined) return false;
    this.steps.push({ did, date, off, ...named, ...(texts === undefined ? {} : { texts }) });
    return true;
  }

  /**
   * The last day of `length` after `start`. The day of the event never counts; calendar days and months are added (a
   * month ends on the same number or on its last day: 31 December + 2 months is 28 or 29 February); working days are
   * counted one by one. Days during which the clock stood still do not count.
   */
  add(start: Temporal.PlainDate, length: Length, stands: readonly Stand[]): Temporal.PlainDate {
    return length.unit === 'working-day'
      ? this.addWorking(start, length.n, stands)
      : this.addPlain(start, length, stands);
  }

  private addPlain(start: Temporal.PlainDate, length: Length, stands: readonly Stand[]): Temporal.PlainDate {
    let day = start.add(length.unit === 'month' ? { months: length.n } : { days: length.n });
    this.note({ did: 'added', date: day, length });
    for (const { from, to } of stands) {
      const first = Temporal.PlainDate.compare(from, start) < 0 ? start : from;
      const days = first.until(to, { largestUnit: 'day' }).days;
      if (days <= 0) continue;
      day = day.add({ days });
      this.note({ did: 'paused', date: to, days });
    }
    return day;
  }

  private addWorking(start: Temporal.PlainDate, n: number, stands: readonly Stand[]): Temporal.PlainDate {
    const standing = (date: Temporal.PlainDate) =>
      stands.find(
        ({ from, to }) =>
          Temporal.PlainDate.compare(date, from) > 0 && Temporal.PlainDate.compare(date, to) <= 0,
      );
    let day = start;
    let run = 0;
    const flush = (date: Temporal.PlainDate, at = this.steps.length) => {
      if (run > 0)
        this.steps.splice(at, 0, { did: 'counted', date, length: { n: run, unit: 'working-day' } });
      run = 0;
    };
    for (let counted = 0, i = 0; counted < n; i++) {
      if (i > TOO_LONG) throw new RangeError(`calendar ${this.calendar.id} has no working days`);
      const last = day;
      day = day.add({ days: 1 });
      const stand = standing(day);
      if (stand !== undefined) {
        flush(last);
        if (day.equals(stand.to)) {
          const days = stand.from.until(stand.to, { largestUnit: 'day' }).days;
          this.note({ did: 'paused', date: day, days });
        }
        continue;
      }
      const before = this.steps.length;
      if (this.isOff(day, 'skipped')) {
        flush(last, before);
        continue;
      }
      counted++;
      run++;
    }
    flush(day);
    return day;
  }

  /** The next day worked, from `date` on. */
  roll(date: Temporal.PlainDate): Temporal.PlainDate {
    let day = date;
    for (let i = 0; this.isOff(day, 'rolled'); i++) {
      if (i > TOO_LONG) throw new RangeError(`calendar ${this.calendar.id} has no working days`);
      day = day.add({ days: 1 });
    }
    return day;
  }
}
