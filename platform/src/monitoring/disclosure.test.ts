import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { advance, type Standing } from './disclosure.ts';
import { figuresOf, totalsOf } from './figures.ts';
import { closePeriod, type Edge, type Period } from './periods.ts';
import { NOTHING, SERIES, type SeriesName, type Tally } from './tally.ts';

/** What happened on one day. */
interface Day {
  readonly byRule: number;
  readonly confirmed: number;
  readonly overridden: number;
  readonly asked: number;
  readonly upheld: number;
  readonly rejected: number;
}

const day = (most: number) =>
  fc.record({
    byRule: fc.nat(most),
    confirmed: fc.nat(most),
    overridden: fc.nat(Math.ceil(most / 4)),
    asked: fc.nat(Math.ceil(most / 4)),
    upheld: fc.nat(Math.ceil(most / 6)),
    rejected: fc.nat(Math.ceil(most / 6)),
  });

/** Quiet, busy and bursting systems; some days no snapshot is taken. */
const history = fc.constantFrom(1, 3, 12, 60, 400).chain((most) =>
  fc.array(fc.record({ events: fc.oneof(day(most), day(0)), taken: fc.boolean() }), {
    minLength: 20,
    maxLength: 100,
  }),
);

const add = (t: Tally, d: Day): Tally => ({
  decided: t.decided + d.byRule + d.confirmed + d.overridden,
  adverse: t.adverse + d.confirmed,
  byPerson: t.byPerson + d.confirmed + d.overridden,
  overridden: t.overridden + d.overridden,
  asked: t.asked + d.asked,
  answered: t.answered + d.upheld + d.rejected,
  upheld: t.upheld + d.upheld,
  days: { ...t.days, 7: (t.days[7] ?? 0) + d.upheld, 12: (t.days[12] ?? 0) + d.rejected },
});

/** Everything published over the whole history, in the order of publication. */
function publish(days: readonly { events: Day; taken: boolean }[], start = '2026-01-01') {
  let standing: Standing = { from: start, cuts: {} };
  let edge: Edge | undefined;
  let tally = NOTHING;
  const truth: Record<string, Tally> = {};
  const totals: Standing[] = [];
  const periods: Period[] = [];
  const close = (today: string) => {
    const closed = closePeriod(standing, edge, today);
    if (closed === undefined) return;
    periods.push(closed.period);
    edge = closed.edge;
  };
  for (const [i, { events, taken }] of days.entries()) {
    const date = Temporal.PlainDate.from(start).add({ days: i });
    tally = add(tally, events);
    truth[date.toString()] = tally;
    if (!taken && date.day !== date.daysInMonth) continue;
    close(date.toString());
    standing = advance(standing, date.toString(), tally);
    close(date.add({ days: 1 }).toString());
    totals.push(standing);
  }
  return { truth, totals, periods };
}

/** The groups of people that somebody could tell apart who knows every published figure. */
const GROUPS: Readonly<Record<SeriesName, (t: Tally) => readonly number[]>> = {
  volume: (t) => [t.decided],
  adverse: (t) => [t.decided, t.adverse, t.decided - t.adverse],
  overridden: (t) => [
    t.overridden,
    t.byPerson - t.overridden,
    t.byPerson,
    t.decided - t.byPerson,
    t.decided - t.overridden,
  ],
  asked: (t) => [t.asked],
  upheld: (t) => [t.answered, t.upheld, t.answered - t.upheld],
};

test('any two published figures differ by nobody or by whole groups of ten and more', () => {
  fc.assert(
    fc.property(history, (days) => {
      const { totals, periods } = publish(days);
      for (const name of SERIES) {
        const known: { day: string; tally: Tally }[] = totals.flatMap((s) => s.cuts[name] ?? []);
        let sum: Tally | undefined = NOTHING;
        for (const { to, tallies } of periods) {
          const more = tallies[name];
          sum = more && sum && (plus(sum, more) as Tally);
          if (more !== undefined) assertGroups(GROUPS[name](more), `${name} period to ${to}`);
          if (sum !== undefined) known.push({ day: to, tally: sum });
        }
        known.sort((a, b) => a.day.localeCompare(b.day));
        let before = NOTHING;
        for (const { day: at, tally } of known) {
          const [now, then] = [GROUPS[name](tally), GROUPS[name](before)];
          assertGroups(now, `${name} total on ${at}`);
          const grown = now.map((cell, i) => cell - (then[i] ?? 0));
          if (grown.some((cell) => cell !== 0)) assertGroups(grown, `${name} grown by ${at}`);
          before = tally;
        }
      }
    }),
    { numRuns: 300 },
  );
});

function plus(a: Tally, b: Tally): Tally {
  return {
    ...NOTHING,
    ...Object.fromEntries(Object.keys(NOTHING).map((k) => [k, field(a, k) + field(b, k)])),
  };
}

function field(t: Tally, name: string): number {
  return name === 'days' ? 0 : (t[name as Exclude<keyof Tally, 'days'>] as number);
}

function assertGroups(groups: readonly number[], what: string): void {
  assert.ok(
    groups.every((people) => people >= 10),
    `${what}: ${groups.join(', ')}`,
  );
}

test('what is told by subtraction is known of the same days', () => {
  fc.assert(
    fc.property(history, (days) => {
      const { totals } = publish(days);
      const cutDays = (name: SeriesName) => new Set(totals.flatMap(({ cuts }) => cuts[name]?.day ?? []));
      assert.ok(cutDays('overridden').isSubsetOf(cutDays('adverse')));
      assert.ok(cutDays('adverse').isSubsetOf(cutDays('volume')));
    }),
    { numRuns: 40 },
  );
});

test('what is published is true: totals as of their day, periods of their days', () => {
  fc.assert(
    fc.property(history, (days) => {
      const { truth, totals, periods } = publish(days);
      for (const { cuts } of totals) {
        for (const name of SERIES) {
          const cut = cuts[name];
          if (cut !== undefined)
            assert.deepEqual(GROUPS[name](cut.tally), GROUPS[name](truth[cut.day] as Tally));
        }
      }
      let last: string | undefined;
      for (const { from, to, tallies } of periods) {
        const before = last === undefined ? NOTHING : (truth[last] as Tally);
        const start =
          last === undefined ? '2026-01-01' : Temporal.PlainDate.from(last).add({ days: 1 }).toString();
        assert.equal(from, start, 'periods follow one another');
        for (const name of SERIES) {
          const grown = tallies[name];
          if (grown === undefined) continue;
          const [now, then] = [GROUPS[name](truth[to] as Tally), GROUPS[name](before)];
          assert.deepEqual(
            GROUPS[name](grown),
            now.map((cell, i) => cell - (then[i] ?? 0)),
          );
        }
        last = to;
      }
    }),
    { numRuns: 150 },
  );
});

const steady = (days: number, events: Partial<Day>) =>
  Array.from({ length: days }, () => ({
    taken: true,
    events: { byRule: 0, confirmed: 0, overridden: 0, asked: 0, upheld: 0, rejected: 0, ...events },
  }));

test('a day that brings fewer than ten keeps the figure of the day before', () => {
  const { totals } = publish(steady(20, { byRule: 3, confirmed: 3 }));
  const volumes = totals.map((s) => totalsOf(s).figures.volume);
  assert.deepEqual(volumes.slice(0, 4), [null, 12, 12, 24]);
});

test('a small group is withheld, whether it is the count or the complement', () => {
  const refusedFew = publish(steady(31, { byRule: 20 }).with(4, steady(1, { confirmed: 9 })[0] as never));
  const figures = totalsOf(refusedFew.totals.at(-1) as Standing).figures;
  assert.equal(figures.volume, 30 * 20 + 9);
  assert.equal(figures.adverse, null);
  const refusedAllButFew = publish(
    steady(31, { confirmed: 20 }).with(4, steady(1, { byRule: 9 })[0] as never),
  );
  assert.equal(totalsOf(refusedAllButFew.totals.at(-1) as Standing).figures.adverse, null);
});

test('a busy system has its months, each whole, and a total a day old', () => {
  const { totals, periods } = publish(
    steady(75, { byRule: 40, confirmed: 20, overridden: 4, asked: 5, upheld: 2, rejected: 3 }),
  );
  assert.deepEqual(
    periods.map(({ from, to }) => [from, to]),
    [
      ['2026-01-01', '2026-01-31'],
      ['2026-02-01', '2026-02-28'],
    ],
  );
  const january = figuresOf(periods[0]?.tallies ?? {});
  assert.equal(january.volume, 31 * 64);
  assert.equal(january.adverse?.share, '0.313');
  assert.equal(january.overridden?.of, 31 * 24);
  assert.equal(january.reviews_asked_at_least, 150);
  assert.equal(january.reviews_upheld?.count, 62);
  assert.equal(january.review_days?.median, '12');
  const total = totalsOf(totals.at(-1) as Standing);
  assert.equal(total.until.volume, '2026-03-16');
  assert.equal(total.figures.volume, 75 * 64);
});

test('months with too few people are told together', () => {
  const { periods } = publish(
    steady(90, { byRule: 0 }).map((d, i) =>
      i % 20 === 5 ? { ...d, events: { ...d.events, byRule: 6 } } : d,
    ),
  );
  assert.deepEqual(
    periods.map(({ from, to, tallies }) => [from, to, tallies.volume?.decided]),
    [
      ['2026-01-01', '2026-01-31', 12],
      ['2026-02-01', '2026-03-31', 18],
    ],
  );
});
