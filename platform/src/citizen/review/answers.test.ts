import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import {
  AUTHORITY_A,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../../test/make-platform.ts';
import { loadLive, type PublishedSystem } from '../../register/systems.ts';
import { correctedFacts, GROUNDS } from '../../reviews/index.ts';
import { answersOf, type Draft, faultsOf, openStep, readValue, STEPS, stepsFor } from './answers.ts';

let p: TestPlatform;
let system: PublishedSystem;
before(async () => {
  p = await makePlatform();
  system = await loadLive(p.store, AUTHORITY_A, SYSTEM);
});
after(() => p.dispose());

const representatives = [{ representativeId: 'rep_one', name: 'Fadma' }];
const NAMES = Object.keys(inputOf(clearCase('adverse').household));
const VALUES = [
  '',
  '0',
  '3',
  '12',
  '-1',
  '1,5',
  '2.25',
  '٧',
  'yes',
  'no',
  'villa',
  'rural',
  'x',
  '1e3',
  '9'.repeat(20),
];

/** Any answers that a hostile or confused browser could send, question by question. */
const draft: fc.Arbitrary<Draft> = fc.record(
  {
    ground: fc.record({ ground: fc.constantFrom<string>(...GROUNDS, '', 'nonsense') }),
    facts: fc.record({ facts: fc.subarray([...NAMES, 'nonsense', '__proto__']) }),
    values: fc.dictionary(fc.constantFrom(...NAMES.map((n) => `value-${n}`)), fc.constantFrom(...VALUES)),
    text: fc.record({ text: fc.constantFrom('', '  ', 'mots', 'a'.repeat(4001)) }),
    files: fc.constant({}),
    contact: fc.record({ contact: fc.constantFrom('', '06', 'b'.repeat(301)) }),
    who: fc.record({ who: fc.constantFrom('self', 'rep_one', 'rep_two', '') }),
  },
  { requiredKeys: [] },
);

test('a request is whole exactly when no question is open, and then its corrections are accepted', () => {
  const facts = inputOf(clearCase('adverse').household);
  let sent = 0;
  fc.assert(
    fc.property(draft, (answers) => {
      const asked = { record: system.record, representatives };
      const open = openStep(answers, asked);
      const request = answersOf(answers, asked);
      assert.equal(request === undefined, open !== undefined);
      if (open !== undefined) {
        assert.ok(answers[open] === undefined || Object.keys(faultsOf(open, answers, asked)).length > 0);
        return;
      }
      if (request === undefined) return;
      sent++;
      correctedFacts(system, facts, request.corrections);
      assert.ok(Object.keys(request.corrections).every((name) => request.wrongFacts.includes(name)));
      assert.ok(request.ground === 'data-wrong' || request.wrongFacts.length === 0);
      assert.ok(request.text !== '' || request.ground === 'want-person' || request.ground === 'data-wrong');
    }),
    { numRuns: 2000 },
  );
  assert.ok(sent > 20, `only ${sent} whole requests were met`);
});

test('no value that a record refuses is ever read', () => {
  for (const input of system.record.inputs) {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...VALUES), fc.string(), fc.integer().map(String)), (typed) => {
        const value = readValue(input, typed);
        if (value === undefined || value === null) return;
        correctedFacts(
          system,
          inputOf(clearCase('adverse').household),
          input.correctable ? { [input.name]: value } : {},
        );
      }),
      { numRuns: 60 },
    );
  }
});

test('the questions come in one order and none is skipped', () => {
  fc.assert(
    fc.property(draft, (answers) => {
      const steps = stepsFor(answers, system.record);
      assert.deepEqual(
        steps,
        STEPS.filter((step) => steps.includes(step)),
      );
      for (const always of ['ground', 'text', 'files', 'contact', 'who'] as const)
        assert.ok(steps.includes(always));
    }),
  );
});
