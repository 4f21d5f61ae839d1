import {
  decideByRules,
  ExplainError,
  type RuleDecision,
  type RulesModel,
  type RuleValue,
} from '@taalil/explain';
import type { Facts } from '../inputs.ts';
import type { Input, SystemRecord } from '../record.ts';
import type {
  CorrectionAnswer,
  Fault,
  Prediction,
  Reason,
  RegisteredModel,
  TraceExplanation,
} from './contract.ts';
import { otherValues, reasonFaults } from './scorecard.ts';
import type { ModelUse, RuleUse } from './use.ts';

type ResultRule = Extract<ModelUse['outcome'], { by: 'result' }>;

/** Decision tables and rule graphs: explained by the rules that applied, each told by a reason of the record. */
export function rulesModel(model: RulesModel, use: ModelUse, record: SystemRecord): RegisteredModel {
  const rule = use.outcome as ResultRule;
  const given = (facts: Facts) => ruleFacts(model, use, record, facts);
  const predict = async (facts: Facts) => predictionOf(rule, await decideByRules(model, given(facts)));
  const explain = async (facts: Facts): Promise<TraceExplanation> => {
    const decision = await decideByRules(model, given(facts));
    const { outcome, favourable } = predictionOf(rule, decision);
    return {
      form: 'trace',
      kind: 'rules',
      exactness: 'exact',
      model: model.sha256,
      score: null,
      outcome,
      favourable,
      contributions: reasonsOf(model, use, decision, favourable ? 'favourable' : 'adverse'),
    };
  };
  return {
    kind: 'rules',
    format: model.format,
    sha256: model.sha256,
    replayable: true,
    exactness: 'exact',
    rule,
    reads: new Set(model.facts.map((fact) => inputOf(use, fact))),
    predict,
    explain,
    // The library asks every row again beside the engine's trace, at each run.
    replay: explain,
    slack: () => 0,
    correct: (facts, input) => correct(predict, facts, input),
  };
}

const inputOf = (use: ModelUse, fact: string) => use.facts.find((f) => f.fact === fact)?.input ?? fact;

/** Facts as the rules read them: numbers as numbers, null where nothing is recorded. */
function ruleFacts(model: RulesModel, use: ModelUse, record: SystemRecord, facts: Facts) {
  return Object.fromEntries(
    model.facts.map((fact): [string, RuleValue] => {
      const input = record.inputs.find(({ name }) => name === inputOf(use, fact));
      const value = input && facts[input.name];
      if (input === undefined || value === undefined) return [fact, null];
      return [fact, input.type === 'decimal' || input.type === 'integer' ? Number(value) : value];
    }),
  );
}

/** Only what the record lists as favourable is: anything else that the rules give is adverse. */
function predictionOf(rule: ResultRule, { result }: RuleDecision): Prediction {
  const given = result[rule.field];
  if (given === undefined || given === null)
    throw new ExplainError('rules-failed', rule.field, 'the rules give no outcome for this case');
  const outcome = String(given);
  return { score: null, outcome, favourable: rule.favourable.includes(outcome) };
}

function reasonsOf(
  model: RulesModel,
  use: ModelUse,
  { steps }: RuleDecision,
  effect: Reason['effect'],
): Reason[] {
  const derived = new Map(
    steps.flatMap((step) =>
      step.kind === 'expressions' ? step.values.map(({ key, expression }) => [key, expression] as const) : [],
    ),
  );
  const factsIn = (text: string, depth = 0): string[] =>
    [...text.matchAll(/[A-Za-z_][\w.]*/g)].flatMap(([name]) => {
      const behind = derived.get(name.replace(/^\$\./, ''));
      if (model.facts.includes(name)) return [inputOf(use, name)];
      return behind === undefined || depth > 20 ? [] : factsIn(behind, depth + 1);
    });
  return steps.toReversed().flatMap((step) =>
    step.kind !== 'table'
      ? []
      : step.hits.map(({ id, conditions }) => ({
          reason: reasonOf(use.rules, step.node, id),
          facts: [...new Set(conditions.flatMap(({ field, test }) => factsIn(field ?? test)))],
          effect,
        })),
  );
}

function reasonOf(rules: readonly RuleUse[], node: string, row: string): string {
  const found = rules.find((rule) => rule.node === node && rule.row === row);
  if (found === undefined)
    throw new ExplainError('rules-failed', `${node}/${row}`, 'no reason tells of this rule');
  return found.reason;
}

/** Choices are tried one by one; of a number nothing is claimed, as rules may compute with it in any way. */
async function correct(
  predict: (facts: Facts) => Promise<Prediction>,
  facts: Facts,
  input: Input,
): Promise<CorrectionAnswer> {
  const value = facts[input.name];
  if (value === undefined || (await predict(facts)).favourable) return { kind: 'check-only' };
  const others = otherValues(input, value);
  if (others === undefined) return { kind: 'check-only' };
  const tried = await Promise.all(
    others.map(async (to) => ({ to, prediction: await predict({ ...facts, [input.name]: to }) })),
  );
  const corrections = tried.filter(({ prediction }) => prediction.favourable);
  return corrections.length > 0 ? { kind: 'changes', corrections } : { kind: 'stays' };
}

/** What keeps rules from belonging to a record: a fact that nothing fills, a rule without a reason, no outcome. */
export function rulesFaults(model: RulesModel, record: SystemRecord): Fault[] {
  const use = record.model;
  if (use?.outcome.by !== 'result')
    return [
      { where: '/model/outcome', what: 'is missing: say "by": "result", the field and what is favourable' },
    ];
  const known = record.inputs.map(({ name }) => name);
  const rows = model.nodes.flatMap((node) =>
    node.kind === 'table' ? node.rows.map(({ id }) => ({ node: node.id, row: id })) : [],
  );
  return [
    ...model.facts
      .filter((fact) => !known.includes(inputOf(use, fact)))
      .map((fact) => ({ where: '/model/facts', what: `no input of the record fills the fact "${fact}"` })),
    ...rows
      .filter(({ node, row }) => !use.rules.some((rule) => rule.node === node && rule.row === row))
      .map(({ node, row }) => ({
        where: '/model/rules',
        what: `no reason tells of rule "${row}" of "${node}"`,
      })),
    ...use.rules
      .filter((rule) => !rows.some(({ node, row }) => rule.node === node && rule.row === row))
      .map(({ node, row }) => ({
        where: '/model/rules',
        what: `the model has no rule "${row}" in "${node}"`,
      })),
    ...(use.features.length > 0 ? [{ where: '/model/features', what: 'belongs to models of numbers' }] : []),
    ...reasonFaults([...new Set(use.rules.map(({ reason }) => reason))], record),
  ].slice(0, 30);
}
