import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomial, type Random, seededRandom } from '@taalil/fairness';
import { excessEvidence } from './excess.ts';
import { familyEvidence } from './setting-aside.ts';
import type { Look, StrataCounts, Watch } from './watch.ts';

const ALPHA = 0.05;
const TOLERANCE = 0.05;

/** A family of watches with one group for each rate, and its looks at so many months of so many people a group. */
function family(random: Random, rates: readonly number[], { months = 12, people = 12, newModel = 99 } = {}) {
  const watches = rates.map(
    (_, at): Watch => ({
      kind: 'group',
      id: `group|city|${at}`,
      dimension: 'city',
      value: String(at),
      within: undefined,
      tolerance: TOLERANCE,
      alpha: ALPHA / rates.length,
    }),
  );
  const looks = Array.from({ length: months }, (_, month): Look => {
    const version = month < newModel ? 1 : 2;
    const hits = rates.map((rate) => binomial(random, people, rate));
    const all = hits.reduce((sum, n) => sum + n, 0);
    const counts = hits.map((n, at): [string, StrataCounts[]] => [
      (watches[at] as Watch).id,
      [[n, people, all - n, people * (rates.length - 1)]],
    ]);
    return {
      month: String(month).padStart(2, '0'),
      start: month === 0 || month === newModel,
      version,
      counts: Object.fromEntries(counts),
    };
  });
  return { watches, looks };
}

const found = (evidence: readonly { watch: Watch; points: readonly { beyond: boolean }[] }[]) =>
  evidence.filter(({ points }) => points.some(({ beyond }) => beyond)).map(({ watch }) => watch.value);

test('a second group with the same fault is found, sooner than while the first one hides it', () => {
  const random = seededRandom(5);
  let [alone, together] = [0, 0];
  for (let world = 0; world < 12; world++) {
    const { watches, looks } = family(random, [0.65, 0.5, 0.15, 0.15, 0.15]);
    const without = watches.map((watch) => excessEvidence(watch, looks, { from: '' }));
    alone += Number(found(without).includes('1'));
    const names = found(familyEvidence(watches, looks, ''));
    together += Number(names.includes('1'));
    for (const name of found(without)) assert.ok(names.includes(name));
    assert.ok(names.every((name) => name === '0' || name === '1'));
  }
  assert.ok(together > alone, `${together} against ${alone}`);
});

test('a group is set aside from the look after its alert on, and is back with the next model', () => {
  const { watches, looks } = family(seededRandom(6), [0.9, 0.2, 0.2], { people: 30, newModel: 8 });
  const [first, second] = familyEvidence(watches, looks, '');
  const alert = first?.points.findIndex(({ beyond }) => beyond) ?? -1;
  assert.ok(alert > 0 && alert < 6);
  const others = (at: number) => second?.points[at]?.others.total;
  const aside = second?.points.map(({ setAside }) => setAside.join());
  const from = aside?.indexOf('0') ?? -1;
  // From the first look where the α that was passed on tells more, from the one after the alert otherwise.
  assert.ok(from === 0 || from === alert + 1);
  assert.deepEqual([others(7), others(8)], [30, 60]);
  assert.equal(aside?.[8], '');
  assert.ok(first?.points.every(({ setAside }) => setAside.length === 0));
  // What a look saw is judged by looks before it alone: later months change nothing of it.
  const early = familyEvidence(watches, looks.slice(0, alert), '');
  early.forEach(({ points }, at) => {
    const whole = excessEvidence(watches[at] as Watch, looks, { from: '' }).points;
    assert.deepEqual(points, whole.slice(0, alert));
  });
});
