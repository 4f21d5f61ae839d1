import type { Calendar, DatedDay, FixedHoliday, LoadedYear, LunarHoliday } from '../calendar.ts';
import { CERTAINTIES } from '../certainty.ts';
import type { Language } from '../texts.ts';
import { type Field, given } from './field.ts';
import { NAMED_FIELDS, readNamed } from './provenance.ts';
import { readTexts } from './texts.ts';

function readFixed(field: Field, required: readonly Language[]): FixedHoliday {
  field.group([...NAMED_FIELDS, 'month', 'day', 'decreed']);
  const month = field.at('month').whole(1, 12);
  const day = field.at('day').whole(1, 31);
  const longest = Temporal.PlainDate.from({ year: 2024, month, day: 1 }).daysInMonth;
  if (day > longest)
    field.at('day').fail('wrong-value', `month ${month} has no day ${day}`, 'mend month or day');
  return {
    ...readNamed(field, required),
    month,
    day,
    ...given(
      'decreed',
      field.at('decreed').optional((inner) => inner.date()),
    ),
  };
}

function readLunar(field: Field, required: readonly Language[]): LunarHoliday {
  field.group(NAMED_FIELDS);
  return readNamed(field, required);
}

/** One element of a `calendars:` list, without its years. */
export function readCalendar(field: Field, required: readonly Language[]): Omit<Calendar, 'years'> {
  field.group(['id', 'texts', 'weekend', 'fixed', 'lunar']);
  return {
    id: field.at('id').id(),
    texts: readTexts(field.at('texts'), required),
    weekend: field
      .at('weekend')
      .list()
      .map((day) => day.whole(1, 7)),
    fixed: field
      .at('fixed')
      .list()
      .map((holiday) => readFixed(holiday, required)),
    lunar: field
      .at('lunar')
      .list()
      .map((holiday) => readLunar(holiday, required)),
  };
}

function readDay(
  field: Field,
  year: number,
  calendar: Omit<Calendar, 'years'>,
  required: readonly Language[],
): DatedDay {
  field.group(['date', 'holiday', 'texts', 'decreed']);
  const date = field.at('date').date();
  if (date.year !== year)
    field.at('date').fail('wrong-value', `is not in ${year}`, 'put it under its own year');
  const holiday = field.at('holiday').id();
  const lunar = calendar.lunar.find((one) => one.id === holiday);
  if (lunar === undefined && holiday !== 'exceptional') {
    field
      .at('holiday')
      .fail(
        'dangling',
        `"${holiday}" is not a lunar holiday of calendar ${calendar.id}`,
        `use ${calendar.lunar.map((one) => one.id).join(', ')} or exceptional`,
      );
  }
  return {
    date,
    holiday,
    texts: lunar?.texts ?? readTexts(field.at('texts'), required),
    ...given(
      'decreed',
      field.at('decreed').optional((inner) => inner.date()),
    ),
  };
}

/** One element of a `years:` list: the dated days off of one year of `calendar`. */
export function readYear(
  field: Field,
  calendar: Omit<Calendar, 'years'>,
  required: readonly Language[],
): LoadedYear {
  field.group(['calendar', 'year', 'source', 'certainty', 'complete', 'known', 'days']);
  const year = field.at('year').whole(1900, 2200);
  const days = field
    .at('days')
    .list()
    .map((day) => readDay(day, year, calendar, required));
  const complete = field.at('complete').flag();
  const missing = calendar.lunar.filter((one) => !days.some((day) => day.holiday === one.id));
  if (complete && missing.length > 0) {
    field
      .at('complete')
      .fail(
        'wrong-value',
        `year ${year} is called complete and has no date for ${missing.map((one) => one.id).join(', ')}`,
        'add their dates or write "complete: false"',
      );
  }
  return {
    year,
    source: field.at('source').text(),
    certainty: field.at('certainty').oneOf(CERTAINTIES),
    complete,
    ...given(
      'known',
      field.at('known').optional((inner) => inner.date()),
    ),
    days,
  };
}
