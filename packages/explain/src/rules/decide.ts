import type { ZenDecision, ZenEngine } from '@gorules/zen-engine';
import { ExplainError } from '../error.ts';
import { contentOf } from './content.ts';
import type { ExpressionNode, RuleNode, RulesModel, RuleValue, SwitchNode, TableNode } from './model.ts';

/** One condition of a table row or switch, as it was met or not. */
export interface RuleCondition {
  /** The column's name; the expression itself for a condition without a column. */
  readonly name: string;
  /** The field that is tested; null for a whole expression. */
  readonly field: string | null;
  /** The cell as written: `>= 18`, `"urban"`, `[1..5]`. */
  readonly test: string;
  /** What the field held; null where it is unknown, or for a whole expression. */
  readonly value: RuleValue;
}

/** A row whose conditions all held: where it stands (from 1), why, and what it gave. */
export interface HitRow {
  readonly row: number;
  readonly id: string;
  readonly description: string;
  readonly conditions: readonly RuleCondition[];
  readonly gives: Readonly<Record<string, RuleValue>>;
}

/** A row that was asked first and did not hold, and its first condition that failed. */
export interface MissedRow {
  readonly row: number;
  readonly id: string;
  readonly failed: RuleCondition;
}

export type RuleStep =
  | {
      readonly kind: 'table';
      readonly node: string;
      readonly name: string;
      readonly hits: readonly HitRow[];
      readonly missed: readonly MissedRow[];
    }
  | {
      readonly kind: 'expressions';
      readonly node: string;
      readonly name: string;
      readonly values: readonly {
        readonly key: string;
        readonly expression: string;
        readonly value: RuleValue;
      }[];
    }
  | {
      readonly kind: 'switch';
      readonly node: string;
      readonly name: string;
      readonly taken: readonly RuleCondition[];
    };

/** What the rules decide, and every step that led there. */
export interface RuleDecision {
  readonly kind: 'rules';
  /** SHA-256 of the model file that was run. */
  readonly model: string;
  readonly result: Readonly<Record<string, unknown>>;
  /** In the order in which they were taken. */
  readonly steps: readonly RuleStep[];
}

/** Facts by name; `person.age` for a fact inside another, null where a fact is unknown. */
export type RuleFacts = Readonly<Record<string, RuleValue>>;

const MAX_TEXT = 1_000;

/** The engine is native code: it is loaded when the first rules are run, never for other models. */
interface Zen {
  readonly engine: ZenEngine;
  readonly evaluate: (expression: string, context: unknown) => unknown;
  readonly evaluateUnary: (expression: string, context: unknown) => boolean;
}

let loading: Promise<Zen> | undefined;
async function load(): Promise<Zen> {
  const zen = await import('@gorules/zen-engine');
  return {
    engine: new zen.ZenEngine({ loader: () => Promise.reject(new Error('sub-decisions are not run')) }),
    evaluate: zen.evaluateExpressionSync,
    evaluateUnary: zen.evaluateUnaryExpressionSync,
  };
}

const decisions = new WeakMap<RulesModel, ZenDecision>();

/**
 * Runs the rules on one case and explains the answer by the engine's trace: which rows held and why, and which rows above
 * them did not. The trace is not believed: every row is asked again, and a trace that says otherwise is refused.
 * @throws {ExplainError} `fact-missing`, `fact-unknown`, `fact-type` for the facts; `rules-failed` when a rule cannot be
 *   evaluated for them, with node and expression; `not-replayed` when the trace is not what the tables say
 */
export async function decideByRules(model: RulesModel, facts: RuleFacts): Promise<RuleDecision> {
  const context = contextOf(model, facts);
  loading ??= load();
  const zen = await loading;
  const decision = decisions.get(model) ?? zen.engine.createDecision(contentOf(model));
  decisions.set(model, decision);
  const answer = await decision.evaluate(context, { trace: true }).catch((error: unknown) => failed(error));
  const trace = Object.values(answer.trace ?? {}).sort((a, b) => a.order - b.order);
  const steps = trace.flatMap(({ id, input, output, traceData }): RuleStep[] => {
    const node = model.nodes.find((own) => own.id === id);
    return node === undefined ? [] : stepOf(zen, node, recordOf(input), output, traceData, model);
  });
  return { kind: 'rules', model: model.sha256, result: recordOf(answer.result), steps };
}

function stepOf(
  zen: Zen,
  node: RuleNode,
  input: Context,
  output: unknown,
  traceData: unknown,
  model: RulesModel,
): RuleStep[] {
  const { id, name } = node;
  switch (node.kind) {
    case 'table':
      return [{ kind: 'table', node: id, name, ...tableStep(zen, node, input, output, traceData) }];
    case 'expressions':
      return [{ kind: 'expressions', node: id, name, values: valuesOf(node, recordOf(output)) }];
    case 'switch':
      return [{ kind: 'switch', node: id, name, taken: takenOf(zen, node, input, model) }];
    default:
      return [];
  }
}

type Context = Readonly<Record<string, unknown>>;

/** Asks every row again, in order, and compares with what the engine says it did. */
function tableStep(zen: Zen, node: TableNode, input: Context, output: unknown, traceData: unknown) {
  const hits: HitRow[] = [];
  const missed: MissedRow[] = [];
  const given = node.hitPolicy === 'collect' ? listOf(output) : [output];
  for (const [index, row] of node.rows.entries()) {
    const conditions = node.inputs.flatMap(({ id, name, field }): RuleCondition[] => {
      const test = row.cells.get(id);
      if (test === undefined) return [];
      return [
        {
          name: name === '' ? test : name,
          field,
          test,
          value: field === null ? null : scalar(at(input, field)),
        },
      ];
    });
    const failing = conditions.find((condition) => !holds(zen, condition, input));
    if (failing !== undefined) {
      missed.push({ row: index + 1, id: row.id, failed: failing });
      continue;
    }
    const gives = recordOf(given[hits.length]);
    hits.push({
      row: index + 1,
      id: row.id,
      description: row.description,
      conditions,
      gives: Object.fromEntries(
        node.outputs
          .filter(({ id }) => row.cells.has(id))
          .map(({ field }) => [field, scalar(at(gives, field))]),
      ),
    });
    if (node.hitPolicy === 'first') break;
  }
  const told = (node.hitPolicy === 'collect' ? listOf(traceData) : [traceData]).flatMap((entry) => {
    const { index } = recordOf(entry);
    return typeof index === 'number' ? [index + 1] : [];
  });
  if (told.join() !== hits.map(({ row }) => row).join())
    throw new ExplainError(
      'not-replayed',
      `node ${node.id}`,
      `the engine says that rows ${told.join(', ') || 'none'} held, the table that ${hits.map(({ row }) => row).join(', ') || 'none'} do; nothing is explained`,
    );
  return { hits, missed };
}

function holds(zen: Zen, { field, test }: RuleCondition, input: Context): boolean {
  try {
    return field === null
      ? zen.evaluate(test, input) === true
      : zen.evaluateUnary(test, { ...input, $: at(input, field) ?? null });
  } catch {
    return false;
  }
}

function valuesOf({ expressions }: ExpressionNode, output: Context) {
  return expressions.map(({ key, value }) => ({ key, expression: value, value: scalar(at(output, key)) }));
}

function takenOf(
  zen: Zen,
  { statements, hitPolicy, id }: SwitchNode,
  input: Context,
  { edges }: RulesModel,
): RuleCondition[] {
  const asked = statements.filter(({ otherwise }) => !otherwise);
  const met = asked.filter(({ condition }) =>
    holds(zen, { name: '', field: null, test: condition, value: null }, input),
  );
  const taken = hitPolicy === 'first' ? met.slice(0, 1) : met;
  const chosen = taken.length > 0 ? taken : statements.filter(({ otherwise }) => otherwise);
  return chosen
    .filter((statement) => edges.some(({ from, by }) => from === id && by === statement.id))
    .map(({ condition, otherwise }) => ({
      name: otherwise ? 'otherwise' : condition,
      field: null,
      test: otherwise ? 'otherwise' : condition,
      value: null,
    }));
}

/** Facts as the engine's input, checked: all that the rules read, nothing else, plain values. */
function contextOf(model: RulesModel, facts: RuleFacts): Record<string, unknown> {
  const context: Record<string, unknown> = {};
  for (const name of model.facts)
    if (!Object.hasOwn(facts, name))
      throw new ExplainError(
        'fact-missing',
        name,
        'is missing; the rules read it. Give null where it is unknown',
      );
  for (const [name, value] of Object.entries(facts)) {
    if (!model.facts.includes(name))
      throw new ExplainError('fact-unknown', name, 'is not read by these rules; leave it out');
    const plain =
      value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
    if (!plain && !(typeof value === 'string' && value.length <= MAX_TEXT))
      throw new ExplainError(
        'fact-type',
        name,
        `must be true, false, a finite number, null or a text of at most ${MAX_TEXT} characters`,
      );
    const parts = name.split('.');
    const last = parts.pop() as string;
    let place = context;
    for (const part of parts) {
      const inner = Object.hasOwn(place, part) ? place[part] : {};
      if (typeof inner !== 'object' || inner === null)
        throw new ExplainError('fact-type', name, `lies inside "${part}", which is a plain value`);
      place[part] = inner;
      place = inner as Record<string, unknown>;
    }
    place[last] = value;
  }
  return context;
}

/** The engine's own message holds the facts of the case: only the node and the rule are passed on. */
function failed(error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  const node = /"nodeId":"([^"]{1,200})"/.exec(text)?.[1];
  const source = /"source":"((?:[^"\\]|\\.){1,300})"/.exec(text)?.[1]?.replaceAll('\\"', '"');
  throw new ExplainError(
    'rules-failed',
    node === undefined ? 'rules' : `node ${node}`,
    `${source ?? 'a rule cannot be evaluated'}; check that the facts have the types that the rules expect`,
  );
}

function at(value: Context, path: string): unknown {
  let found: unknown = value;
  for (const part of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return found;
}

function scalar(value: unknown): RuleValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function recordOf(value: unknown): Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Context) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
