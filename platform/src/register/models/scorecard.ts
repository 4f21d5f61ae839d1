import {
  checkExplanation,
  ExplainError,
  explain,
  predict,
  type Explanation as ScorecardExplanation,
  type ScorecardModel,
  whatIf,
} from '@taalil/explain';
import type { Facts } from '../inputs.ts';
import type { Input, SystemRecord } from '../record.ts';
import type {
  AdditiveExplanation,
  CorrectionAnswer,
  Fault,
  ModelFact,
  Prediction,
  RegisteredModel,
} from './contract.ts';

/** A scorecard: its file holds facts, reasons, threshold and outcomes, all in exact decimals. */
export function scorecard(model: ScorecardModel): RegisteredModel {
  const explained = (facts: Facts) => explanationOf(model, explain(model, facts));
  return {
    kind: 'scorecard',
    format: model.format,
    sha256: model.sha256,
    replayable: true,
    exactness: 'exact',
    rule: { by: 'score', threshold: model.threshold.toString(), above: effectAbove(model) },
    reads: new Set(model.facts.map(({ name }) => name)),
    predict: (facts) => predictionOf(predict(model, facts)),
    explain: explained,
    replay(facts) {
      const explanation = explain(model, facts);
      const { ok, faults } = checkExplanation(model, facts, explanation);
      if (!ok) throw new ExplainError('not-additive', '', faults[0] ?? 'the replay differs');
      return explanationOf(model, explanation);
    },
    slack: () => 0,
    correct: (facts, input) => correct(model, facts, input),
  };
}

const effectAbove = ({ outcomes }: ScorecardModel) =>
  outcomes.favourable === outcomes.above ? 'favourable' : 'adverse';

function predictionOf({ score, outcome, favourable }: Prediction): Prediction {
  return { score, outcome, favourable };
}

function explanationOf(model: ScorecardModel, explanation: ScorecardExplanation): AdditiveExplanation {
  return {
    form: 'additive',
    kind: 'scorecard',
    exactness: 'exact',
    model: explanation.model,
    outcome: explanation.outcome,
    favourable: explanation.favourable,
    segment: explanation.segment,
    segmentBy: model.segmentBy,
    base: explanation.base,
    score: explanation.score,
    threshold: explanation.threshold,
    above: effectAbove(model),
    difference: explanation.additivity.difference,
    contributions: explanation.contributions.map(({ reason, facts, value, effect }) => ({
      reason,
      facts,
      value,
      effect,
    })),
  };
}

function correct(model: ScorecardModel, facts: Facts, input: Input): CorrectionAnswer {
  const value = facts[input.name];
  if (value === undefined || predict(model, facts).favourable) return { kind: 'check-only' };
  const others = otherValues(input, value);
  const questions = others?.map((v) => ({ fact: input.name, values: [v] })) ?? [{ fact: input.name }];
  const answers = questions.map((changeable) =>
    whatIf(model, facts, { changeable: [changeable], maxFacts: 1 }),
  );
  const corrections = answers.flatMap(({ flips }) =>
    flips.flatMap(({ changes, prediction }) => {
      const to = changes[0]?.to;
      return to === undefined || !prediction.favourable ? [] : [{ to, prediction: predictionOf(prediction) }];
    }),
  );
  if (corrections.length > 0) return { kind: 'changes', corrections };
  return answers.every((answer) => answer.none) ? { kind: 'stays' } : { kind: 'check-only' };
}

/** Every other value of a choice, so that no single one is singled out; undefined for numbers, where the nearest is. */
export function otherValues(input: Input, value: Facts[string] | undefined): Facts[string][] | undefined {
  if (input.type === 'boolean') return [value !== true];
  if (input.type === 'choice') return input.values.map((v) => v.value).filter((v) => v !== value);
  return undefined;
}

/**
 * What keeps a scorecard from belonging to a record: a fact or a reason that the record does not name, or an input that
 * the record lets in and the model would refuse. Empty when they belong together.
 */
export function scorecardFaults(model: ScorecardModel, record: SystemRecord): readonly Fault[] {
  return [
    ...(record.model === undefined
      ? []
      : [{ where: '/model', what: 'a scorecard says itself what its outcome is: remove "model"' }]),
    ...model.facts.flatMap((fact) => {
      const place = record.inputs.findIndex((input) => input.name === fact.name);
      const input = record.inputs[place];
      return input === undefined
        ? [{ where: '/inputs', what: `the model uses "${fact.name}", which the record does not declare` }]
        : misfits(fact, input).map((what) => ({ where: `/inputs/${place}`, what: `"${fact.name}" ${what}` }));
    }),
    ...reasonFaults(model.reasons, record),
  ];
}

export function reasonFaults(reasons: readonly string[], record: SystemRecord): Fault[] {
  return reasons
    .filter((id) => !record.reasons.some((reason) => reason.id === id))
    .map((id) => ({
      where: '/reasons',
      what: `the model gives the reason "${id}", which the record does not name`,
    }));
}

function misfits(fact: ModelFact, input: Input): string[] {
  if (input.optional) return ['may be missing, and a scorecard reads no missing value: remove "optional"'];
  if (fact.type === 'choice' && input.type === 'choice') {
    const unknown = input.values
      .filter(({ value }) => !fact.values.includes(value))
      .map(({ value }) => value);
    return unknown.length === 0 ? [] : [`has values that the model does not know: ${unknown.join(', ')}`];
  }
  if (
    (fact.type === 'integer' && input.type === 'integer') ||
    (fact.type === 'decimal' && input.type === 'decimal')
  ) {
    const faults: string[] = [];
    if (input.minimum < Number(fact.min) || input.maximum > Number(fact.max)) {
      faults.push(`goes beyond the model's range, ${fact.min} to ${fact.max}`);
    }
    if (fact.type === 'decimal' && input.type === 'decimal' && input.decimals > fact.decimals) {
      faults.push(`has ${input.decimals} decimals, the model reads ${fact.decimals}`);
    }
    return faults;
  }
  return fact.type === input.type ? [] : [`is of type ${input.type}, the model reads ${fact.type}`];
}
