import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import {
  bundledPack,
  clockState,
  deadline,
  loadPack,
  type NormError,
  type Pack,
  readFolder,
  reasonTexts,
  say,
} from '../src/index.ts';
import { fromIso, type ReferenceDates, reference, toIso } from './reference.ts';

const ma = loadPack(bundledPack('ma'));
const deadlines = [...ma.rules.values()].filter((rule) => rule.kind === 'deadline');

const FIXED = ['01-01', '01-11', '05-01', '07-30', '08-14', '08-20', '08-21', '11-06', '11-18'];
const OFF_2025 = ['2025-03-31', '2025-04-01', '2025-06-07', '2025-06-09', '2025-06-27', '2025-09-05'];

/** What the pack of Morocco says, written out again by hand for the years that the sweep reaches. */
const dates: ReferenceDates = {
  off: new Set(
    [2023, 2024, 2025, 2026]
      .flatMap((year) => FIXED.map((day) => `${year}-${day}`))
      .concat(['2024-01-14', '2025-01-14', '2026-01-14', '2026-03-23', '2026-10-31'], OFF_2025)
      .map(fromIso),
  ),
  certainYears: new Set([2025]),
};

const date = (iso: string) => Temporal.PlainDate.from(iso);

function compareFrom(first: string, days: number, pack: Pack, known: ReferenceDates): void {
  for (const rule of deadlines) {
    const { length, full, roll } = rule.deadline;
    for (let i = 0; i < days; i++) {
      const start = fromIso(first) + i;
      const wanted = reference(start, { ...length, full, roll: roll === 'next-working-day' }, known);
      const got = deadline(pack, rule.id, { start: date(toIso(start)) });
      assert.equal(got.due.toString(), toIso(wanted.due), `${rule.id} from ${toIso(start)}`);
      assert.equal(got.provisional, wanted.provisional, `${rule.id} from ${toIso(start)}: provisional`);
    }
  }
}

suite('deadlines', () => {
  test('the reference knows the calendar', () => {
    assert.equal(toIso(fromIso('2024-02-29') + 1), '2024-03-01');
    for (let i = 0; i < 14_000; i += 97) {
      const plain = Temporal.PlainDate.from('1990-01-01').add({ days: i });
      assert.equal(toIso(i), plain.toString());
    }
  });

  test('400 days × every rule agree with the slow reference, over 29 February and a loaded year', () => {
    assert.ok(deadlines.length >= 10);
    compareFrom('2024-02-01', 400, ma, dates);
    compareFrom('2025-02-20', 400, ma, dates);
  });

  test('the day of the event is the day in Casablanca, in Ramadan too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 * 24 }), (hours) => {
        const instant = Temporal.Instant.from('2024-02-01T00:00:00Z').add({ hours });
        const day = instant.toZonedDateTimeISO('Africa/Casablanca').toPlainDate();
        const a = deadline(ma, 'ma.2-17-265.treat', { start: instant });
        const b = deadline(ma, 'ma.2-17-265.treat', { start: day });
        assert.equal(a.due.toString(), b.due.toString());
        const last = a.dueInstant.subtract({ nanoseconds: 1 }).toZonedDateTimeISO('Africa/Casablanca');
        assert.equal(last.toPlainDate().toString(), a.due.toString());
      }),
    );
  });

  test('a later event is never due earlier', () => {
    fc.assert(
      fc.property(fc.constantFrom(...deadlines), fc.integer({ min: 0, max: 1500 }), (rule, days) => {
        const start = date('2022-01-01').add({ days });
        const one = deadline(ma, rule.id, { start });
        const next = deadline(ma, rule.id, { start: start.add({ days: 1 }) });
        assert.ok(Temporal.PlainDate.compare(one.due, next.due) <= 0, `${rule.id} from ${start}`);
      }),
    );
  });

  test('the steps tell the computation: they begin with the event, end with the date, and never go back', () => {
    for (const rule of deadlines) {
      const { steps, started, due } = deadline(ma, rule.id, { start: date('2025-03-05') });
      assert.equal(steps[0]?.did, 'started');
      assert.equal(steps.at(-1)?.did, 'due');
      assert.equal(steps[0]?.date.toString(), started.toString());
      assert.equal(steps.at(-1)?.date.toString(), due.toString());
      for (const [i, step] of steps.entries()) {
        const before = steps[i - 1];
        assert.ok(before === undefined || Temporal.PlainDate.compare(before.date, step.date) <= 0, rule.id);
      }
    }
  });

  test('the working days told in the steps add up to the length', () => {
    for (const start of ['2025-03-05', '2025-05-30', '2025-12-20', '2024-02-10']) {
      const { steps } = deadline(ma, 'ma.31-13.16', { start: date(start) });
      const told = steps.filter((step) => step.did === 'counted').map((step) => step.length?.n ?? 0);
      assert.equal(
        told.reduce((sum, n) => sum + n, 0),
        20,
      );
    }
  });

  test('loading a year can only move a date later, and never leaves it provisional for that year', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { minLength: 4, maxLength: 9 }),
        fc.integer({ min: 0, max: 364 }),
        (offs, at) => {
          const first = date('2031-01-01');
          const names = ['aid-al-fitr', 'aid-al-adha', 'hegira-new-year', 'mawlid'];
          const days = offs.map((n, i) => `{ date: ${first.add({ days: n })}, holiday: ${names[i % 4]} }`);
          const year = (y: number, list: string[]) =>
            `  - { calendar: ma, year: ${y}, source: drawn, certainty: certain, complete: true, days: [${list}] }`;
          const next = names.map((name, i) => `{ date: 2032-0${i + 2}-02, holiday: ${name} }`);
          const text = `years:\n${year(2031, days)}\n${year(2032, next)}`;
          const loaded = loadPack(readFolder(bundledPack('ma')), [{ name: 'years/2031.yaml', text }]);
          const start = first.add({ days: at });
          for (const rule of deadlines) {
            const before = deadline(ma, rule.id, { start });
            const after = deadline(loaded, rule.id, { start });
            assert.ok(Temporal.PlainDate.compare(before.due, after.due) <= 0);
            assert.equal(after.provisional, false);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('no state, reason or text ever says that it is too late', () => {
    const told = deadline(ma, 'ma.annulment.action', {
      start: date('2025-01-02'),
      provenOn: date('2025-06-01'),
      preservedOn: date('2025-07-01'),
    });
    const state = clockState(told, Temporal.Instant.from('2026-01-01T00:00:00Z'));
    assert.equal(state.state, 'passed');
    assert.ok(told.standing, 'the standing sentence goes with it');
    const all = [told.texts, told.standing, ...told.why.map(reasonTexts)].filter(
      (texts) => texts !== undefined,
    );
    for (const texts of all) {
      for (const language of ['ar', 'zgh', 'fr', 'en'] as const) {
        const { text } = say(texts, language);
        assert.doesNotMatch(text, /too late|trop tard|forclos|expired|فات الأوان|سقط الحق/i);
      }
    }
  });

  test('an extension is counted from the date it extends, once', () => {
    const input = { start: date('2025-02-03'), extension: { ground: 'many-pieces', on: date('2025-02-20') } };
    const extended = deadline(ma, 'ma.31-13.16', input);
    const first = deadline(ma, 'ma.31-13.16', { start: input.start });
    const again = deadline(ma, 'ma.31-13.16', { start: first.due });
    assert.equal(extended.due.toString(), again.due.toString());
  });

  test('a clock that stood still resumes with the days that were left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 200 }), (asked, waited) => {
        const start = date('2025-02-03');
        const from = start.add({ days: asked });
        const to = from.add({ days: waited });
        const plain = deadline(ma, 'ma.55-19.16', { start });
        const paused = deadline(ma, 'ma.55-19.16', {
          start,
          pauses: [{ ground: 'further-information', from, to }],
        });
        assert.equal(from.until(plain.due).days, to.until(paused.due, { largestUnit: 'day' }).days);
      }),
    );
  });

  test('a question about a rule that is not there, or is none, names what could be meant', () => {
    const code = (wanted: string) => (error: NormError) => error.code === wanted && error.mend !== '';
    assert.throws(() => deadline(ma, 'ma.nothing', { start: date('2025-01-01') }), code('no-such-rule'));
    assert.throws(() => deadline(ma, 'ma.policy.I3', { start: date('2025-01-01') }), code('wrong-kind'));
  });
});
