import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parsedRecord } from '../../../test/registered-models.ts';
import { addressFile, type ModelServer, modelServer, rulesFile } from '../../../test/rules-and-address.ts';
import type { Facts } from '../inputs.ts';
import { modelConformance } from './conformance.ts';
import { readModel } from './read.ts';

let server: ModelServer;
before(async () => {
  server = await modelServer();
});
after(() => server.close());

const made = ({ bytes, record: input, cases }: ReturnType<typeof rulesFile>) => {
  const record = parsedRecord(input);
  return { record, model: readModel(bytes, record), cases };
};

modelConformance('decision rules', () => made(rulesFile()));

test('decision rules tell which rule applied and the recorded facts behind it, through what is computed from them', async () => {
  const { record, model } = made(rulesFile());
  const { contributions } = await model.explain({ rent: 4_000, income: 8_000, zone: 'other' });
  assert.deepEqual(contributions, [{ reason: 'heavy', facts: ['rent', 'income'], effect: 'favourable' }]);
  const refused = { rent: 500, income: 8_000, zone: 'other' };
  const zone = record.inputs[2] as (typeof record.inputs)[number];
  assert.deepEqual(await model.correct(refused, zone), {
    kind: 'changes',
    corrections: [{ to: 'priority', prediction: { score: null, outcome: 'granted', favourable: true } }],
  });
  const untold = { ...rulesFile(), record: { ...rulesFile().record } };
  const outcome = { by: 'result' as const, field: 'outcome', favourable: ['granted'] };
  assert.throws(() => made({ ...untold, record: { ...untold.record, model: { outcome, rules: [] } } }), {
    code: 'invalid-model',
  });
});

modelConformance('a model behind an address', () => made(addressFile(server.origin)));

test('a model behind an address is approximate, is not asked again when read, and decides nothing where it may not be asked', async () => {
  const { model, cases } = made(addressFile(server.origin));
  const [one] = cases as [Facts];
  const told = await model.explain(one);
  assert.equal(told.exactness, 'approximate');
  assert.ok(!model.replayable);
  process.env.TAALIL_MODEL_ORIGINS = 'https://elsewhere.example';
  await assert.rejects(async () => model.predict(one), { code: 'store-unavailable' });
  process.env.TAALIL_MODEL_ORIGINS = server.origin;
});
