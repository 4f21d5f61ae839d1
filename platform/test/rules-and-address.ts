import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RECORD } from '../worlds/soutien-menages/record.ts';
import type { FileOfSomeKind, RecordInput } from './registered-models.ts';

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

/** A rule graph with its record and cases of both outcomes. */
export const rulesFile = (): FileOfSomeKind => ({
  bytes: bytesOf(GRAPH),
  record: RULES_RECORD,
  cases: [
    { rent: 4_000, income: 8_000, zone: 'other' },
    { rent: 500, income: 8_000, zone: 'other' },
    { rent: 500, income: 8_000, zone: 'priority' },
  ],
});

export interface ModelServer {
  readonly origin: string;
  close(): void;
}

/** A model that answers over HTTP, at an origin that the platform may ask while it runs. */
export async function modelServer(): Promise<ModelServer> {
  const server = createServer((request, response) => {
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
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.TAALIL_MODEL_ORIGINS = origin;
  return {
    origin,
    close() {
      server.close();
      delete process.env.TAALIL_MODEL_ORIGINS;
    },
  };
}

const facts = (a: number, b: number, c: number) => ({ a: a.toFixed(2), b: b.toFixed(2), c: c.toFixed(2) });

/** The description of that model, its record and cases of both outcomes. */
export const addressFile = (origin: string): FileOfSomeKind => ({
  bytes: bytesOf({ format: 'taalil-http/1', url: `${origin}/score`, features: ['a', 'b', 'c'] }),
  record: {
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
  },
  cases: [facts(2, 1, 3), facts(-1, 1, 2), facts(0.3, -3, 1)],
});
