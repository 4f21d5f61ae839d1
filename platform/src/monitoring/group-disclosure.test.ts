import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutGroups, type GroupCut, type GroupTally } from './group-disclosure.ts';

const total = (counts: Readonly<Record<string, GroupTally>>): GroupTally =>
  Object.values(counts).reduce<GroupTally>(([a, n], [b, m]) => [a + b, n + m], [0, 0]);

test('a small group is withheld, and another with it, so that it cannot be computed back', () => {
  const cut = cutGroups(undefined, '2026-01-31', { a: [40, 200], b: [15, 60], c: [3, 20], d: [90, 300] });
  assert.deepEqual(cut?.groups, { a: [40, 200], d: [90, 300] });
  assert.deepEqual(cut?.rest, [18, 80]);
  assert.equal(cutGroups(undefined, '2026-01-31', { a: [9, 200], b: [40, 200] }), undefined);
  const whole = cutGroups(undefined, '2026-01-31', { a: [10, 20], b: [30, 90] });
  assert.deepEqual(whole, { day: '2026-01-31', groups: { a: [10, 20], b: [30, 90] }, rest: null });
});

test('what was published moves with all the others or not at all', () => {
  const first = cutGroups(undefined, '2026-01-31', { a: [40, 200], b: [40, 200] });
  assert.equal(cutGroups(first, '2026-02-28', { a: [60, 260], b: [45, 260] }), undefined);
  assert.deepEqual(cutGroups(first, '2026-03-31', { a: [60, 260], b: [50, 260] })?.groups, {
    a: [60, 260],
    b: [50, 260],
  });
});

/** Months of arrivals in up to five groups, from nobody to many. */
const arrivals = fc.array(
  fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 60 })), { minLength: 5, maxLength: 5 }),
  { minLength: 1, maxLength: 12 },
);

test('no difference of two published figures, of whatever months, is about one to nine people', () => {
  fc.assert(
    fc.property(arrivals, (months) => {
      const names = ['a', 'b', 'c', 'd', ''];
      const counts: Record<string, GroupTally> = {};
      let standing: GroupCut | undefined;
      /** Every published number by what it is about; sums over the same people at different months. */
      const published = new Map<string, GroupTally[]>();
      const add = (about: string, tally: GroupTally) =>
        published.set(about, [...(published.get(about) ?? []), tally]);
      months.forEach((month, m) => {
        month.forEach(([adverse, other], g) => {
          const [a, n] = counts[names[g] as string] ?? [0, 0];
          counts[names[g] as string] = [a + adverse, n + adverse + other];
        });
        const next = cutGroups(standing, `2026-${m}`, counts);
        if (next === undefined) return;
        standing = next;
        for (const [group, tally] of Object.entries(next.groups)) add(group, tally);
        const all = total(counts);
        assert.deepEqual(total({ ...next.groups, rest: next.rest ?? [0, 0] }), all);
        // What any set of published groups leaves of the total: the others that are published, and the rest.
        if (next.rest !== null) add(`rest of ${Object.keys(next.groups).join()}`, next.rest);
        // What was told together before, seen through what is told now.
        for (const group of Object.keys(next.groups)) {
          const [a, n] = next.groups[group] as GroupTally;
          assert.ok(a >= 10 && n - a >= 10, `${group} ${a} of ${n}`);
        }
        if (next.rest !== null) assert.ok(next.rest[0] >= 10 && next.rest[1] - next.rest[0] >= 10);
      });
      for (const [about, tallies] of published) {
        for (const [i, [a, n]] of tallies.entries()) {
          for (const [b, m] of tallies.slice(0, i)) {
            const difference = [a - b, n - a - (m - b)];
            const nobody = difference.every((people) => people === 0);
            assert.ok(nobody || difference.every((people) => people >= 10), `${about}: ${difference}`);
          }
        }
      }
    }),
    { numRuns: 400 },
  );
});
