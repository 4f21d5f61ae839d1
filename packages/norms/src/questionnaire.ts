import { type Answers, type AnswerValue, type Condition, holds, mentions } from './condition.ts';
import { badQuestion } from './error.ts';
import type { Named } from './provenance.ts';
import type { Texts } from './texts.ts';

/** What the points of a page count for. */
export const SCORES = ['impact', 'mitigation', 'nothing'] as const;
export type Scores = (typeof SCORES)[number];

export interface Choice {
  readonly id: string;
  readonly texts: Texts;
  readonly points: number;
}

/** `one` and `many` choose among `choices`; `text` is free text; `note` only tells something. */
export interface Question {
  readonly id: string;
  readonly type: 'one' | 'many' | 'text' | 'note';
  readonly texts: Texts;
  readonly help?: Texts;
  readonly required: boolean;
  readonly visibleIf?: Condition;
  readonly choices: readonly Choice[];
}

export interface Page {
  readonly id: string;
  readonly texts: Texts;
  readonly scores: Scores;
  readonly visibleIf?: Condition;
  readonly questions: readonly Question[];
}

export interface Questionnaire extends Named {
  readonly pages: readonly Page[];
}

/** The most points that one question can give. */
export function maximum(question: Question): number {
  const points = question.choices.map((choice) => choice.points);
  if (question.type === 'many') return points.reduce((sum, one) => sum + Math.max(0, one), 0);
  return Math.max(0, ...points);
}

function asked(questionnaire: Questionnaire): Question[] {
  return questionnaire.pages.flatMap((page) => page.questions).filter((question) => question.type !== 'note');
}

/**
 * Refuses answers that the questionnaire does not allow: NormError `unknown-field` for a question it does not ask,
 * `wrong-type` and `wrong-value` for an answer that is none of the choices.
 */
export function checkAnswersTo(questionnaire: Questionnaire, answers: Answers): void {
  const questions = new Map(asked(questionnaire).map((question) => [question.id, question]));
  for (const [id, value] of Object.entries(answers)) {
    const question = questions.get(id);
    if (question === undefined) {
      throw badQuestion(
        'unknown-field',
        id,
        `questionnaire ${questionnaire.id} does not ask this`,
        'remove the answer',
      );
    }
    const list = question.type === 'many';
    if (list !== Array.isArray(value) || !(list || typeof value === 'string')) {
      throw badQuestion(
        'wrong-type',
        id,
        `must be ${list ? 'a list' : 'one text'}`,
        'answer it as it is asked',
      );
    }
    if (question.type === 'text') continue;
    const given = typeof value === 'string' ? [value] : value;
    const wrong = given.find((one) => !question.choices.some((choice) => choice.id === one));
    if (wrong !== undefined || new Set(given).size !== given.length) {
      throw badQuestion(
        'wrong-value',
        id,
        wrong === undefined ? 'names a choice twice' : `"${wrong}" is none of its choices`,
        `choose among ${question.choices.map((choice) => choice.id).join(', ')}`,
      );
    }
  }
}

/** What a person filling it in sees: pages and questions whose conditions hold. */
export interface Visible {
  readonly pages: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
}

/**
 * The pages and questions that these answers make visible. The answer to a hidden question counts as not given, in
 * conditions too, so that nothing hidden reveals anything else.
 */
export function visible(questionnaire: Questionnaire, answers: Answers): Visible {
  const home = new Map<string, { page: Page; question: Question }>();
  for (const page of questionnaire.pages) {
    for (const question of page.questions)
      if (question.type !== 'note') home.set(question.id, { page, question });
  }
  const seen = new Map<string, boolean>();
  const seenQuestion = (id: string): boolean => {
    const known = seen.get(id);
    if (known !== undefined) return known;
    const found = home.get(id);
    const shown = found !== undefined && meets(found.page.visibleIf) && meets(found.question.visibleIf);
    seen.set(id, shown);
    return shown;
  };
  const answer = (id: string): AnswerValue | undefined =>
    Object.hasOwn(answers, id) && seenQuestion(id) ? answers[id] : undefined;
  const meets = (condition: Condition | undefined): boolean =>
    condition === undefined || holds(condition, answer);

  return {
    pages: new Set(questionnaire.pages.filter((page) => meets(page.visibleIf)).map((page) => page.id)),
    questions: new Set([...home.keys()].filter(seenQuestion)),
  };
}

/** A chain of conditions that comes back to itself, or undefined; a pack with one is refused at loading. */
export function circle(questionnaire: Questionnaire): readonly string[] | undefined {
  const needs = new Map<string, string[]>();
  for (const page of questionnaire.pages) {
    for (const question of page.questions) {
      const conditions = [page.visibleIf, question.visibleIf].filter((one) => one !== undefined);
      needs.set(question.id, [...(needs.get(question.id) ?? []), ...conditions.flatMap(mentions)]);
    }
  }
  const done = new Set<string>();
  const walk = (id: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const other of needs.get(id) ?? []) {
      const found = walk(other, [...path, id]);
      if (found !== undefined) return found;
    }
    done.add(id);
    return undefined;
  };
  for (const id of needs.keys()) {
    const found = walk(id, []);
    if (found !== undefined) return found;
  }
  return undefined;
}
