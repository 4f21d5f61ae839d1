const node = (id: string, type: string, content: object, name = id) => ({
  id,
  type,
  name,
  position: { x: 0, y: 0 },
  content,
});

export interface TableParts {
  readonly inputs: readonly { readonly id: string; readonly name: string; readonly field?: string }[];
  readonly outputs: readonly { readonly id: string; readonly name: string; readonly field: string }[];
  readonly rules: readonly Readonly<Record<string, string>>[];
  readonly hitPolicy?: string;
  readonly passThrough?: boolean;
}

export const table = (id: string, parts: TableParts) =>
  node(id, 'decisionTableNode', { hitPolicy: 'first', passThrough: false, ...parts });

/** A graph whose nodes follow one another. */
export function chain(...middle: readonly ReturnType<typeof node>[]) {
  const nodes = [node('in', 'inputNode', { schema: '' }), ...middle, node('out', 'outputNode', {})];
  const edges = nodes.slice(1).map(({ id }, index) => ({
    id: `e${index}`,
    type: 'edge',
    sourceId: nodes[index]?.id,
    targetId: id,
  }));
  return { contentType: 'application/vnd.gorules.decision', nodes, edges };
}

export const expressions = (id: string, values: Readonly<Record<string, string>>) =>
  node(id, 'expressionNode', {
    passThrough: true,
    expressions: Object.entries(values).map(([key, value]) => ({ id: `${id}.${key}`, key, value })),
  });

export const aid = chain(
  expressions('ratio', { share: 'rent / income', burden: '$.share * 100' }),
  table('decide', {
    inputs: [
      { id: 'a', name: 'Age', field: 'person.age' },
      { id: 'b', name: 'Burden', field: 'burden' },
      { id: 'c', name: '' },
    ],
    outputs: [{ id: 'o', name: 'Outcome', field: 'outcome' }],
    rules: [
      { _id: 'minor', a: '< 18', b: '', c: '', o: '"refused"' },
      {
        _id: 'heavy',
        _description: 'rent weighs heavily',
        a: '[18..65]',
        b: '>= 30',
        c: 'region == "north" or region == "south"',
        o: '"granted"',
      },
      { _id: 'rest', a: '', b: '', c: '', o: '"refused"' },
    ],
  }),
);

export const bytesOf = (graph: unknown) => new TextEncoder().encode(JSON.stringify(graph));
export { node };
