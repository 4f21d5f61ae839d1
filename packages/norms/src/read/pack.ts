import type { Calendar, LoadedYear } from '../calendar.ts';
import { NormError, type Problem } from '../error.ts';
import type { Pack } from '../pack.ts';
import type { Rule } from '../rule.ts';
import { LANGUAGES } from '../texts.ts';
import { readCalendar, readYear } from './calendar.ts';
import { type Field, readEach } from './field.ts';
import { readRule } from './rule.ts';
import { readSource, type SourceFile } from './source.ts';
import { readTexts } from './texts.ts';

type Head = Omit<Pack, 'calendars' | 'rules'>;
const SECTIONS = ['pack', 'calendars', 'years', 'rules'] as const;

function readHead(field: Field): Head {
  field.group(['id', 'texts', 'jurisdiction', 'status', 'timeZone', 'languages', 'licence']);
  const languages = field
    .at('languages')
    .list()
    .map((one) => one.oneOf(LANGUAGES));
  const timeZone = field.at('timeZone').text();
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  } catch {
    field
      .at('timeZone')
      .fail('wrong-value', `"${timeZone}" is no time zone`, 'use an IANA name: Africa/Casablanca');
  }
  return {
    id: field.at('id').id(),
    texts: readTexts(field.at('texts'), languages),
    jurisdiction: field.at('jurisdiction').text(),
    status: field.at('status').oneOf(['law', 'announced']),
    timeZone,
    languages,
    licence: field.at('licence').text(),
  };
}

function addOnce<T>(map: Map<string, T>, id: string, value: T, field: Field): void {
  if (map.has(id))
    field.at('id').fail('duplicate', `"${id}" is given twice`, 'rename or remove one of the two');
  map.set(id, value);
}

/** A pack from its files' texts. Every fault found is in the NormError that refuses it. */
export function readPack(files: readonly SourceFile[]): Pack {
  const problems: Problem[] = [];
  const roots = readEach(files, (file) => readSource(file).group(SECTIONS), problems);
  const refuseIfAny = () => {
    const [first, ...others] = problems;
    if (first !== undefined) throw new NormError(first, ...others);
  };
  refuseIfAny();

  const heads = roots.map((root) => root.at('pack')).filter((field) => field.present);
  const headField = heads[0];
  if (headField === undefined || heads.length > 1) {
    throw new NormError({
      code: headField === undefined ? 'missing' : 'duplicate',
      file: heads[1]?.origin.file ?? files[0]?.name ?? '',
      path: 'pack',
      what: headField === undefined ? 'no file has a "pack:" section' : 'a second "pack:" section',
      mend: 'give exactly one, in pack.yaml: id, texts, jurisdiction, status, timeZone, languages, licence',
    });
  }
  const head = readHead(headField);
  const section = (name: (typeof SECTIONS)[number]) =>
    roots.flatMap((root) =>
      root.at(name).present ? readEach([root.at(name)], (one) => one.list(), problems).flat() : [],
    );

  const bare = new Map<string, Omit<Calendar, 'years'>>();
  readEach(
    section('calendars'),
    (field) => {
      const calendar = readCalendar(field, head.languages);
      addOnce(bare, calendar.id, calendar, field);
    },
    problems,
  );

  const years = new Map<string, Map<number, LoadedYear>>();
  readEach(
    section('years'),
    (field) => {
      const id = field.at('calendar').id();
      const calendar = bare.get(id);
      if (calendar === undefined) {
        return field
          .at('calendar')
          .fail('dangling', `there is no calendar "${id}"`, `use ${[...bare.keys()].join(', ')}`);
      }
      const loaded = readYear(field, calendar, head.languages);
      const known = years.get(id) ?? new Map<number, LoadedYear>();
      if (known.has(loaded.year))
        field.at('year').fail('duplicate', `${loaded.year} is given twice`, 'merge the two');
      years.set(id, known.set(loaded.year, loaded));
    },
    problems,
  );

  const calendars = new Map<string, Calendar>();
  for (const [id, calendar] of bare) calendars.set(id, { ...calendar, years: years.get(id) ?? new Map() });

  const rules = new Map<string, Rule>();
  readEach(
    section('rules'),
    (field) => {
      const rule = readRule(field, head.languages);
      addOnce(rules, rule.id, rule, field);
      if (rule.kind === 'deadline' && !calendars.has(rule.deadline.calendar)) {
        field
          .at('deadline')
          .at('calendar')
          .fail(
            'dangling',
            `there is no calendar "${rule.deadline.calendar}"`,
            `use ${[...calendars.keys()].join(', ')}`,
          );
      }
    },
    problems,
  );

  refuseIfAny();
  return Object.freeze({ ...head, calendars, rules });
}
