import type { RuleNode, RulesModel } from './model.ts';

/** The graph as the engine reads it, made of nothing but what was checked. */
export function contentOf({ nodes, edges }: RulesModel): object {
  const position = { x: 0, y: 0 };
  return {
    nodes: nodes.map((node) => ({ id: node.id, name: node.name, position, ...typed(node) })),
    edges: edges.map(({ id, from, to, by }) => ({
      id,
      type: 'edge',
      sourceId: from,
      targetId: to,
      ...(by === null ? {} : { sourceHandle: by }),
    })),
  };
}

function typed(node: RuleNode): object {
  switch (node.kind) {
    case 'input':
    case 'output':
      return { type: `${node.kind}Node`, content: {} };
    case 'switch':
      return {
        type: 'switchNode',
        content: {
          hitPolicy: node.hitPolicy,
          statements: node.statements.map(({ id, condition, otherwise }) => ({
            id,
            condition,
            isDefault: otherwise,
          })),
        },
      };
    case 'expressions':
      return {
        type: 'expressionNode',
        content: { expressions: node.expressions, passThrough: node.passThrough, executionMode: 'single' },
      };
    case 'table':
      return {
        type: 'decisionTableNode',
        content: {
          hitPolicy: node.hitPolicy,
          passThrough: node.passThrough,
          executionMode: 'single',
          inputs: node.inputs.map(({ id, name, field }) =>
            field === null ? { id, name } : { id, name, field },
          ),
          outputs: node.outputs,
          rules: node.rows.map(({ id, cells }) => ({
            _id: id,
            ...Object.fromEntries(
              [...node.inputs, ...node.outputs].map((column) => [column.id, cells.get(column.id) ?? '']),
            ),
          })),
        },
      };
  }
}
