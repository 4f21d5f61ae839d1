import { ExplainError } from '../error.ts';
import { type CheckedExpression, checkExpression } from './expression.ts';
import type { RuleEdge, RuleNode, RulesModel } from './model.ts';

/** How many times longer than the longest fact a text may become on its way through the graph. */
const MAX_GROWTH = 4_096;

/**
 * Checks that nodes and edges are one graph without cycles from one input to the outputs, and that every expression is
 * safe and bounded; orders the nodes and finds the facts they read.
 * @throws {ExplainError} `bad-graph`, or what {@link checkExpression} throws
 */
export function checkGraph(
  nodes: readonly RuleNode[],
  edges: readonly RuleEdge[],
): Pick<RulesModel, 'nodes' | 'edges' | 'facts'> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (byId.size < nodes.length) bad('nodes', 'two nodes have the same id');
  if (nodes.filter(({ kind }) => kind === 'input').length !== 1)
    bad('nodes', 'there must be exactly one input node');
  for (const edge of edges) {
    const source = byId.get(edge.from);
    if (source === undefined || !byId.has(edge.to))
      bad(`edge ${edge.id}`, 'leads from or to a node that is not there');
    if (source?.kind === 'output') bad(`edge ${edge.id}`, 'leaves an output node');
    if (byId.get(edge.to)?.kind === 'input') bad(`edge ${edge.id}`, 'leads into the input node');
    if (source?.kind === 'switch' && !source.statements.some(({ id }) => id === edge.by))
      bad(`edge ${edge.id}`, 'leaves a switch by no statement of it');
  }
  const ordered = inOrder(nodes, edges);
  const made = new Set<string>();
  const read = new Set<string>();
  const growth = new Map<string, number>();
  for (const node of ordered) {
    const before = edges.filter(({ to }) => to === node.id).map(({ from }) => growth.get(from) ?? 1);
    const own = Math.max(1, ...before) * checkNode(node, made, read);
    if (own > MAX_GROWTH)
      throw new ExplainError(
        'out-of-limits',
        `node ${node.id}`,
        'adds up so many fields in a row that texts could grow without bound; use tables, or fewer steps',
      );
    growth.set(node.id, own);
  }
  return { nodes: ordered, edges, facts: [...read] };
}

/** Kahn's algorithm (Kahn 1962), stable in the file's order. */
function inOrder(nodes: readonly RuleNode[], edges: readonly RuleEdge[]): RuleNode[] {
  const waiting = new Map(nodes.map(({ id }) => [id, edges.filter(({ to }) => to === id).length]));
  const ordered: RuleNode[] = [];
  const ready = nodes.filter(({ id }) => waiting.get(id) === 0);
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    ordered.push(next);
    for (const { to } of edges.filter(({ from }) => from === next?.id)) {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      const node = nodes.find(({ id }) => id === to);
      if (left === 0 && node !== undefined) ready.push(node);
    }
  }
  if (ordered.length < nodes.length) bad('edges', 'the graph has a cycle');
  return ordered;
}

/** Checks the expressions of a node, notes what it reads that no node has made, and returns how much texts can grow. */
function checkNode(node: RuleNode, made: Set<string>, read: Set<string>): number {
  const note = ({ names }: CheckedExpression) => {
    for (const name of names) if (!isMade(name, made)) read.add(name);
  };
  const at = (part: string) => `node ${node.id}, ${part}`;
  switch (node.kind) {
    case 'input':
    case 'output':
      return 1;
    case 'switch':
      for (const { id, condition, otherwise } of node.statements)
        if (!otherwise) note(checkExpression(condition, at(`statement ${id}`)));
      return 1;
    case 'expressions': {
      let growth = 1;
      for (const { key, value } of node.expressions) {
        const found = checkExpression(value, at(key));
        note(found);
        growth *= found.growth;
        made.add(key);
        made.add(`$.${key}`);
      }
      return growth;
    }
    case 'table': {
      const { inputs, outputs, rows } = node;
      if (new Set([...inputs, ...outputs].map(({ id }) => id)).size < inputs.length + outputs.length)
        bad(`node ${node.id}`, 'two columns have the same id');
      for (const { field } of inputs) if (field !== null && !isMade(field, made)) read.add(field);
      let growth = 1;
      rows.forEach((row, index) => {
        for (const { id } of inputs) {
          const cell = row.cells.get(id);
          if (cell !== undefined) note(checkExpression(cell, at(`row ${index + 1}`)));
        }
        for (const { id } of outputs) {
          const cell = row.cells.get(id);
          if (cell === undefined) continue;
          const found = checkExpression(cell, at(`row ${index + 1}`));
          note(found);
          growth = Math.max(growth, found.growth);
        }
      });
      for (const { field } of outputs) made.add(field);
      return growth;
    }
  }
}

const isMade = (name: string, made: ReadonlySet<string>) =>
  [...made].some((own) => name === own || name.startsWith(`${own}.`));

function bad(path: string, what: string): never {
  throw new ExplainError('bad-graph', path, `${what}; mend the graph and export it again`);
}
