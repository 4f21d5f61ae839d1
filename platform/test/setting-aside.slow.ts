import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomial, seededRandom } from '@taalil/fairness';
import { familyEvidence } from '../src/monitoring/setting-aside.ts';
import type { Look, StrataCounts, Watch } from '../src/monitoring/watch.ts';
import { mostOf } from './binomial-bound.ts';

const WORLDS = 1_000;
const GROUPS = 6;
const PEOPLE = 60;
const MONTHS = 12;
const ALPHA = 0.05;

/** Groups beside those at fault that are alerted to, in a family that spends all of α. */
function falselyAlerted(seed: number, faulty: number, edge: number): number {
  const random = seededRandom(seed);
  const watches = Array.from({ length: GROUPS }, (_, at) => ({
    kind: 'group' as const,
    id: String(at),
    dimension: 'city',
    value: String(at),
    within: undefined,
    tolerance: 0.05,
    alpha: ALPHA / GROUPS,
  }));
  // The last group is as far above the others that keep the tolerance as it may be.
  const rate = (at: number) => (at < faulty ? 0.6 : at === GROUPS - 1 ? edge : 0.2);
  const looks = Array.from({ length: MONTHS }, (_, month): Look => {
    const hits = watches.map((_, at) => binomial(random, PEOPLE, rate(at)));
    const all = hits.reduce((sum, n) => sum + n, 0);
    const counts = hits.map((n, at): [string, StrataCounts[]] => [
      String(at),
      [[n, PEOPLE, all - n, PEOPLE * (GROUPS - 1)]],
    ]);
    return {
      month: String(month).padStart(2, '0'),
      start: month === 0,
      version: 1,
      counts: Object.fromEntries(counts),
    };
  });
  return familyEvidence(watches as Watch[], looks, '').filter(
    ({ watch, points }) => Number(watch.value) >= faulty && points.some(({ beyond }) => beyond),
  ).length;
}

for (const faulty of [0, 1, 2]) {
  test(`with ${faulty} of ${GROUPS} groups at fault, one at the edge of the tolerance: 5 % of worlds alert to another`, () => {
    let wrong = 0;
    for (let world = 0; world < WORLDS; world++)
      wrong += Number(falselyAlerted(20_261_200 + world, faulty, 0.25) > 0);
    console.log(`${faulty} at fault: a false alert in ${wrong} of ${WORLDS} worlds`);
    assert.ok(wrong <= mostOf(WORLDS, ALPHA), `${wrong}`);
  });
}
