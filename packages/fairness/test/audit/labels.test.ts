import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit, CellBuilder, type DecisionRow } from '../../src/index.ts';

/** A thousand inspected, nine thousand not; cheating is 60 % among the flagged and 10 % among the others. */
function inspected(group: string, randomShare: number): DecisionRow[] {
  const list: DecisionRow[] = [];
  const push = (count: number, row: Omit<DecisionRow, 'attributes'>) => {
    for (let i = 0; i < count; i++) list.push({ attributes: { group }, ...row });
  };
  push(600, { prediction: true, truth: true });
  push(400, { prediction: true, truth: false });
  const looked = Math.round(9000 * randomShare);
  push(looked / 10, { prediction: false, truth: true, random: true });
  push((looked * 9) / 10, { prediction: false, truth: false, random: true });
  push(9000 - looked, { prediction: false, truth: null });
  return list;
}

function auditOf(list: readonly DecisionRow[]) {
  const builder = new CellBuilder(['group'], ['truth', 'random']);
  for (const row of list) builder.add(row);
  return audit(builder.build());
}

test('a random arm restores the rates of those never looked at, with wider intervals', () => {
  const found = auditOf([...inspected('a', 0.1), ...inspected('b', 0.1)]);
  assert.deepEqual(found.labels, {
    positive: { labelled: 2000, rows: 2000, atRandom: 0 },
    negative: { labelled: 1800, rows: 18_000, atRandom: 1800 },
    basis: 'random-arm',
  });
  const metrics = found.groups[0]?.metrics;
  assert.ok(Math.abs((metrics?.tpr?.value ?? 0) - 600 / 1500) < 1e-12);
  assert.ok(Math.abs((metrics?.prevalence?.value ?? 0) - 0.15) < 1e-12);
  const whole = auditOf([...inspected('a', 1), ...inspected('b', 1)]).groups[0]?.metrics;
  const width = (rate: typeof whole extends infer M ? M : never) =>
    (rate?.tpr?.high ?? 0) - (rate?.tpr?.low ?? 0);
  assert.ok(width(metrics) > 1.2 * width(whole));
});

test('where those not selected were never looked at, what depends on them is undefined', () => {
  const found = auditOf([...inspected('a', 0), ...inspected('b', 0)]);
  assert.equal(found.labels?.basis, 'unknowable');
  const metrics = found.groups[0]?.metrics;
  for (const metric of ['tpr', 'fpr', 'fnr', 'npv', 'for', 'accuracy', 'prevalence'] as const) {
    assert.equal(metrics?.[metric]?.value, undefined, metric);
  }
  assert.equal(metrics?.ppv?.value, 0.6);
});

test('inspections that sought the likely cheats do not stand for the others once a random arm exists', () => {
  const list = inspected('a', 0.1);
  for (let i = 0; i < 500; i++)
    list.push({ attributes: { group: 'a' }, prediction: false, truth: true, random: false });
  const found = auditOf([...list, ...inspected('b', 0.1)]);
  const npv = found.groups[0]?.metrics.npv?.value;
  assert.equal(npv, 0.9);
});

test('every truth known: nothing to declare', () => {
  assert.equal(auditOf([...inspected('a', 1), ...inspected('b', 1)]).labels, undefined);
});
