import { ExplainError, outputsOf, type RowModel } from '@taalil/explain';
import { type Effect, type Fault, otherEffect } from './contract.ts';
import type { NumberRule } from './use.ts';

/**
 * What is compared: for a threshold one output's margin with the threshold's margin; for classes the lead of the
 * strongest adverse class over the strongest favourable one, with 0. Decided on margins only, so that the sum that the
 * reasons explain is the very number that decided.
 */
export interface Compared {
  readonly score: number;
  readonly threshold: number;
  readonly above: Effect;
  readonly outcome: string;
  readonly effect: Effect;
  /** Outputs whose contributions are told: plus the first, minus the second. */
  readonly outputs: readonly [plus: number, minus: number | undefined];
}

/** Applies the published rule to the margins of one row. */
export function compare(model: RowModel, rule: NumberRule, margins: Float64Array): Compared {
  return rule.by === 'class' ? byClass(rule, margins) : byThreshold(model, rule, margins);
}

function byThreshold(
  model: RowModel,
  rule: Extract<NumberRule, { threshold: string }>,
  margins: Float64Array,
): Compared {
  const score = margins[rule.output] as number;
  const threshold = thresholdMargin(model, rule);
  const effect = score > threshold ? rule.above : otherEffect(rule.above);
  return { score, threshold, above: rule.above, outcome: effect, effect, outputs: [rule.output, undefined] };
}

/** The first of the largest margins is the class, as argmax has it. */
function byClass(rule: Extract<NumberRule, { by: 'class' }>, margins: Float64Array): Compared {
  const best = (wanted: Effect | undefined) =>
    rule.classes.reduce(
      (top, { effect }, place) =>
        (wanted === undefined || effect === wanted) &&
        (top < 0 || (margins[place] as number) > (margins[top] as number))
          ? place
          : top,
      -1,
    );
  const first = rule.classes[best(undefined)] as { name: string; effect: Effect };
  const [adverse, favourable] = [best('adverse'), best('favourable')];
  const score = (margins[adverse] as number) - (margins[favourable] as number);
  return {
    score,
    threshold: 0,
    above: 'adverse',
    outcome: first.name,
    effect: first.effect,
    outputs: [adverse, favourable],
  };
}

/** The threshold as a margin. @throws {ExplainError} for a probability of a link that has none */
export function thresholdMargin(model: RowModel, rule: Extract<NumberRule, { threshold: string }>): number {
  const threshold = Number(rule.threshold);
  if (rule.by === 'margin') return threshold;
  const { link } = model;
  const logit = () => {
    if (threshold > 0 && threshold < 1) return Math.log(threshold / (1 - threshold));
    throw new ExplainError('bad-question', 'threshold', 'is no probability between 0 and 1');
  };
  switch (link.kind) {
    case 'logistic':
      return logit() / link.slope;
    case 'both':
      return link.of === 'logistic' ? logit() : threshold;
    case 'identity':
      return threshold;
    case 'exp':
      if (threshold > 0) return Math.log(threshold);
      throw new ExplainError('bad-question', 'threshold', 'an exponential is always above 0');
    default:
      throw new ExplainError(
        'bad-question',
        'outcome/by',
        `the link ${link.kind} gives no probability to compare: say "margin" or "class"`,
      );
  }
}

/** What keeps a rule from belonging to a model. */
export function ruleFaults(model: RowModel, rule: NumberRule): Fault[] {
  const outputs = outputsOf(model);
  if (rule.by === 'class') {
    const effects = new Set(rule.classes.map(({ effect }) => effect));
    return [
      ...(rule.classes.length === outputs
        ? []
        : [
            {
              where: '/model/outcome/classes',
              what: `names ${rule.classes.length} classes, the model has ${outputs} outputs`,
            },
          ]),
      ...(effects.size === 2
        ? []
        : [{ where: '/model/outcome/classes', what: 'has one effect only: then nothing is decided' }]),
    ];
  }
  if (rule.output >= outputs)
    return [{ where: '/model/outcome/output', what: `is ${rule.output}, the model has ${outputs} outputs` }];
  try {
    thresholdMargin(model, rule);
    return [];
  } catch (error) {
    if (!(error instanceof ExplainError)) throw error;
    return [{ where: '/model/outcome', what: error.message }];
  }
}
