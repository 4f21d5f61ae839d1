import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomial, seededRandom } from '@taalil/fairness';
import { concerns, type Observed } from './figures.ts';

const DESKS = 1_000;
const WORDS = { confirm: 'confirm', override: 'override' } as const;

interface Habit {
  /** Chance to catch a wrong proposal. */
  readonly catches: number;
  /** Chance to sign after a glance. */
  readonly glances: number;
}

/** A desk whose people have these habits, seen for a while. */
function desk(
  random: ReturnType<typeof seededRandom>,
  habits: readonly Habit[],
  exercises: number,
  files: number,
): Observed {
  const rows: Pick<Observed, 'exercises' | 'signed'> = {
    exercises: habits.flatMap(({ catches }, i) => {
      const caught = binomial(random, exercises, catches);
      return Array.from({ length: exercises }, (_, k) => ({
        staff: `r${i}`,
        wrong: 1,
        word: k < caught ? WORDS.override : WORDS.confirm,
      }));
    }),
    signed: habits.flatMap(({ glances }, i) => {
      const glanced = binomial(random, files, glances);
      return Array.from({ length: files }, (_, k) => ({
        staff: `r${i}`,
        decision: `r${i}-${k}`,
        case: `r${i}-${k}`,
        seconds: k < glanced ? 4 : 300,
        facts: 20,
        agreed: 1,
      }));
    }),
  };
  return { ...rows, judged: [], reviewed: new Map() };
}

/** One-sided 99 % upper bound for "at most `share` of n": more than this contradicts the claim. */
function mostOf(n: number, share: number): number {
  return Math.floor(n * share + 2.326 * Math.sqrt(n * share * (1 - share)) + 0.5);
}

test(`at ${DESKS} desks where all work alike, somebody is named at 5 % of them at the most`, () => {
  const random = seededRandom(20_261_128);
  let named = 0;
  for (let i = 0; i < DESKS; i++) {
    const people = 2 + random.index(9);
    const habit = { catches: 0.3 + 0.65 * random.uniform(), glances: 0.3 * random.uniform() };
    const seen = desk(
      random,
      Array.from({ length: people }, () => habit),
      5 + random.index(20),
      30 + random.index(300),
    );
    if (concerns(seen).length > 0) named++;
  }
  assert.ok(named <= mostOf(DESKS, 0.05), `${named} of ${DESKS} desks`);
});

test('somebody who signs in four seconds and catches nothing is named at 95 % of desks at the least', () => {
  const random = seededRandom(20_261_129);
  let found = 0;
  for (let i = 0; i < DESKS; i++) {
    const usual = Array.from({ length: 3 }, () => ({ catches: 0.85, glances: 0.02 }));
    const seen = desk(random, [...usual, { catches: 0, glances: 1 }], 8, 60);
    const named = concerns(seen);
    if (named.some(({ staffId }) => staffId === 'r3')) found++;
    assert.ok(named.length > 0);
  }
  assert.ok(DESKS - found <= mostOf(DESKS, 0.05), `${found} of ${DESKS}`);
});
