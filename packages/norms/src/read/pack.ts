import type { Calendar, LoadedYear } from '../calendar.ts';
import { NormError, type Problem } from '../error.ts';
import type { Pack } from '../pack.ts';
import type { Questionnaire } from '../questionnaire.ts';
import type { ApplicabilityQuestion } from '../questions.ts';
import { RULE_KINDS, type Rule } from '../rule.ts';
import { LANGUAGES } from '../texts.ts';
import { readCalendar, readYear } from './calendar.ts';
import { type Field, readEach } from './field.ts';
import { readQuestionnaire } from './questionnaire.ts';
import { readRule } from './rule.ts';
import { readJson, readSource, type SourceFile } from './source.ts';
import { readTexts } from './texts.ts';

const SECTIONS = ['pack', 'calendars', 'years', 'questions', 'questionnaires', 'rules'] as const;
type Section = (typeof SECTIONS)[number];

type Head = Omit<Pack, 'calendars' | 'rules' | 'questions' | 'questionnaires'>;

function readHead(field: Field): Head {
  field.group(['id', 'texts', 'jurisdiction', 'status', 'timeZone', 'languages', 'licence', 'without']);
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
    without: field.at('without').optional((inner) => inner.list().map((one) => one.oneOf(RULE_KINDS))) ?? [],
  };
}

function readQuestion(field: Field, head: Head): ApplicabilityQuestion {
  field.group(['id', 'texts', 'presumed']);
  return {
    id: field.at('id').id(),
    texts: readTexts(field.at('texts'), head.languages),
    presumed: field.at('presumed').flag(),
  };
}

function addOnce<T>(map: Map<string, T>, id: string, value: T, field: Field): void {
  if (map.has(id))
    field.at('id').fail('duplicate', `"${id}" is given twice`, 'rename or remove one of the two');
  map.set(id, value);
}

function needs(map: ReadonlyMap<string, unknown>, id: string, what: string, field: Field): void {
  if (!map.has(id)) {
    field.fail(
      'dangling',
      `there is no ${what} "${id}"`,
      `use one of: ${[...map.keys()].join(', ') || 'none yet'}`,
    );
  }
}

/** Whether what a rule refers to is in the pack, and whether its certainty fits the pack's status. */
function checkRule(rule: Rule, field: Field, pack: Pack): void {
  for (const id of Object.keys(rule.appliesIf))
    needs(pack.questions, id, 'question', field.at('appliesIf').at(id));
  if (rule.kind === 'deadline') {
    needs(pack.calendars, rule.deadline.calendar, 'calendar', field.at('deadline').at('calendar'));
  }
  if (rule.kind === 'level') {
    needs(
      pack.questionnaires,
      rule.level.questionnaire,
      'questionnaire',
      field.at('level').at('questionnaire'),
    );
  }
  if ((pack.status === 'announced') !== (rule.certainty === 'announced, not law')) {
    field
      .at('certainty')
      .fail(
        'wrong-value',
        `"${rule.certainty}" does not go with a pack of status ${pack.status}`,
        'keep what is announced in a pack of its own, with status: announced',
      );
  }
}

function headOf(roots: readonly Field[], files: readonly SourceFile[]): Field {
  const [first, second] = roots.map((root) => root.at('pack')).filter((field) => field.present);
  if (first !== undefined && second === undefined) return first;
  throw new NormError({
    code: first === undefined ? 'missing' : 'duplicate',
    file: second?.origin.file ?? files[0]?.name ?? '',
    path: 'pack',
    what: first === undefined ? 'no file has a "pack:" section' : 'is a second "pack:" section',
    mend: 'give exactly one, in pack.yaml: id, texts, jurisdiction, status, timeZone, languages, licence',
  });
}

/**
 * A pack from its files' texts: `.yaml` files are read, `.json` ones only where a YAML file names them. Every fault found
 * is in the NormError that refuses it.
 */
export function readPack(files: readonly SourceFile[]): Pack {
  const problems: Problem[] = [];
  const refuseIfAny = () => {
    const [first, ...others] = problems;
    if (first !== undefined) throw new NormError(first, ...others);
  };
  const written = files.filter((file) => !file.name.endsWith('.json'));
  const roots = readEach(written, (file) => readSource(file).group(SECTIONS), problems);
  refuseIfAny();
  const head = readHead(headOf(roots, files));

  const each = (section: Section, read: (field: Field) => void) => {
    const sections = roots.map((root) => root.at(section)).filter((field) => field.present);
    readEach(readEach(sections, (field) => field.list(), problems).flat(), read, problems);
  };
  const open = (name: Field): Field => {
    const file = files.find((one) => one.name === name.text() && one.name.endsWith('.json'));
    if (file !== undefined) return readJson(file);
    return name.fail('dangling', `there is no file "${name.text()}"`, 'name a .json file of this pack');
  };

  const bare = new Map<string, Omit<Calendar, 'years'>>();
  const years = new Map<string, Map<number, LoadedYear>>();
  const questions = new Map<string, ApplicabilityQuestion>();
  const questionnaires = new Map<string, Questionnaire>();
  const rules = new Map<string, Rule>();
  const places = new Map<string, Field>();

  each('calendars', (field) => {
    const calendar = readCalendar(field, head.languages);
    addOnce(bare, calendar.id, calendar, field);
    years.set(calendar.id, new Map());
  });
  each('years', (field) => {
    const id = field.at('calendar').id();
    needs(bare, id, 'calendar', field.at('calendar'));
    const [calendar, known] = [bare.get(id), years.get(id)];
    if (calendar === undefined || known === undefined) return;
    const loaded = readYear(field, calendar, head.languages);
    if (known.has(loaded.year))
      field.at('year').fail('duplicate', `${loaded.year} is given twice`, 'merge the two');
    known.set(loaded.year, loaded);
  });
  each('questions', (field) => {
    const question = readQuestion(field, head);
    addOnce(questions, question.id, question, field);
  });
  each('questionnaires', (field) => {
    const questionnaire = readQuestionnaire(field, head.languages, open);
    addOnce(questionnaires, questionnaire.id, questionnaire, field);
  });
  each('rules', (field) => {
    const rule = readRule(field, head.languages);
    addOnce(rules, rule.id, rule, field);
    places.set(rule.id, field);
  });

  const calendars = new Map<string, Calendar>();
  for (const [id, calendar] of bare) calendars.set(id, { ...calendar, years: years.get(id) ?? new Map() });
  const pack: Pack = Object.freeze({ ...head, calendars, rules, questions, questionnaires });
  readEach(
    [...places],
    ([id, field]) => {
      const rule = rules.get(id);
      if (rule !== undefined) checkRule(rule, field, pack);
    },
    problems,
  );
  refuseIfAny();
  return pack;
}
