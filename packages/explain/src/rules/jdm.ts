import { createHash } from 'node:crypto';
import { ExplainError } from '../error.ts';
import { parseFloatJson } from '../files/json.ts';
import { Field } from '../formats/document.ts';
import { checkGraph } from './graph.ts';
import type { InputColumn, OutputColumn, RuleEdge, RuleNode, RuleRow, RulesModel } from './model.ts';

const LIMITS = { maxBytes: 4 * 1024 * 1024, maxDepth: 16, maxValues: 500_000 };
const MAX_NODES = 200;
const MAX_ROWS = 10_000;
const MAX_COLUMNS = 100;
const MAX_CELL = 1_000;
const FIELD = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/**
 * Reads a rule graph in JDM (JSON Decision Model, https://docs.gorules.io/developers/jdm) from an untrusted source.
 *
 * Input, output, decision table, expression and switch nodes are read; function, sub-decision, custom and HTTP nodes are
 * refused: they run code or reach out. What is read is bounded, and only it ever reaches the engine.
 * @throws {ExplainError} with the path inside the file
 */
export function parseJdm(bytes: Uint8Array): RulesModel {
  const root = new Field(parseFloatJson(bytes, LIMITS), '');
  if (root.get('blocks').exists() || root.get('imports').exists())
    throw new ExplainError(
      'unsupported',
      '',
      'policies and imports are not read; export one graph with its tables',
    );
  const nodes = limited(root.get('nodes'), MAX_NODES).map(readNode);
  const edges = limited(root.get('edges'), 4 * MAX_NODES).map(readEdge);
  return {
    kind: 'rules',
    format: 'jdm',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...checkGraph(nodes, edges),
  };
}

function readNode(field: Field): RuleNode {
  const id = idOf(field.get('id'));
  const name = field.get('name').exists() ? short(field.get('name'), 200) : id;
  const type = field.get('type').text();
  const content = field.get('content');
  switch (type) {
    case 'inputNode':
    case 'outputNode':
      if (content.exists() && content.value !== null && nonEmpty(content.get('schema')))
        throw new ExplainError(
          'unsupported',
          `${content.path}.schema`,
          'schemas are not run; declare the facts where the model is registered and leave the schema empty',
        );
      return { kind: type === 'inputNode' ? 'input' : 'output', id, name };
    case 'decisionTableNode':
      return readTable(content, id, name);
    case 'expressionNode': {
      single(content);
      const expressions = limited(content.get('expressions'), MAX_COLUMNS).map((entry) => ({
        id: idOf(entry.get('id')),
        key: pathOf(entry.get('key')),
        value: short(entry.get('value'), MAX_CELL),
      }));
      return { kind: 'expressions', id, name, passThrough: flag(content.get('passThrough')), expressions };
    }
    case 'switchNode': {
      const statements = limited(content.get('statements'), MAX_COLUMNS).map((entry) => {
        const condition = nonEmpty(entry.get('condition')) ? short(entry.get('condition'), MAX_CELL) : '';
        const otherwise = flag(entry.get('isDefault')) || condition === '';
        return { id: idOf(entry.get('id')), condition, otherwise };
      });
      return { kind: 'switch', id, name, hitPolicy: policyOf(content.get('hitPolicy')), statements };
    }
    default:
      throw new ExplainError(
        'unsupported',
        `${field.path}.type`,
        `"${type.slice(0, 40)}" nodes are not run: only tables, expressions and switches are safe to take from outside`,
      );
  }
}

function readTable(content: Field, id: string, name: string): RuleNode {
  single(content);
  const inputs = limited(content.get('inputs'), MAX_COLUMNS).map((entry): InputColumn => {
    refuseDefault(entry);
    const field = nonEmpty(entry.get('field')) ? pathOf(entry.get('field')) : null;
    return { id: idOf(entry.get('id')), name: labelOf(entry, field ?? ''), field };
  });
  const outputs = limited(content.get('outputs'), MAX_COLUMNS).map((entry): OutputColumn => {
    refuseDefault(entry);
    const field = pathOf(entry.get('field'));
    return { id: idOf(entry.get('id')), name: labelOf(entry, field), field };
  });
  const columns = [...inputs, ...outputs];
  const rows = limited(content.get('rules'), MAX_ROWS).map((rule, index): RuleRow => {
    const cells = new Map<string, string>();
    for (const column of columns) {
      const cell = rule.get(column.id);
      const text = cell.exists() ? short(cell, MAX_CELL).trim() : '';
      if (text !== '') cells.set(column.id, text);
    }
    const described = rule.get('_description');
    return {
      id: rule.get('_id').exists() ? idOf(rule.get('_id')) : String(index + 1),
      description: described.exists() ? short(described, MAX_CELL) : '',
      cells,
    };
  });
  const hitPolicy = policyOf(content.get('hitPolicy'));
  return {
    kind: 'table',
    id,
    name,
    hitPolicy,
    passThrough: flag(content.get('passThrough')),
    inputs,
    outputs,
    rows,
  };
}

function readEdge(field: Field): RuleEdge {
  return {
    id: field.get('id').exists() ? idOf(field.get('id')) : field.path,
    from: idOf(field.get('sourceId')),
    to: idOf(field.get('targetId')),
    by: nonEmpty(field.get('sourceHandle')) ? idOf(field.get('sourceHandle')) : null,
  };
}

function limited(field: Field, most: number): Field[] {
  const items = field.value instanceof Float64Array ? field.fail('a list of objects') : field.items();
  if (items.length > most)
    throw new ExplainError(
      'out-of-limits',
      field.path,
      `has ${items.length} entries, at most ${most} are read`,
    );
  return items;
}

/** Loops over lists, other inputs and other outputs of a node would change what its cells mean. */
function single(content: Field): void {
  const mode = content.get('executionMode');
  if (nonEmpty(mode) && mode.text() !== 'single')
    throw new ExplainError('unsupported', mode.path, 'loops are not run; decide one case at a time');
  for (const key of ['inputField', 'outputPath']) {
    if (nonEmpty(content.get(key)))
      throw new ExplainError(
        'unsupported',
        content.get(key).path,
        'is not read; name the fields in the cells instead',
      );
  }
}

function refuseDefault(entry: Field): void {
  const value = entry.get('defaultValue');
  if (nonEmpty(value))
    throw new ExplainError('unsupported', value.path, 'defaults are not read; write the value into the rows');
}

const nonEmpty = ({ value }: Field) => value !== undefined && value !== null && value !== '';

function flag(field: Field): boolean {
  const { value } = field;
  if (value === undefined || value === null) return false;
  return typeof value === 'boolean' ? value : field.fail('true or false');
}

function policyOf(field: Field): 'first' | 'collect' {
  const policy = nonEmpty(field) ? field.text() : 'first';
  if (policy === 'first' || policy === 'collect') return policy;
  throw new ExplainError('unsupported', field.path, `"${policy.slice(0, 40)}" is neither first nor collect`);
}

function labelOf(entry: Field, otherwise: string): string {
  return nonEmpty(entry.get('name')) ? short(entry.get('name'), 200) : otherwise;
}

function pathOf(field: Field): string {
  const text = short(field, 200);
  const parts = text.split('.');
  if (!FIELD.test(text) || parts.some((part) => ['__proto__', 'constructor', 'prototype'].includes(part)))
    throw new ExplainError(
      'bad-name',
      field.path,
      `"${text.slice(0, 60)}" is not a field such as person.age`,
    );
  return text;
}

function idOf(field: Field): string {
  return short(field, 200);
}

function short(field: Field, most: number): string {
  const text = field.text();
  if (text.length > most)
    throw new ExplainError('out-of-limits', field.path, `has more than ${most} characters`);
  return text;
}
