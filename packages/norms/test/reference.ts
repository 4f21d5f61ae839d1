/**
 * Deadlines the slow and obvious way, to hold the engine against: no date library, no rule engine. Days are numbers from
 * 1 January 1990; the days off of every year are written into one set; counting walks day by day.
 */
export type Day = number;

const leap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengths = (year: number) => [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function fromIso(iso: string): Day {
  const [y = 0, m = 0, d = 0] = iso.split('-').map(Number);
  let day = 0;
  for (let year = 1990; year < y; year++) day += leap(year) ? 366 : 365;
  for (let month = 1; month < m; month++) day += lengths(y)[month - 1] ?? 0;
  return day + d - 1;
}

function parts(day: Day): [number, number, number] {
  let year = 1990;
  let rest = day;
  while (rest >= (leap(year) ? 366 : 365)) rest -= leap(year++) ? 366 : 365;
  let month = 1;
  while (rest >= (lengths(year)[month - 1] ?? 0)) rest -= lengths(year)[month++ - 1] ?? 0;
  return [year, month, rest + 1];
}

export function toIso(day: Day): string {
  const [y, m, d] = parts(day);
  return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

/** 1 January 1990 was a Monday. */
export const isWeekend = (day: Day) => day % 7 === 5 || day % 7 === 6;

export interface ReferenceRule {
  readonly n: number;
  readonly unit: 'calendar-day' | 'working-day' | 'month';
  readonly full: boolean;
  readonly roll: boolean;
}

export interface ReferenceDates {
  readonly off: ReadonlySet<Day>;
  /** Years in which days not off are certainly worked. */
  readonly certainYears: ReadonlySet<number>;
}

function addMonths(day: Day, n: number): Day {
  const [y, m, d] = parts(day);
  const month = ((m - 1 + n) % 12) + 1;
  const year = y + Math.floor((m - 1 + n) / 12);
  const last = lengths(year)[month - 1] ?? 28;
  return fromIso(`${year}-${month}-${Math.min(d, last)}`);
}

export function reference(
  start: Day,
  rule: ReferenceRule,
  dates: ReferenceDates,
): { due: Day; provisional: boolean } {
  let provisional = false;
  const worked = (day: Day) => {
    if (isWeekend(day) || dates.off.has(day)) return false;
    if (!dates.certainYears.has(parts(day)[0])) provisional = true;
    return true;
  };
  let day = start;
  if (rule.unit === 'month') day = addMonths(day, rule.n);
  else {
    let left = rule.n;
    while (left > 0) {
      day += 1;
      if (rule.unit === 'calendar-day' || worked(day)) left -= 1;
    }
  }
  if (rule.full) day += 1;
  while (rule.roll && !worked(day)) day += 1;
  return { due: day, provisional };
}
