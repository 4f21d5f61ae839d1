import type { Condition } from '../condition.ts';
import {
  type Choice,
  circle,
  type Page,
  type Question,
  type Questionnaire,
  SCORES,
} from '../questionnaire.ts';
import type { Language } from '../texts.ts';
import { readCondition } from './condition.ts';
import { type Field, given } from './field.ts';
import { NAMED_FIELDS, readNamed } from './provenance.ts';
import { readSurveyPages } from './surveyjs.ts';
import { readTexts } from './texts.ts';

function readChoice(field: Field, required: readonly Language[]): Choice {
  field.group(['id', 'texts', 'points']);
  return {
    id: field.at('id').id(),
    texts: readTexts(field.at('texts'), required),
    points: field.at('points').optional((inner) => inner.whole(0, 1000)) ?? 0,
  };
}

function readQuestion(field: Field, required: readonly Language[]): Question {
  field.group(['id', 'type', 'texts', 'help', 'required', 'visibleIf', 'choices']);
  const type = field.at('type').oneOf(['one', 'many', 'text', 'note']);
  const choices = field
    .at('choices')
    .optional((inner) => inner.list().map((one) => readChoice(one, required)));
  const chosen = type === 'one' || type === 'many';
  if (chosen !== (choices !== undefined && choices.length > 0)) {
    field
      .at('choices')
      .fail('wrong-value', `does not go with type ${type}`, 'one and many have choices, others none');
  }
  return {
    id: field.at('id').id(),
    type,
    texts: readTexts(field.at('texts'), required),
    ...given(
      'help',
      field.at('help').optional((inner) => readTexts(inner, required)),
    ),
    required: field.at('required').optional((inner) => inner.flag()) ?? false,
    ...given('visibleIf', field.at('visibleIf').optional(readCondition)),
    choices: choices ?? [],
  };
}

function readPage(field: Field, required: readonly Language[]): Page {
  field.group(['id', 'texts', 'scores', 'visibleIf', 'questions']);
  return {
    id: field.at('id').id(),
    texts: readTexts(field.at('texts'), required),
    scores: field.at('scores').oneOf(SCORES),
    ...given('visibleIf', field.at('visibleIf').optional(readCondition)),
    questions: field
      .at('questions')
      .list()
      .map((one) => readQuestion(one, required)),
  };
}

/** Refuses doubled ids, conditions on nothing, equality with a list, and conditions that go round in circles. */
function checkPages(questionnaire: Questionnaire, field: Field): void {
  const asked = new Map<string, Question>();
  for (const question of questionnaire.pages.flatMap((page) => page.questions)) {
    if (question.type === 'note') continue;
    if (asked.has(question.id))
      field.fail('duplicate', `asks "${question.id}" twice`, 'rename one of the two');
    asked.set(question.id, question);
    const ids = question.choices.map((choice) => choice.id);
    if (new Set(ids).size !== ids.length) {
      field.fail('duplicate', `gives a choice of "${question.id}" twice`, 'rename one of the two');
    }
  }
  const check = (condition: Condition, where: string): void => {
    if ('of' in condition) {
      for (const one of condition.of) check(one, where);
      return;
    }
    const question = asked.get(condition.question);
    if (question === undefined) {
      field.fail(
        'dangling',
        `${where} depends on "${condition.question}", which is not asked`,
        'mend the condition',
      );
    }
    const listed = question.choices.some((choice) =>
      condition.op === 'contains' && question.type === 'one'
        ? choice.id.includes(condition.value)
        : choice.id === condition.value,
    );
    if (question.choices.length > 0 && !listed) {
      field.fail(
        'dangling',
        `${where} waits for "${condition.value}", no choice of "${question.id}"`,
        'mend it',
      );
    }
    if (condition.op !== 'contains' && question.type === 'many') {
      field.fail('wrong-value', `${where} compares the list "${question.id}"`, 'use contains');
    }
  };
  for (const page of questionnaire.pages) {
    if (page.visibleIf !== undefined) check(page.visibleIf, page.id);
    for (const question of page.questions) {
      if (question.visibleIf !== undefined) check(question.visibleIf, question.id);
    }
  }
  const round = circle(questionnaire);
  if (round !== undefined)
    field.fail('wrong-value', `goes round in circles: ${round.join(' → ')}`, 'break the circle');
}

/**
 * One element of a `questionnaires:` list: its pages written out, or a SurveyJS file of the same pack by name.
 * `open` gives the parsed JSON file of that name.
 */
export function readQuestionnaire(
  field: Field,
  required: readonly Language[],
  open: (name: Field) => Field,
): Questionnaire {
  field.group([...NAMED_FIELDS, 'pages', 'surveyjs']);
  const named = readNamed(field, required);
  const survey = field.at('surveyjs');
  if (survey.present === field.at('pages').present) {
    field.fail('wrong-value', 'has pages and surveyjs, or neither', 'give one of the two');
  }
  const pages = survey.present
    ? readSurveyPages(survey, open)
    : field
        .at('pages')
        .list()
        .map((one) => readPage(one, required));
  const questionnaire = { ...named, pages };
  checkPages(questionnaire, field);
  return questionnaire;
}
