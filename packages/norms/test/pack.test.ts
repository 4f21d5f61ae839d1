import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { bundledPack, loadPack, NormError, type NormErrorCode, readFolder, readPack } from '../src/index.ts';

const HEAD = `
pack:
  id: xx
  jurisdiction: XX
  status: law
  timeZone: Africa/Casablanca
  languages: [en]
  licence: CC0
  texts: { en: A country }
calendars:
  - id: xx
    texts: { en: Days off }
    weekend: [6, 7]
    fixed: []
    lunar: []
`;

const RULE = `
rules:
  - id: xx.answer
    kind: deadline
    source: Law 1
    article: "2"
    effective: { from: 2020-01-01 }
    certainty: certain
    texts: { en: An answer within ten days }
    deadline:
      kind: duty
      starts: request-received
      length: { n: 10, unit: calendar-day }
      roll: none
      calendar: xx
`;

function refused(rule: string, head = HEAD): NormError {
  try {
    readPack([
      { name: 'pack.yaml', text: head },
      { name: 'rules.yaml', text: rule },
    ]);
  } catch (error) {
    assert.ok(error instanceof NormError, String(error));
    return error;
  }
  return assert.fail('it was accepted');
}

suite('packs', () => {
  test('the small pack is accepted', () => {
    const pack = readPack([
      { name: 'pack.yaml', text: HEAD },
      { name: 'rules.yaml', text: RULE },
    ]);
    assert.equal(pack.rules.get('xx.answer')?.article, '2');
    assert.equal(pack.texts.ar.state, 'to be commissioned');
  });

  const faults: readonly [string, (text: string) => string, NormErrorCode, string, number][] = [
    ['a number for an article', (t) => t.replace('"2"', '2'), 'wrong-type', 'rules[0].article', 6],
    ['no article at all', (t) => t.replace('    article: "2"\n', ''), 'missing', 'rules[0].article', 3],
    ['no source', (t) => t.replace('    source: Law 1\n', ''), 'missing', 'rules[0].source', 3],
    [
      'no effective date',
      (t) => t.replace('{ from: 2020-01-01 }', '{}'),
      'missing',
      'rules[0].effective.from',
      7,
    ],
    [
      'a day that does not exist',
      (t) => t.replace('2020-01-01', '2021-02-29'),
      'wrong-value',
      'rules[0].effective.from',
      7,
    ],
    [
      'a certainty of its own',
      (t) => t.replace('certain\n', 'quite sure\n'),
      'wrong-value',
      'rules[0].certainty',
      8,
    ],
    [
      'an unknown field',
      (t) => t.replace('    source', '    sauce: x\n    source'),
      'unknown-field',
      'rules[0].sauce',
      5,
    ],
    ['a missing language', (t) => t.replace('en: An', 'fr: An'), 'missing', 'rules[0].texts.en', 9],
    [
      'a final Tamazight text',
      (t) => t.replace('{ en: An', '{ zgh: ⵜⴰⴱⵔⴰⵜ, en: An'),
      'wrong-value',
      'rules[0].texts.zgh',
      9,
    ],
    [
      'a length of nothing',
      (t) => t.replace('n: 10', 'n: 0'),
      'wrong-value',
      'rules[0].deadline.length.n',
      13,
    ],
    ['half a day', (t) => t.replace('n: 10', 'n: 1.5'), 'wrong-value', 'rules[0].deadline.length.n', 13],
    [
      'a unit of its own',
      (t) => t.replace('calendar-day', 'moon'),
      'wrong-value',
      'rules[0].deadline.length.unit',
      13,
    ],
    [
      'a calendar that is not there',
      (t) => t.replace('calendar: xx', 'calendar: yy'),
      'dangling',
      'rules[0].deadline.calendar',
      15,
    ],
    [
      'information without its standing sentence',
      (t) => t.replace('kind: duty', 'kind: information'),
      'missing',
      'rules[0].deadline.standing',
      10,
    ],
    [
      'a question that is not asked',
      (t) => t.replace('    deadline', '    appliesIf: { x: true }\n    deadline'),
      'dangling',
      'rules[0].appliesIf.x',
      10,
    ],
    [
      'an announced rule among laws',
      (t) => t.replace(' certain\n', ' announced, not law\n'),
      'wrong-value',
      'rules[0].certainty',
      8,
    ],
    ['the same rule twice', (t) => `${t}${t.replace('\nrules:', '')}`, 'duplicate', 'rules[1].id', 17],
  ];
  for (const [name, change, code, path, line] of faults) {
    test(`refused: ${name}`, () => {
      const changed = change(RULE);
      assert.notEqual(changed, RULE, 'the fault was put in');
      const error = refused(changed);
      assert.deepEqual([error.code, error.path, error.problems[0]?.line], [code, path, line], error.message);
      assert.equal(error.file, 'rules.yaml');
      assert.ok(error.mend.length > 3);
    });
  }

  test('every fault is told at once', () => {
    const two = `${RULE.replace('"2"', '2')}${RULE.replace('\nrules:', '').replace('xx.answer', 'xx.b').replace('n: 10', 'n: 0')}`;
    assert.deepEqual(
      refused(two).problems.map((problem) => problem.path),
      ['rules[0].article', 'rules[1].deadline.length.n'],
    );
  });

  test('duplicate keys, aliases, tags and broken YAML are refused with their line', () => {
    for (const [text, line] of [
      ['rules: []\nrules: []\n', 2],
      ['rules: [\n', 2],
      ['a: !!binary aGk=\nrules: []\n', 1],
    ] as const) {
      const error = refused(text);
      assert.equal(error.code, 'malformed');
      assert.equal(error.problems[0]?.line, line, error.message);
    }
    const bomb = `x: &a [1]\nrules: ${'[*a, '.repeat(3)}*a]]]\n`;
    assert.equal(refused(bomb).code, 'malformed');
  });

  test('a folder that is not there is unreadable', () => {
    assert.throws(
      () => loadPack('/nowhere/at/all'),
      (error) => error instanceof NormError && error.code === 'unreadable',
    );
  });

  test('two heads, or none, are refused', () => {
    assert.equal(refused(RULE, '').code, 'wrong-type');
    assert.equal(refused(RULE, 'calendars: []').code, 'missing');
    assert.equal(refused(HEAD).code, 'duplicate');
  });

  test('a year called complete that lacks a feast is refused', () => {
    const text = `
years:
  - calendar: ma
    year: 2030
    source: drawn
    certainty: certain
    complete: true
    days: [{ date: 2030-02-05, holiday: aid-al-fitr }]
`;
    assert.throws(
      () => loadPack(readFolder(bundledPack('ma')), [{ name: 'years/2030.yaml', text }]),
      (error) =>
        error instanceof NormError && error.path === 'years[0].complete' && error.what.includes('mawlid'),
    );
  });

  test('a hostile file never does more than be refused', () => {
    const sources = readFolder(bundledPack('ma')).filter((file) => file.name.includes('complaints'));
    const [file] = sources;
    assert.ok(file);
    const head = HEAD.replace('id: xx\n    texts', 'id: ma\n    texts');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: file.text.length }),
        fc.integer({ min: 0, max: 40 }),
        fc.oneof(
          fc.string(),
          fc.constantFrom('{', '}', ': ', '\n- ', '&a ', '*a', '__proto__: 1\n', 'constructor: 1\n', '!!js '),
        ),
        (at, cut, put) => {
          const text = file.text.slice(0, at) + put + file.text.slice(at + cut);
          try {
            readPack([
              { name: 'pack.yaml', text: head },
              { name: file.name, text },
            ]);
          } catch (error) {
            assert.ok(error instanceof NormError, String(error));
            assert.ok(error.problems.every((problem) => problem.what !== '' && problem.mend !== ''));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
