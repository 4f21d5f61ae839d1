import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import {
  type Answer,
  bundledPack,
  clocks,
  loadPack,
  type NormError,
  obligations,
  openQuestions,
  type Pack,
  provenStart,
  type SafeguardFacts,
  safeguards,
} from '../src/index.ts';

const ma = loadPack(bundledPack('ma'));
const ca = loadPack(bundledPack('ca'));
const announced = loadPack(bundledPack('ma-announced'));
const date = (iso: string) => Temporal.PlainDate.from(iso);

const answered: Answer = {
  pack: 'ma',
  question: 'profiling',
  answer: false,
  because: 'It sorts dates',
  answeredBy: 'jurist-1',
  answeredOn: date('2026-01-04'),
};

const factsDrawn = fc.record(
  {
    impactLevel: fc.integer({ min: 1, max: 4 }),
    outcomeAdverse: fc.boolean(),
    answers: fc.constantFrom<readonly Answer[]>([], [answered], [{ ...answered, answer: true }]),
  },
  { requiredKeys: ['outcomeAdverse'] },
) as fc.Arbitrary<SafeguardFacts>;

const packsDrawn = fc.subarray([ma, ca, announced]);

suite('safeguards', () => {
  test('the strictest wins: a further pack never asks for less', () => {
    fc.assert(
      fc.property(packsDrawn, fc.constantFrom(ma, ca, announced), factsDrawn, (packs, more, facts) => {
        const few = safeguards(packs, facts);
        const many = safeguards([...packs.filter((pack) => pack !== more), more], facts);
        if (!packs.includes(more)) {
          assert.ok(many.people >= few.people);
          assert.ok(!few.certified || many.certified);
          assert.ok(!few.competent || many.competent);
        }
      }),
    );
  });

  test('the order of packs changes nothing', () => {
    fc.assert(
      fc.property(packsDrawn, factsDrawn, (packs, facts) => {
        const { because: _a, rule: a, ...one } = safeguards(packs, facts);
        const { because: _b, rule: b, ...two } = safeguards([...packs].reverse(), facts);
        assert.deepEqual(one, two);
        assert.equal(a?.id, b?.id);
      }),
    );
  });

  test('the rule named really asks for what is required, and a person is required exactly when a rule asks', () => {
    fc.assert(
      fc.property(packsDrawn, factsDrawn, (packs, facts) => {
        const found = safeguards(packs, facts);
        const asking = found.because.filter((one) => one.status === 'asks');
        assert.equal(
          found.personRequired,
          asking.some((one) => one.requires.people > 0),
        );
        assert.equal(found.rule?.id, asking[0]?.rule.id);
        assert.equal(found.people, asking[0]?.requires.people ?? 0);
      }),
    );
  });

  test('an adverse outcome always takes a certified, competent person under the pack of Morocco', () => {
    fc.assert(
      fc.property(packsDrawn, factsDrawn, (packs, facts) => {
        const found = safeguards([...packs.filter((pack) => pack !== ma), ma], {
          ...facts,
          outcomeAdverse: true,
        });
        assert.ok(found.personRequired && found.certified && found.competent);
      }),
    );
  });

  test('what is only announced asks for nothing and binds nobody', () => {
    const bound: Pack = { ...ma, id: 'draft', status: 'announced' };
    assert.deepEqual(safeguards([bound], { outcomeAdverse: true }).because, []);
    assert.ok(obligations([announced], {}).every((one) => one.status === 'announced'));
  });

  test('the questions left open are told with the rules that rest on them, until they are answered', () => {
    const open = openQuestions([ma]).map((one) => one.question.id);
    assert.deepEqual(open, ['profiling', 'document-on-request', 'investment', 'silence-is-acceptance']);
    const left = openQuestions([ma], [answered]);
    assert.deepEqual(
      left.map((one) => one.question.id),
      open.slice(1),
    );
    assert.ok(left[0]?.rules.includes('ma.55-19.10'));
    assert.equal(openQuestions([ma], [answered], date('2026-01-03')).length, 4, 'not answered yet that day');
  });

  test('an answer about another pack is not counted for this one', () => {
    const other = { ...answered, pack: 'ca' };
    assert.throws(() => safeguards([ma, ca], { outcomeAdverse: true, answers: [other] }), {
      code: 'no-such-rule',
    });
    assert.equal(safeguards([ma], { outcomeAdverse: true, answers: [other] }).because[2]?.status, 'asks');
  });

  test('a level that is none is refused', () => {
    for (const impactLevel of [0, 2.5, Number.NaN, 11]) {
      assert.throws(
        () => safeguards([ma], { outcomeAdverse: true, impactLevel }),
        (error: NormError) => error.code === 'out-of-range',
      );
    }
  });
});

suite('clocks', () => {
  const ids = (event: string, request?: string, answers: readonly Answer[] = []) =>
    clocks(
      [ma, ca, announced],
      { event, answers, ...(request === undefined ? {} : { request }) },
      { start: date('2025-06-30') },
    ).map((clock) => `${clock.rule.id} ${clock.due}`);

  test('where two rules conflict, the earlier date comes first', () => {
    assert.deepEqual(ids('request-received', 'complaint'), [
      'ma.2-17-265.acknowledge 2025-07-15',
      'ma.2-17-265.8 2025-08-29',
      'ma.2-17-265.treat 2025-09-01',
    ]);
  });

  test('each kind of request has a clock of its own, verified or not', () => {
    const kinds = [
      'revision',
      'complaint',
      'rectification',
      'opposition',
      'appeal-to-author',
      'appeal-to-superior',
    ];
    for (const kind of kinds) assert.ok(ids('request-received', kind).length > 0, kind);
    assert.deepEqual(ids('request-received', 'rectification'), ['ma.09-08.8 2025-07-11']);
  });

  test('a kind of request that the desk has not qualified starts no clock of another kind', () => {
    assert.deepEqual(ids('request-received'), []);
    assert.deepEqual(ids('notification-proven'), ['ma.annulment.action 2025-08-29']);
  });

  test('law 55-19 starts a clock only where a jurist said that it applies, and one of its two', () => {
    const answer = (question: string): Answer => ({ ...answered, question, answer: true });
    assert.deepEqual(ids('file-complete', 'document'), []);
    assert.deepEqual(ids('file-complete', 'document', [answer('document-on-request')]), [
      'ma.55-19.16 2025-08-30',
    ]);
    assert.deepEqual(
      ids('file-complete', 'document', [answer('document-on-request'), answer('investment')]),
      ['ma.55-19.16.investment 2025-07-31'],
    );
  });

  test('a rule that was not in force starts none', () => {
    const found = clocks(
      [ma],
      { event: 'request-received', request: 'complaint' },
      { start: date('2017-06-30') },
    );
    assert.deepEqual(found, []);
  });
});

suite('notifications', () => {
  test('nothing proven, no clock', () => {
    assert.equal(provenStart({ notifiedOn: date('2026-01-04') }), undefined);
  });
});
