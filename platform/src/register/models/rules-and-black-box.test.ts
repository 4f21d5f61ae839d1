import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { parsedRecord, type RecordInput } from '../../../test/registered-models.ts';
import { RECORD } from '../../../worlds/soutien-menages/record.ts';
import { modelConformance } from './conformance.ts';
import { readModel } from './read.ts';

const words = (text: string) => ({ fr: text, ar: text, en: text });
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const base = { topic: 'registry' as const, correctable: true };

const GRAPH = {
  contentType: 'application/vnd.gorules.decision',
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 }, content: { schema: '' } },
    {
      id: 'ratio',
      type: 'expressionNode',
      name: 'ratio',
      position: { x: 0, y: 0 },
      content: {
        passThrough: true,
        expressions: [{ id: 'r1', key: 'burden', value: 'rent / income * 100' }],
      },
    },
    {
      id: 'decide',
      type: 'decisionTableNode',
      name: 'decide',
      position: { x: 0, y: 0 },
      content: {
        hitPolicy: 'first',
        passThrough: false,
        inputs: [
          { id: 'b', name: 'Burden', field: 'burden' },
          { id: 'z', name: 'Zone', field: 'zone' },
        ],
        outputs: [{ id: 'o', name: 'Outcome', field: 'outcome' }],
        rules: [
          { _id: 'heavy', b: '>= 30', z: '', o: '"granted"' },
          { _id: 'zone', b: '', z: '"priority"', o: '"granted"' },
          { _id: 'rest', b: '', z: '', o: '"refused"' },
        ],
      },
    },
    { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 }, content: {} },
  ],
  edges: [
    { id: 'e1', type: 'edge', sourceId: 'in', targetId: 'ratio' },
    { id: 'e2', type: 'edge', sourceId: 'ratio', targetId: 'decide' },
    { id: 'e3', type: 'edge', sourceId: 'decide', targetId: 'out' },
  ],
};

const RULES_RECORD: RecordInput = {
  ...RECORD,
  inputs: [
    { ...base, name: 'rent', type: 'integer', minimum: 0, maximum: 20_000, label: words('loyer') },
    { ...base, name: 'income', type: 'integer', minimum: 1, maximum: 90_000, label: words('revenu') },
    {
      ...base,
      name: 'zone',
      type: 'choice',
      label: words('zone'),
      values: [
        { value: 'priority', label: words('prioritaire') },
        { value: 'other', label: words('autre') },
      ],
    },
  ],
  reasons: ['heavy', 'zone', 'rest'].map((id) => ({ id, label: words(id) })),
  model: {
    outcome: { by: 'result', field: 'outcome', favourable: ['granted'] },
    rules: ['heavy', 'zone', 'rest'].map((row) => ({ node: 'decide', row, reason: row })),
  },
};

modelConformance('decision rules', () => {
  const record = parsedRecord(RULES_RECORD);
  return {
    record,
    model: readModel(bytesOf(GRAPH), record),
    cases: [
      { rent: 4_000, income: 8_000, zone: 'other' },
      { rent: 500, income: 8_000, zone: 'other' },
      { rent: 500, income: 8_000, zone: 'priority' },
    ],
  };
});

test('decision rules tell which rule applied and the recorded facts behind it, through what is computed from them', async () => {
  const record = parsedRecord(RULES_RECORD);
  const model = readModel(bytesOf(GRAPH), record);
  const { contributions } = await model.explain({ rent: 4_000, income: 8_000, zone: 'other' });
  assert.deepEqual(contributions, [{ reason: 'heavy', facts: ['rent', 'income'], effect: 'favourable' }]);
  const refused = { rent: 500, income: 8_000, zone: 'other' };
  const zone = record.inputs[2] as (typeof record.inputs)[number];
  assert.deepEqual(await model.correct(refused, zone), {
    kind: 'changes',
    corrections: [{ to: 'priority', prediction: { score: null, outcome: 'granted', favourable: true } }],
  });
  assert.throws(
    () =>
      readModel(
        bytesOf(GRAPH),
        parsedRecord({
          ...RULES_RECORD,
          model: { outcome: { by: 'result', field: 'outcome', favourable: ['granted'] }, rules: [] },
        }),
      ),
    { code: 'invalid-model' },
  );
});

let server: Server;
let origin = '';
before(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { rows } = JSON.parse(text) as { rows: number[][] };
      const outputs = rows.map(([a = 0, b = 0, c = 0]) => [2 * a - b + 0.5 * a * c]);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ outputs }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.TAALIL_MODEL_ORIGINS = origin;
});
after(() => {
  server.close();
  delete process.env.TAALIL_MODEL_ORIGINS;
});

const facts = (a: number, b: number, c: number) => ({ a: a.toFixed(2), b: b.toFixed(2), c: c.toFixed(2) });

function behindAddress() {
  const record = parsedRecord({
    ...RECORD,
    inputs: ['a', 'b', 'c'].map((name) => ({
      ...base,
      name,
      type: 'decimal' as const,
      decimals: 2,
      minimum: -10,
      maximum: 10,
      label: words(name),
    })),
    reasons: ['a', 'b', 'c'].map((id) => ({ id, label: words(id) })),
    model: {
      outcome: { by: 'margin', threshold: '1', above: 'adverse' },
      features: ['a', 'b', 'c'].map((name) => ({ feature: name, input: name, reason: name })),
      background: [facts(0, 0, 0), facts(1, 1, 1), facts(-1, 2, 0)],
    },
  });
  const file = { format: 'taalil-http/1', url: `${origin}/score`, features: ['a', 'b', 'c'] };
  return {
    record,
    model: readModel(bytesOf(file), record),
    cases: [facts(2, 1, 3), facts(-1, 1, 2), facts(0.3, -3, 1)],
  };
}

modelConformance('a model behind an address', behindAddress);

test('a model behind an address is approximate, is not asked again when read, and decides nothing where it may not be asked', async () => {
  const { model, cases } = behindAddress();
  const [one] = cases as [ReturnType<typeof facts>];
  const told = await model.explain(one);
  assert.equal(told.exactness, 'approximate');
  assert.ok(!model.replayable);
  process.env.TAALIL_MODEL_ORIGINS = 'https://elsewhere.example';
  await assert.rejects(async () => model.predict(one), { code: 'store-unavailable' });
  process.env.TAALIL_MODEL_ORIGINS = origin;
});
