import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModel, predict } from '@taalil/explain';
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
import { drawPerson, type Person } from '../worlds/soutien-menages/households.ts';
import { FAULTY_REGION, modelFile } from '../worlds/soutien-menages/model.ts';
import { PLAN } from '../worlds/soutien-menages/monitoring.ts';
import { RECORD } from '../worlds/soutien-menages/record.ts';
import { mostOf } from './binomial-bound.ts';

const plan = monitoringPlan.parse(PLAN);
const watched: Watched = {
  authorityId: 'specimen',
  systemId: 'soutien-menages',
  declared: { revision: 1, plan, declaredAt: '2023-11-06T07:00:00.000Z', declaredBy: 'setup' },
  dimensions: dimensionsOf(plan, systemRecord.parse(RECORD)),
};
const WATCHES = groupWatches(watched);
const MONTHS = 36;
const SECOND = 20;
const HOUSEHOLDS = 20_000;

/** Models of both versions, with and without the planted constant; the people are those of the demonstration. */
const models = [false, true].map((fault) =>
  ([1, 2] as const).map((version) => parseModel(modelFile({ version, fault }))),
);
const PEOPLE: readonly Person[] = (() => {
  const draws = seeded('monitor/people');
  return Array.from({ length: HOUSEHOLDS }, (_, n) => drawPerson(draws, n));
})();
/** What each model says of each person: run once, as only the month of arrival changes from world to world. */
const outcomes = models.map((versions) =>
  versions.map((model) => PEOPLE.map(({ household }) => !predict(model, { ...household }).favourable)),
);
const groups = PEOPLE.map(({ audit }) =>
  watched.dimensions.map(({ name, groupOf }) => groupOf(audit[name as keyof typeof audit])),
);

/** The months of one world: which of the people come, and when, is chance; what becomes of them is the model's. */
function looksOf(seed: string, fault: boolean): Look[] {
  const random = seeded(seed);
  const months = Array.from({ length: MONTHS }, () => new Map<string, StoredCell & { n: number }>());
  const [first, second] = outcomes[fault ? 1 : 0] as boolean[][];
  for (let i = 0; i < HOUSEHOLDS; i++) {
    const month = random.whole(0, MONTHS - 1);
    const who = random.whole(0, HOUSEHOLDS - 1);
    const adverse = (month < SECOND ? first : second)?.[who] === true;
    const changed = month < SECOND ? null : adverse && first?.[who] === false ? 1 : 0;
    const own = { opened: String(month), version: month < SECOND ? 1 : 2, adverse: adverse ? 1 : 0, changed };
    const values = [
      ...(groups[who] as (string | null)[]),
      ...COLUMNS.map((name) => (name in own ? own[name as keyof typeof own] : null)),
    ];
    const key = JSON.stringify(values);
    const cell = months[month]?.get(key) ?? { values, n: 0, scores: 0, squares: 0 };
    cell.n++;
    months[month]?.set(key, cell);
  }
  return months.map((cells, month) => ({
    month: String(month).padStart(2, '0'),
    start: month % 12 === 0 || month === SECOND,
    version: month < SECOND ? 1 : 2,
    counts: Object.fromEntries(countGroups(watched, WATCHES, [...cells.values()])),
  }));
}

function alerts(looks: readonly Look[]): string[] {
  return evidenceOf(watched, looks)
    .filter(({ points }) => points.some(({ beyond }) => beyond))
    .map(({ watch }) => watch.id);
}

const WORLDS = 30;
const fault = `change|region|${FAULTY_REGION}|rural`;

test('clean worlds stay clean over 36 months of looks: no more false alarms than 5 % allows', () => {
  const wrong = Array.from({ length: WORLDS }, (_, world) => alerts(looksOf(`clean ${world}`, false))).filter(
    (ids) => ids.length > 0,
  );
  console.log(`clean worlds with a false alarm: ${wrong.length} of ${WORLDS}`);
  assert.ok(wrong.length <= mostOf(WORLDS, 0.05), JSON.stringify(wrong));
});

test('the planted constant is found in the group it was planted in, and nothing is alerted to elsewhere', () => {
  const worlds = Array.from({ length: WORLDS }, (_, world) => alerts(looksOf(`fault ${world}`, true)));
  const found = worlds.filter((ids) => ids.includes(fault)).length;
  const elsewhere = worlds.filter((ids) => ids.some((id) => !id.includes(`|${FAULTY_REGION}`))).length;
  console.log(`planted constant found: ${found} of ${WORLDS}; alerts elsewhere in ${elsewhere}`);
  assert.ok(WORLDS - found <= mostOf(WORLDS, 0.05), `found ${found}`);
  assert.ok(elsewhere <= mostOf(WORLDS, 0.05), `elsewhere ${elsewhere}`);
});
