import type { Answers } from './condition.ts';
import { badQuestion } from './error.ts';
import { type Pack, reference, ruleOf } from './pack.ts';
import type { RuleReference } from './provenance.ts';
import { checkAnswersTo, maximum, type Questionnaire, visible } from './questionnaire.ts';
import type { LevelRule } from './rule.ts';

/** Points reached, of the most that can be. */
export interface Points {
  readonly points: number;
  readonly of: number;
}

export interface Level {
  readonly level: number;
  /** Points after mitigation, rounded as the rule says. */
  readonly points: number;
  /** The same before any rounding. */
  readonly exactPoints: number;
  readonly of: number;
  /** Whether mitigation was enough to take points off. */
  readonly mitigated: boolean;
}

export interface Assessment extends Level {
  readonly rule: RuleReference;
  readonly impact: Points;
  readonly mitigation: Points;
  /** Visible questions that give points or are required, and have no answer. */
  readonly unanswered: readonly string[];
  /** Nothing that counts is unanswered: only then may a level be approved. */
  readonly complete: boolean;
  /** Questions with an answer that counts for nothing because they are hidden. */
  readonly ignored: readonly string[];
}

/**
 * The level of points under a rule: the first whose bound they do not exceed. Points are compared, never rounded
 * percentages: 25 of 100 does not exceed 25 %, 101 of 200 exceeds 50 %.
 */
export function levelOf(
  rule: LevelRule['level'],
  impact: Points,
  mitigation: Points = { points: 0, of: 0 },
): Level {
  for (const { points, of } of [impact, mitigation]) {
    if (!(Number.isFinite(points) && Number.isFinite(of) && points >= 0 && points <= of)) {
      throw badQuestion(
        'out-of-range',
        'points',
        `${points} of ${of} is impossible`,
        'give 0 up to the maximum',
      );
    }
  }
  if (impact.of === 0) {
    throw badQuestion(
      'out-of-range',
      'of',
      'the maximum is 0',
      'use a questionnaire whose answers give points',
    );
  }
  const reduction = rule.mitigation;
  const mitigated =
    reduction !== undefined &&
    mitigation.of > 0 &&
    mitigation.points * 100 >= reduction.atLeast * mitigation.of;
  const hundredths = impact.points * (mitigated ? 100 - reduction.takesOff : 100);
  const exactPoints = hundredths / 100;
  const points = rule.rounding === 'whole points' ? Math.floor((hundredths + 50) / 100) : exactPoints;
  const compared = rule.rounding === 'whole points' ? points * 100 : hundredths;
  const found = rule.bounds.find(({ upTo }) => compared <= upTo * impact.of) ?? rule.bounds.at(-1);
  if (found === undefined)
    throw badQuestion('out-of-range', 'bounds', 'the rule has no level', 'load the pack again');
  return { level: found.level, points, exactPoints, of: impact.of, mitigated };
}

/** Points of a questionnaire's pages that count for `what`: hidden questions give none, hidden pages have no maximum. */
function pointsFor(questionnaire: Questionnaire, what: 'impact' | 'mitigation', answers: Answers): Points {
  const shown = visible(questionnaire, answers);
  let points = 0;
  let of = 0;
  for (const page of questionnaire.pages) {
    if (page.scores !== what || !shown.pages.has(page.id)) continue;
    for (const question of page.questions) {
      of += maximum(question);
      if (!shown.questions.has(question.id) || !Object.hasOwn(answers, question.id)) continue;
      const given = answers[question.id] ?? [];
      for (const choice of question.choices) {
        if (typeof given === 'string' ? given === choice.id : given.includes(choice.id))
          points += choice.points;
      }
    }
  }
  return { points, of };
}

/** The questionnaire of a level rule. */
export function questionnaireOf(pack: Pack, levelRuleId: string): Questionnaire {
  const { questionnaire } = ruleOf(pack, levelRuleId, 'level').level;
  const found = pack.questionnaires.get(questionnaire);
  if (found === undefined)
    throw badQuestion('dangling', levelRuleId, 'has no questionnaire', 'load the pack again');
  return found;
}

/**
 * The impact level of answers, while they are being given too: what is unanswered gives no points and is listed.
 *
 * The maximum is that of every question on the visible pages, hidden questions included, as in Canada's published tool:
 * hiding a question never raises the share. NormError `unknown-field`, `wrong-type`, `wrong-value` for answers that the
 * questionnaire does not allow.
 */
export function assess(pack: Pack, levelRuleId: string, answers: Answers): Assessment {
  const rule = ruleOf(pack, levelRuleId, 'level');
  const questionnaire = questionnaireOf(pack, levelRuleId);
  checkAnswersTo(questionnaire, answers);
  const shown = visible(questionnaire, answers);
  const impact = pointsFor(questionnaire, 'impact', answers);
  const mitigation = pointsFor(questionnaire, 'mitigation', answers);
  const given = (id: string) => Object.hasOwn(answers, id) && (answers[id]?.length ?? 0) > 0;
  const unanswered = questionnaire.pages.flatMap((page) =>
    page.questions
      .filter((question) => shown.questions.has(question.id) && !given(question.id))
      .filter((question) => question.required || (page.scores !== 'nothing' && question.type === 'one'))
      .map((question) => question.id),
  );
  return {
    ...levelOf(rule.level, impact, mitigation),
    rule: reference(pack, rule),
    impact,
    mitigation,
    unanswered,
    complete: unanswered.length === 0,
    ignored: Object.keys(answers).filter((id) => !shown.questions.has(id)),
  };
}
