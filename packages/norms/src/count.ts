import { type Calendar, type Doubt, dayStatus } from './calendar.ts';
import type { DeadlineRule, Length } from './rule.ts';
import type { Texts } from './texts.ts';

/** One line of the computation, in order: what was done and the day it led to. */
export interface Step {
  readonly did: 'started' | 'added' | 'skipped' | 'counted' | 'rolled' | 'due';
  readonly date: Temporal.PlainDate;
  /** `added` and `counted`: how much; `counted` tells the working days counted without a day off between them. */
  readonly length?: Length;
  /** `skipped` and `rolled`: why this day is not worked. */
  readonly off?: 'weekend' | 'holiday';
  readonly holiday?: string;
  readonly texts?: Texts;
}

export interface Counted {
  readonly due: Temporal.PlainDate;
  readonly steps: readonly Step[];
  /** The days on which the answer rests and of which we are not sure. */
  readonly doubts: readonly {
    readonly doubt: Doubt;
    readonly date: Temporal.PlainDate;
    readonly holiday?: string;
  }[];
}

/** Counting stops here: no deadline of a pack is longer than ten years. */
const LAST_DAY = 3660 * 3;

/**
 * From the day of the event to the day due. The day of the event never counts; the last day counts whole.
 *
 * Calendar days and months are added (a month ends on the same number, or on its last day: 31 December + 2 months is
 * 28 or 29 February); working days are counted one by one. With `roll`, a last day off moves to the next day worked.
 */
export function count(
  started: Temporal.PlainDate,
  rule: Pick<DeadlineRule['deadline'], 'length' | 'roll'>,
  calendar: Calendar,
  knownOn?: Temporal.PlainDate,
): Counted {
  const steps: Step[] = [{ did: 'started', date: started }];
  const doubts: { doubt: Doubt; date: Temporal.PlainDate; holiday?: string }[] = [];
  const { length } = rule;

  const isOff = (date: Temporal.PlainDate, did: 'skipped' | 'rolled'): boolean => {
    const { off, holiday, texts, doubt } = dayStatus(calendar, date, knownOn);
    if (doubt !== undefined) doubts.push({ doubt, date, ...(holiday === undefined ? {} : { holiday }) });
    if (off === undefined) return false;
    steps.push({
      did,
      date,
      off,
      ...(holiday === undefined ? {} : { holiday }),
      ...(texts === undefined ? {} : { texts }),
    });
    return true;
  };

  let day = started;
  if (length.unit === 'working-day') {
    let counted = 0;
    let run = 0;
    for (let i = 0; counted < length.n && i < LAST_DAY; i++) {
      const last = day;
      day = day.add({ days: 1 });
      const before = steps.length;
      if (isOff(day, 'skipped')) {
        if (run > 0)
          steps.splice(before, 0, { did: 'counted', date: last, length: { n: run, unit: 'working-day' } });
        run = 0;
        continue;
      }
      counted++;
      run++;
    }
    if (run > 0) steps.push({ did: 'counted', date: day, length: { n: run, unit: 'working-day' } });
  } else {
    day = day.add(length.unit === 'month' ? { months: length.n } : { days: length.n });
    steps.push({ did: 'added', date: day, length });
    if (rule.roll === 'next-working-day') {
      for (let i = 0; i < LAST_DAY && isOff(day, 'rolled'); i++) day = day.add({ days: 1 });
    }
  }
  steps.push({ did: 'due', date: day });
  return { due: day, steps, doubts };
}
