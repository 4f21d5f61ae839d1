import { badQuestion } from './error.ts';
import type { Pack } from './pack.ts';
import type { Rule } from './rule.ts';
import type { Texts } from './texts.ts';

/** A question of law about one system, which only a jurist can answer. */
export interface ApplicabilityQuestion {
  readonly id: string;
  readonly texts: Texts;
  /** What holds until a jurist has answered: the careful side. */
  readonly presumed: boolean;
}

/** A jurist's answer, as it is recorded and published with the system. */
export interface Answer {
  readonly pack: string;
  readonly question: string;
  readonly answer: boolean;
  /** The reasons of law for it. */
  readonly because: string;
  /** The jurist, as a staff identifier. */
  readonly answeredBy: string;
  readonly answeredOn: Temporal.PlainDate;
  /** The last day on which it may be relied on; absent: until it is answered again. */
  readonly until?: Temporal.PlainDate;
}

export interface Applicability {
  readonly applies: boolean;
  /** Questions of this rule that nobody has answered, so that their presumption holds. */
  readonly open: readonly string[];
}

/** The answer in force on `on`: the latest one given by then and not expired. */
function answerTo(
  pack: Pack,
  question: string,
  answers: readonly Answer[],
  on: Temporal.PlainDate | undefined,
): Answer | undefined {
  const compare = Temporal.PlainDate.compare;
  return answers
    .filter((one) => one.pack === pack.id && one.question === question)
    .filter((one) => on === undefined || compare(one.answeredOn, on) <= 0)
    .filter((one) => on === undefined || one.until === undefined || compare(on, one.until) <= 0)
    .reduce<Answer | undefined>(
      (latest, one) =>
        latest === undefined || compare(one.answeredOn, latest.answeredOn) >= 0 ? one : latest,
      undefined,
    );
}

/**
 * Refuses answers that could not be relied on: NormError `no-such-rule` for a question that these packs do not ask,
 * `incomplete` for one without reasons or without the jurist's name.
 */
export function checkAnswers(packs: readonly Pack[], answers: readonly Answer[]): void {
  for (const answer of answers) {
    const pack = packs.find((one) => one.id === answer.pack);
    if (pack === undefined) continue;
    if (!pack.questions.has(answer.question)) {
      throw badQuestion(
        'no-such-rule',
        answer.question,
        `pack ${pack.id} asks no such question`,
        `answer one of ${[...pack.questions.keys()].join(', ')}`,
      );
    }
    for (const field of ['because', 'answeredBy'] as const) {
      if (answer[field].trim() === '') {
        throw badQuestion(
          'incomplete',
          `${answer.question}.${field}`,
          'is empty',
          "an answer takes a jurist's name and reasons of law",
        );
      }
    }
  }
}

/** Whether a rule applies to a system, from a jurist's recorded answers and, where there are none, presumptions. */
export function applicability(
  pack: Pack,
  rule: Rule,
  answers: readonly Answer[] = [],
  on?: Temporal.PlainDate,
): Applicability {
  const open: string[] = [];
  let applies = true;
  for (const [id, wanted] of Object.entries(rule.appliesIf)) {
    const answer = answerTo(pack, id, answers, on);
    if (answer === undefined) open.push(id);
    if ((answer?.answer ?? pack.questions.get(id)?.presumed) !== wanted) applies = false;
  }
  return { applies, open };
}

/** The questions that a jurist still has to answer for a system under these packs. */
export function openQuestions(
  packs: readonly Pack[],
  answers: readonly Answer[] = [],
  on?: Temporal.PlainDate,
): { readonly pack: string; readonly question: ApplicabilityQuestion; readonly rules: readonly string[] }[] {
  checkAnswers(packs, answers);
  return packs.flatMap((pack) =>
    [...pack.questions.values()]
      .filter((question) => answerTo(pack, question.id, answers, on) === undefined)
      .map((question) => ({
        pack: pack.id,
        question,
        rules: [...pack.rules.values()]
          .filter((rule) => question.id in rule.appliesIf)
          .map((rule) => rule.id),
      })),
  );
}
