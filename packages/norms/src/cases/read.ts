import { NormError, type Problem } from '../error.ts';
import type { Points } from '../level.ts';
import type { Evidence } from '../obligations.ts';
import type { Answer } from '../questions.ts';
import { type Field, given, readEach } from '../read/field.ts';
import { readSource, type SourceFile } from '../read/source.ts';
import type { Narrowing, SafeguardFacts } from '../safeguards.ts';
import type { Case, Facts, Plain } from './case.ts';

const KINDS = ['deadline', 'safeguard', 'level', 'assessment', 'obligations', 'conformity'] as const;

const date = (field: Field) => field.date();
const optionalDate = <K extends string>(field: Field, key: K) => given(key, field.at(key).optional(date));

function instant(field: Field): Temporal.Instant {
  try {
    return Temporal.Instant.from(field.text());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return field.fail('wrong-value', 'is no instant', 'write it as 2026-03-31T09:00:00Z');
  }
}

/** A day, or an instant when it has a time. */
function start(field: Field): Temporal.PlainDate | Temporal.Instant {
  return field.text().includes('T') ? instant(field) : field.date();
}

function readAnswer(field: Field, packs: readonly string[]): Answer {
  field.group(['pack', 'question', 'answer', 'because', 'answeredBy', 'answeredOn', 'until']);
  return {
    pack: field.at('pack').optional((inner) => inner.id()) ?? packs[0] ?? '',
    question: field.at('question').id(),
    answer: field.at('answer').flag(),
    because: field.at('because').optional((inner) => inner.text()) ?? '',
    answeredBy: field.at('answeredBy').optional((inner) => inner.text()) ?? '',
    answeredOn: field.at('answeredOn').date(),
    ...optionalDate(field, 'until'),
  };
}

function readAnswers(field: Field, packs: readonly string[]): Answer[] {
  return field.optional((inner) => inner.list().map((one) => readAnswer(one, packs))) ?? [];
}

function readDeadline(field: Field): Facts {
  field.group([
    ...['rule', 'start', 'notifiedOn', 'provenOn', 'knownOn', 'extension', 'pauses', 'preservedOn'],
    ...['now', 'toldOn'],
  ]);
  const extension = field.at('extension').optional((inner) => {
    inner.group(['ground', 'on']);
    return { ground: inner.at('ground').id(), on: inner.at('on').date() };
  });
  const pauses = field.at('pauses').optional((inner) =>
    inner.list().map((one) => {
      one.group(['ground', 'from', 'to']);
      return { ground: one.at('ground').id(), from: one.at('from').date(), ...optionalDate(one, 'to') };
    }),
  );
  const notifiedOn = field.at('notifiedOn').optional(date);
  const provenOn = optionalDate(field, 'provenOn');
  if ((notifiedOn === undefined) === !field.at('start').present) {
    field.fail('wrong-value', 'has start and notifiedOn, or neither', 'give one of the two');
  }
  return {
    kind: 'deadline',
    rule: field.at('rule').id(),
    input: {
      ...given('start', field.at('start').optional(start)),
      ...(notifiedOn === undefined ? provenOn : {}),
      ...optionalDate(field, 'knownOn'),
      ...given('extension', extension),
      ...given('pauses', pauses),
      ...optionalDate(field, 'preservedOn'),
    },
    ...(notifiedOn === undefined ? {} : { notification: { notifiedOn, ...provenOn } }),
    ...given('now', field.at('now').optional(instant)),
    ...optionalDate(field, 'toldOn'),
  };
}

function readNarrowing(field: Field): Narrowing {
  field.group(['rule', 'justification', 'published', 'approvedBy', 'approvedOn']);
  const text = (key: string) => field.at(key).optional((inner) => inner.text()) ?? '';
  return {
    rule: field.at('rule').id(),
    justification: text('justification'),
    published: text('published'),
    approvedBy: text('approvedBy'),
    approvedOn: field.at('approvedOn').date(),
  };
}

function readSafeguard(field: Field, packs: readonly string[]): Facts {
  field.group(['level', 'adverse', 'narrowing', 'answers', 'on']);
  const facts: SafeguardFacts = {
    outcomeAdverse: field.at('adverse').flag(),
    ...given(
      'impactLevel',
      field.at('level').optional((inner) => inner.number()),
    ),
    ...given('narrowing', field.at('narrowing').optional(readNarrowing)),
    answers: readAnswers(field.at('answers'), packs),
    ...optionalDate(field, 'on'),
  };
  return { kind: 'safeguard', facts };
}

function readPoints(field: Field, points: string, of: string): Points {
  return { points: field.at(points).number(), of: field.at(of).number() };
}

function readLevel(field: Field): Facts {
  field.group(['rule', 'points', 'of', 'mitigation', 'mitigationOf']);
  return {
    kind: 'level',
    rule: field.at('rule').id(),
    impact: readPoints(field, 'points', 'of'),
    ...(field.at('mitigation').present
      ? { mitigation: readPoints(field, 'mitigation', 'mitigationOf') }
      : {}),
  };
}

function readAssessment(field: Field): Facts {
  field.group(['rule', 'answers']);
  const answers = field.at('answers');
  const value = (one: Field) =>
    Array.isArray(one.value) ? one.list().map((inner) => inner.text()) : one.text();
  return {
    kind: 'assessment',
    rule: field.at('rule').id(),
    answers: Object.fromEntries(answers.keys().map((key) => [key, value(answers.at(key))])),
  };
}

function readObligations(field: Field, packs: readonly string[]): Facts {
  field.group(['level', 'answers', 'on']);
  return {
    kind: 'obligations',
    ...given(
      'level',
      field.at('level').optional((inner) => inner.whole(1, 10)),
    ),
    answers: readAnswers(field.at('answers'), packs),
    ...optionalDate(field, 'on'),
  };
}

function readEvidence(field: Field): Evidence {
  field.group(['kind', 'name', 'date', 'value', 'reference']);
  return {
    kind: field.at('kind').oneOf(['record', 'figure', 'document']),
    name: field.at('name').id(),
    date: field.at('date').date(),
    ...given(
      'value',
      field.at('value').optional((inner) => inner.number()),
    ),
    reference: field.at('reference').text(),
  };
}

function readConformity(field: Field): Facts {
  field.group(['rule', 'evidence', 'on']);
  return {
    kind: 'conformity',
    rule: field.at('rule').id(),
    evidence: field.at('evidence').list().map(readEvidence),
    on: field.at('on').date(),
  };
}

const READERS: Readonly<Record<(typeof KINDS)[number], (field: Field, packs: readonly string[]) => Facts>> = {
  deadline: readDeadline,
  safeguard: readSafeguard,
  level: readLevel,
  assessment: readAssessment,
  obligations: readObligations,
  conformity: readConformity,
};

function plain(field: Field): Plain {
  const { value } = field;
  if (Array.isArray(value)) return field.list().map(plain);
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  return field.fail(
    'wrong-type',
    'is no plain value',
    'write a text, a number, true, false, null or a list of these',
  );
}

function readCase(field: Field, packs: readonly string[]): Case {
  field.group(['name', 'with', 'expect', ...KINDS]);
  const kinds = KINDS.filter((kind) => field.at(kind).present);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    return field.fail('wrong-value', 'must ask exactly one thing', `give one of ${KINDS.join(', ')}`);
  }
  const expect = field.at('expect');
  if (expect.keys().length === 0)
    expect.fail('missing', 'expects nothing', 'say what must come of the facts');
  return {
    name: field.at('name').text(),
    packs,
    ...given(
      'with',
      field.at('with').optional((inner) => inner.text()),
    ),
    facts: READERS[kind](field.at(kind), packs),
    expect: Object.fromEntries(expect.keys().map((key) => [key, plain(expect.at(key))])),
    file: field.origin.file,
    ...given('line', field.origin.lineOf(field.path)),
  };
}

/** The cases of files, in order; every fault found is in the NormError that refuses them. */
export function readCases(files: readonly SourceFile[]): Case[] {
  const problems: Problem[] = [];
  const cases = readEach(
    files,
    (file) => {
      const root = readSource(file).group(['packs', 'cases']);
      const packs = root
        .at('packs')
        .list()
        .map((one) => one.id());
      return readEach(root.at('cases').list(), (field) => readCase(field, packs), problems);
    },
    problems,
  ).flat();
  const [first, ...others] = problems;
  if (first !== undefined) throw new NormError(first, ...others);
  return cases;
}
