import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { predictMany, type RowModel, readModelFile, rowsOf } from '@taalil/explain';
import type { StoredCell } from '../src/monitoring/cell-store.ts';
import { dimensionsOf } from '../src/monitoring/dimensions.ts';
import { evidenceOf } from '../src/monitoring/evidence.ts';
import { countGroups } from '../src/monitoring/group-counts.ts';
import type { Watched } from '../src/monitoring/plan.ts';
import { monitoringPlan } from '../src/monitoring/plan-schema.ts';
import type { Look } from '../src/monitoring/watch.ts';
import { COLUMNS, groupWatches } from '../src/monitoring/watches.ts';
import { systemRecord } from '../src/register/record.ts';
import { seeded } from '../worlds/random.ts';
import { OVERINSPECTED_CITIES } from '../worlds/tax-audit/faults.ts';
import { PLAN } from '../worlds/tax-audit/monitoring.ts';
import { AUTHORITY_ID, SELECTION, SELECTION_RECORD, THRESHOLD } from '../worlds/tax-audit/record.ts';
import { drawBusiness, type TaxReturn } from '../worlds/tax-audit/returns.ts';
import { COLUMNS as FEATURES } from '../worlds/tax-audit/training/columns.ts';
import { mostOf } from './binomial-bound.ts';

/** The demonstration's size, and the months over which its returns come. */
const RETURNS = 3_600;
const MONTHS = 14;
const WORLDS = 100;

const plan = monitoringPlan.parse(PLAN);
const watched: Watched = {
  authorityId: AUTHORITY_ID,
  systemId: SELECTION,
  declared: { revision: 1, plan, declaredAt: '2023-11-06T07:00:00.000Z', declaredBy: 'setup' },
  dimensions: dimensionsOf(plan, systemRecord.parse(SELECTION_RECORD)),
};
const WATCHES = groupWatches(watched);

function modelOf(kind: 'clean' | 'planted'): RowModel {
  const file = new URL(`../worlds/tax-audit/models/${kind}.json`, import.meta.url);
  return readModelFile(readFileSync(file)) as RowModel;
}

/** Which of these returns a model proposes for inspection. */
function proposals(model: RowModel, returns: readonly TaxReturn[]): boolean[] {
  const data = returns.flatMap((filed) =>
    FEATURES.map(({ input, equals }) => {
      const value = filed[input];
      if (value === undefined) return Number.NaN;
      return equals === undefined ? Number(value) : Number(value === equals);
    }),
  );
  const { prediction } = predictMany(model, rowsOf(Float64Array.from(data), FEATURES.length));
  return [...prediction].map((probability) => probability >= Number(THRESHOLD));
}

/** The looks of one world: its businesses and the months of their returns are chance; who is proposed is the model's. */
function looksOf(seed: string, model: RowModel): Look[] {
  const random = seeded(seed);
  const returns = Array.from({ length: RETURNS }, (_, n) => drawBusiness(random, n).filed);
  const proposed = proposals(model, returns);
  const months = Array.from({ length: MONTHS }, () => new Map<string, StoredCell & { n: number }>());
  returns.forEach((filed, i) => {
    const month = random.whole(0, MONTHS - 1);
    const own = { opened: String(month), version: 1, adverse: proposed[i] ? 1 : 0 };
    const values = [
      ...watched.dimensions.map(({ name, groupOf }) => groupOf(filed[name as keyof TaxReturn])),
      ...COLUMNS.map((name) => (name in own ? own[name as keyof typeof own] : null)),
    ];
    const key = JSON.stringify(values);
    const cell = months[month]?.get(key) ?? { values, n: 0, scores: 0, squares: 0 };
    cell.n++;
    months[month]?.set(key, cell);
  });
  return months.map((cells, month) => ({
    month: String(month).padStart(2, '0'),
    start: month % 12 === 0,
    version: 1,
    counts: Object.fromEntries(countGroups(watched, WATCHES, [...cells.values()])),
  }));
}

function alerts(seed: string, model: RowModel): string[] {
  return evidenceOf(watched, looksOf(seed, model))
    .filter(({ points }) => points.some(({ beyond }) => beyond))
    .map(({ watch }) => watch.id);
}

test('clean twins of the revenue office stay clean: no more false alarms than 5 % allows', () => {
  const model = modelOf('clean');
  const wrong = Array.from({ length: WORLDS }, (_, n) => alerts(`clean ${n}`, model)).filter(
    (ids) => ids.length > 0,
  );
  console.log(`clean twins with a false alarm: ${wrong.length} of ${WORLDS}`);
  assert.ok(wrong.length <= mostOf(WORLDS, 0.05), JSON.stringify(wrong));
});

test('both cities with the planted habit are alerted to within the months of the demonstration, and nobody else', () => {
  const model = modelOf('planted');
  const worlds = Array.from({ length: WORLDS }, (_, n) => alerts(`planted ${n}`, model));
  const found = (city: string) => worlds.filter((ids) => ids.some((id) => id.includes(`|${city}`))).length;
  const counts = OVERINSPECTED_CITIES.map((city) => `${city} in ${found(city)}`).join(', ');
  const elsewhere = worlds.filter((ids) =>
    ids.some((id) => !OVERINSPECTED_CITIES.some((city) => id.includes(`|city|${city}`))),
  ).length;
  console.log(`of ${WORLDS} worlds: ${counts}; alerts elsewhere in ${elsewhere}`);
  for (const city of OVERINSPECTED_CITIES) assert.ok(WORLDS - found(city) <= mostOf(WORLDS, 0.05), counts);
  assert.ok(elsewhere <= mostOf(WORLDS, 0.05), `elsewhere ${elsewhere}`);
});
