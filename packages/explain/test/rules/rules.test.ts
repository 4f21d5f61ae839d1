import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ExplainError } from '../../src/error.ts';
import { readModelFile } from '../../src/formats/read.ts';
import { explainCommand } from '../../src/report/command.ts';
import { decideByRules, type RuleFacts } from '../../src/rules/decide.ts';
import type { RulesModel } from '../../src/rules/model.ts';
import { aid, bytesOf, chain, expressions, node, table } from './graphs.ts';

function read(graph: unknown): RulesModel {
  const model = readModelFile(bytesOf(graph));
  assert.equal(model.kind, 'rules');
  return model as RulesModel;
}

const facts: RuleFacts = { rent: 300, income: 900, 'person.age': 40, region: 'north' };

test('the facts are what the graph reads and does not make itself', () => {
  assert.deepEqual(read(aid).facts.toSorted(), ['income', 'person.age', 'region', 'rent']);
});

test('a decision is told by the row that held and the rows above that did not', async () => {
  const { result, steps } = await decideByRules(read(aid), facts);
  assert.deepEqual(result, { outcome: 'granted' });
  const [ratio, decide] = steps;
  assert.equal(ratio?.kind === 'expressions' && ratio.values[0]?.expression, 'rent / income');
  assert.ok(decide?.kind === 'table');
  assert.deepEqual(decide.missed, [
    { row: 1, id: 'minor', failed: { name: 'Age', field: 'person.age', test: '< 18', value: 40 } },
  ]);
  const [hit] = decide.hits;
  assert.deepEqual(
    [hit?.row, hit?.description, hit?.gives],
    [2, 'rent weighs heavily', { outcome: 'granted' }],
  );
  assert.deepEqual(
    hit?.conditions.map(({ name, test: cell }) => `${name} ${cell}`),
    [
      'Age [18..65]',
      'Burden >= 30',
      'region == "north" or region == "south" region == "north" or region == "south"',
    ],
  );
});

test('property: the engine and the second reading agree on random tables, missing values and both policies included', async () => {
  const cell = fc.constantFrom(
    '',
    '> 2',
    '<= 2',
    '[1..3]',
    '(1..3)',
    '2',
    '1, 3',
    '"a"',
    'null',
    '$ > 1 and $ < 4',
  );
  const row = fc.record({
    x: cell,
    y: cell,
    z: fc.constantFrom('', 'x == y', 'x != null and y == 2', 'not (x == 1)'),
    o: fc.constantFrom('1', 'x', '"b"', '2 * 3'),
  });
  const value = fc.constantFrom(null, 0, 1, 2, 3, 4, 'a', true);
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 6 }),
      fc.constantFrom('first', 'collect'),
      value,
      value,
      async (rows, hitPolicy, x, y) => {
        const model = read(
          chain(
            table('t', {
              hitPolicy,
              inputs: [
                { id: 'x', name: 'X', field: 'x' },
                { id: 'y', name: 'Y', field: 'y' },
                { id: 'z', name: 'Z' },
              ],
              outputs: [{ id: 'o', name: 'O', field: 'o' }],
              rules: rows.map((own, index) => ({ ...own, _id: String(index) })),
            }),
          ),
        );
        const { steps } = await decideByRules(model, { x, y });
        const [step] = steps;
        assert.ok(step?.kind === 'table');
        if (hitPolicy === 'collect') assert.equal(step.hits.length + step.missed.length, rows.length);
        else assert.ok(step.hits.length <= 1);
      },
    ),
    { numRuns: 300 },
  );
});

test('a switch tells the way that was taken', async () => {
  const graph = chain(
    node('sw', 'switchNode', {
      hitPolicy: 'first',
      statements: [
        { id: 's1', condition: 'age < 18', isDefault: false },
        { id: 's2', condition: '', isDefault: true },
      ],
    }),
    expressions('child', { outcome: '"child"' }),
    expressions('adult', { outcome: '"adult"' }),
  );
  const edges = [
    { id: '1', sourceId: 'in', targetId: 'sw' },
    { id: '2', sourceId: 'sw', targetId: 'child', sourceHandle: 's1' },
    { id: '3', sourceId: 'sw', targetId: 'adult', sourceHandle: 's2' },
    { id: '4', sourceId: 'child', targetId: 'out' },
    { id: '5', sourceId: 'adult', targetId: 'out' },
  ];
  const model = read({ ...graph, edges });
  for (const [age, outcome, why] of [
    [12, 'child', 'age < 18'],
    [40, 'adult', 'otherwise'],
  ] as const) {
    const { result, steps } = await decideByRules(model, { age });
    assert.equal(result.outcome, outcome);
    assert.deepEqual(steps[0]?.kind === 'switch' && steps[0].taken.map(({ test: told }) => told), [why]);
  }
});

test('facts that do not fit are refused by name; a failing rule is named without the facts of the case', async () => {
  const model = read(aid);
  const { rent: _, ...without } = facts;
  for (const [given, code, path] of [
    [without, 'fact-missing', 'rent'],
    [{ ...facts, other: 1 }, 'fact-unknown', 'other'],
    [{ ...facts, rent: Number.NaN }, 'fact-type', 'rent'],
    [{ ...facts, region: 'x'.repeat(2_000) }, 'fact-type', 'region'],
    [{ ...facts, rent: 'secret-of-the-case' }, 'rules-failed', 'node ratio'],
  ] as const) {
    await assert.rejects(decideByRules(model, given as RuleFacts), (error) => {
      assert.ok(error instanceof ExplainError);
      assert.deepEqual([error.code, error.path], [code, path]);
      assert.ok(!error.message.includes('secret-of-the-case'));
      return true;
    });
  }
});

const cell = (test: string) =>
  chain(
    table('t', {
      inputs: [{ id: 'a', name: 'A', field: 'a' }],
      outputs: [{ id: 'o', name: 'O', field: 'o' }],
      rules: [{ a: test, o: '1' }],
    }),
  );
const two = chain(expressions('one', { x: 'a' }), expressions('two', { y: 'x' }));
const hostile: [string, string, unknown][] = [
  ['code', 'unsupported', chain(node('f', 'functionNode', { source: 'export const handler = () => ({})' }))],
  ['another decision', 'unsupported', chain(node('d', 'decisionNode', { key: 'other' }))],
  ['a request', 'unsupported', chain(node('h', 'httpNode', { url: 'http://example.org' }))],
  ['a custom node', 'unsupported', chain(node('c', 'customNode', { kind: 'x', config: {} }))],
  ['a policy', 'unsupported', { blocks: [], nodes: [] }],
  ['a loop', 'unsupported', chain(node('e', 'expressionNode', { executionMode: 'loop', expressions: [] }))],
  ['chance', 'unsupported', cell('$ > rand(100)')],
  ['the day', 'unsupported', cell('d() > 1')],
  ['a closure', 'unsupported', cell('some(a, # > 1)')],
  ['a template', 'unsupported', chain(expressions('e', { x: '`a`' }))],
  ['an object', 'unsupported', chain(expressions('e', { x: '{a: $, b: $}' }))],
  ['a list as result', 'unsupported', chain(expressions('e', { x: '[a, a]' }))],
  ['a range that is counted through', 'unsupported', chain(expressions('e', { x: 'sum([1..1000000000])' }))],
  ['what other nodes did', 'unsupported', chain(expressions('e', { x: '$nodes.in.a' }))],
  [
    'texts that double',
    'out-of-limits',
    chain(
      expressions(
        'e',
        Object.fromEntries(
          Array.from({ length: 40 }, (_, i) => [`x${i}`, i === 0 ? 'a + a' : `$.x${i - 1} + $.x${i - 1}`]),
        ),
      ),
    ),
  ],
  ['a cell without end', 'out-of-limits', cell(`> 1${' or $ > 1'.repeat(1_000)}`)],
  ['a bracket that is not closed', 'syntax', cell('(($ > 1)')],
  [
    '10^5 nodes',
    'out-of-limits',
    chain(...Array.from({ length: 10_000 }, (_, i) => node(`n${i}`, 'expressionNode', { expressions: [] }))),
  ],
  [
    'a cycle',
    'bad-graph',
    { ...two, edges: [...two.edges, { id: 'back', sourceId: 'two', targetId: 'one' }] },
  ],
  [
    'an edge to nowhere',
    'bad-graph',
    { ...two, edges: [...two.edges, { id: 'x', sourceId: 'two', targetId: 'none' }] },
  ],
  ['two inputs', 'bad-graph', chain(node('in2', 'inputNode', {}))],
  ['the same id twice', 'bad-graph', chain(expressions('e', { x: 'a' }), expressions('e', { y: 'a' }))],
  ['a prototype', 'bad-name', chain(expressions('e', { 'a.__proto__.b': '1' }))],
  [
    'a text for nodes',
    'wrong-type',
    { contentType: 'application/vnd.gorules.decision', nodes: 'x', edges: [] },
  ],
];
for (const [name, code, graph] of hostile) {
  test(`refused: ${name}`, () => {
    assert.throws(() => readModelFile(bytesOf(graph)), { name: 'ExplainError', code });
  });
}

test('property: a damaged graph is refused with a code or still decides', async () => {
  const original = bytesOf(aid);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
      async (edits) => {
        const bytes = original.slice();
        for (const [at, byte] of edits) bytes[at] = byte;
        try {
          const model = readModelFile(bytes);
          if (model.kind === 'rules')
            await decideByRules(model, Object.fromEntries(model.facts.map((fact) => [fact, 1])));
        } catch (error) {
          assert.ok(error instanceof ExplainError, String(error));
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('on the command line: CSV cases in, steps out', async () => {
  const rows = 'region,person.age,rent,income\nnorth,40,300,900\nwest,40,300,\n';
  const ask = {
    model: { name: 'm', bytes: bytesOf(aid) },
    rows: { name: 'r.csv', bytes: new TextEncoder().encode(rows) },
  };
  const print = async (format: 'json' | 'text' | 'html', text = rows) =>
    (
      await Array.fromAsync(
        explainCommand({ ...ask, rows: { name: 'r.csv', bytes: new TextEncoder().encode(text) }, format }),
      )
    ).join('');
  await assert.rejects(print('json'), { code: 'rules-failed', path: 'r.csv, line 3, node ratio' });
  const one = rows.split('\n').slice(0, 2).join('\n');
  assert.deepEqual(JSON.parse(await print('json', one)).rows[0].result, { outcome: 'granted' });
  assert.match(
    await print('text', one),
    /not row 1, as Age 40: < 18 does not hold\n +row 2 \(rent weighs heavily\), as Age 40: \[18\.\.65\] and Burden/,
  );
  assert.match(await print('html', one), /<li>not row 1, as Age 40: &#60; 18 does not hold<\/li>/);
});
