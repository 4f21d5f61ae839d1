import { approximateContributions, askOver, type BlackBoxModel, ExplainError } from '@taalil/explain';
import { PlatformError } from '../../errors.ts';
import type { Facts } from '../inputs.ts';
import type { SystemRecord } from '../record.ts';
import { type Column, columnFaults, columnsOf, rowOf, rowsFor } from './columns.ts';
import {
  type AdditiveExplanation,
  type AdditiveReason,
  type Fault,
  otherEffect,
  type RegisteredModel,
  type SealedSum,
} from './contract.ts';
import { exactDifference, plainDecimal } from './plain.ts';
import type { ModelUse } from './use.ts';

type ThresholdRule = Extract<ModelUse['outcome'], { threshold: string }>;

/** Origins that may be asked: an operator's setting; a registered file alone opens no connection. */
const allowed = () => (process.env.TAALIL_MODEL_ORIGINS ?? '').split(',').filter((origin) => origin !== '');

/**
 * A model that only answers, over HTTP. It cannot be pinned nor run again, so its reasons are estimates with their
 * standard errors, sealed as they were when it was asked, and labelled so; nothing is claimed of corrections.
 */
export function blackBox(model: BlackBoxModel, use: ModelUse, record: SystemRecord): RegisteredModel {
  const rule = use.outcome as ThresholdRule;
  const columns = columnsOf(model, use, record);
  const background = rowsFor(columns, use.background ?? []);
  const ask = () => askOver(model, { allow: allowed() });
  const parts = { model, rule, columns };
  const explain = (facts: Facts) =>
    reached(async () => {
      const found = await approximateContributions(ask(), rowOf(columns, facts), background);
      const at = (of: Float64Array, place: number) => of[rule.output * columns.length + place] as number;
      const grouped = Map.groupBy(columns, ({ feature }) => feature.reason);
      const numbers = [...grouped].map(([reason, members]) => {
        const places = members.map(({ index }) => index);
        return {
          reason,
          value: plainDecimal(places.reduce((sum, place) => sum + at(found.values, place), 0)),
          // Errors of one sample of walks may go together: their sum bounds that of the sum.
          error: plainDecimal(places.reduce((sum, place) => sum + at(found.standardErrors, place), 0)),
        };
      });
      const score = plainDecimal(found.margin[rule.output] as number);
      const base = plainDecimal(found.bias[rule.output] as number);
      return explanationOf(parts, {
        segment: 'all',
        base,
        score,
        threshold: plainDecimal(Number(rule.threshold)),
        difference: exactDifference(score, [base, ...numbers.map(({ value }) => value)]),
        contributions: Object.fromEntries(numbers.map(({ reason, value }) => [reason, value])),
        standard_errors: Object.fromEntries(numbers.map(({ reason, error }) => [reason, error])),
      });
    });
  return {
    kind: 'black-box',
    format: model.format,
    sha256: model.sha256,
    replayable: false,
    exactness: 'approximate',
    rule,
    reads: new Set(columns.map(({ input }) => input.name)),
    predict: (facts) =>
      reached(async () => {
        const answers = await ask()(rowsFor(columns, [facts]));
        const score = plainDecimal(answers[rule.output] as number);
        const effect = effectOf(rule, score);
        return { score, outcome: effect, favourable: effect === 'favourable' };
      }),
    explain,
    replay: explain,
    reopen: (sealed) => explanationOf(parts, sealed),
    slack: ({ contributions }) =>
      1e-5 * contributions.reduce((top, { value }) => Math.max(top, Math.abs(Number(value))), 1),
    correct: () => ({ kind: 'check-only' }),
  };
}

function effectOf(rule: ThresholdRule, score: string) {
  return Number(score) > Number(rule.threshold) ? rule.above : otherEffect(rule.above);
}

interface Parts {
  readonly model: BlackBoxModel;
  readonly rule: ThresholdRule;
  readonly columns: readonly Column[];
}

/** The explanation that these numbers are, as sealed or about to be. */
function explanationOf({ model, rule, columns }: Parts, sealed: SealedSum): AdditiveExplanation {
  const effect = effectOf(rule, sealed.score);
  const contributions = Object.entries(sealed.contributions).map(([reason, value]): AdditiveReason => {
    const sign = Math.sign(Number(value));
    const members = columns.filter(({ feature }) => feature.reason === reason);
    return {
      reason,
      facts: [...new Set(members.map(({ input }) => input.name))],
      value,
      effect: sign > 0 ? rule.above : sign < 0 ? otherEffect(rule.above) : 'none',
      standardError: sealed.standard_errors?.[reason] ?? '0',
    };
  });
  return {
    form: 'additive',
    kind: 'black-box',
    exactness: 'approximate',
    model: model.sha256,
    outcome: effect,
    favourable: effect === 'favourable',
    segment: sealed.segment,
    segmentBy: null,
    base: sealed.base,
    score: sealed.score,
    threshold: sealed.threshold,
    above: rule.above,
    difference: sealed.difference ?? '0',
    contributions: contributions.sort((a, b) => Math.abs(Number(b.value)) - Math.abs(Number(a.value))),
  };
}

/** A model that does not answer decides nothing; the agency tries again or follows its manual fallback. */
async function reached<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (!(cause instanceof ExplainError)) throw cause;
    throw new PlatformError(
      'store-unavailable',
      `The model behind its address cannot be asked: ${cause.message}`,
      {
        where: cause.path,
        mend:
          cause.code === 'not-allowed'
            ? 'The operator allows its origin in TAALIL_MODEL_ORIGINS.'
            : 'Try again, or follow the manual fallback of the system.',
        retryAfter: 10,
        cause,
      },
    );
  }
}

/** What keeps a model behind an address from belonging to a record. */
export function blackBoxFaults(model: BlackBoxModel, record: SystemRecord): Fault[] {
  const use = record.model;
  if (use === undefined || use.outcome.by !== 'margin')
    return [
      {
        where: '/model/outcome',
        what: 'is missing: say "by": "margin", the threshold and the effect above it',
      },
    ];
  return [
    ...columnFaults(model, use, record),
    ...(use.outcome.output >= model.outputs
      ? [{ where: '/model/outcome/output', what: `the model has ${model.outputs} outputs` }]
      : []),
    ...(use.background === undefined
      ? [{ where: '/model/background', what: 'is missing: cases that stand for what is usual' }]
      : []),
  ];
}
