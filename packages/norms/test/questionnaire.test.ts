import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import {
  type Answers,
  assess,
  bundledPack,
  levelOf,
  loadPack,
  NormError,
  parseCondition,
  questionnaireOf,
  readPack,
  ruleOf,
  say,
  visible,
} from '../src/index.ts';

const ca = loadPack(bundledPack('ca'));
const rule = ruleOf(ca, 'ca.aia.level', 'level').level;
const questionnaire = questionnaireOf(ca, 'ca.aia.level');
const source = (name: string) => JSON.parse(readFileSync(join(bundledPack('ca'), 'source', name), 'utf8'));

interface Element {
  readonly type: string;
  readonly name: string;
  readonly elements?: readonly Element[];
  readonly choices?: readonly { readonly value: string }[];
}

/** Canada's calculation, as its published tool states it, over the raw file: every scored question, half the mitigation. */
function publishedTool(answers: Answers): {
  level: number;
  total: number;
  max: number;
  maxMitigation: number;
} {
  const sum = { '-RS': 0, '-MS': 0 };
  const max = { '-RS': 0, '-MS': 0 };
  const value = (text: string) => {
    const number = Number(text.slice(text.lastIndexOf('-') + 1));
    return text.includes('-') && !Number.isNaN(number) ? number : 0;
  };
  for (const page of source('survey-enfr.json').pages as { elements: Element[] }[]) {
    for (const panel of page.elements) {
      const kind = panel.name.slice(-3);
      if (kind !== '-RS' && kind !== '-MS') continue;
      for (const question of panel.elements ?? []) {
        const values = (question.choices ?? []).map((choice) => value(choice.value));
        if (question.type === 'checkbox') max[kind] += values.reduce((a, b) => a + b, 0);
        else if (question.type === 'radiogroup' || question.type === 'dropdown')
          max[kind] += Math.max(0, ...values);
        else continue;
        for (const given of [answers[question.name] ?? []].flat()) sum[kind] += value(given);
      }
    }
  }
  const enough = sum['-MS'] >= 0.8 * (max['-MS'] / 2);
  const total = enough ? Math.round((1 - 0.15) * sum['-RS']) : sum['-RS'];
  const most = max['-RS'];
  const level = total <= most * 0.25 ? 1 : total <= most * 0.5 ? 2 : total <= most * 0.75 ? 3 : 4;
  return { level, total, max: most, maxMitigation: max['-MS'] / 2 };
}

const questions = questionnaire.pages.flatMap((page) => page.questions);
const chosen = questions.filter((question) => question.choices.length > 0 && question.type !== 'note');

/** Answers as a person can give them: hidden questions have none. `eager` gives the choices with most points. */
const answersDrawn = fc
  .tuple(fc.infiniteStream(fc.nat()), fc.boolean(), fc.integer({ min: 0, max: 10 }))
  .map(([stream, eager, skip]): Answers => {
    const answers: Record<string, string | string[]> = { projectDetailsPhase: 'item1' };
    const draw = () => Number(stream.next().value);
    for (const question of chosen) {
      if (question.id === 'projectDetailsPhase' || draw() % 11 < skip) continue;
      if (!visible(questionnaire, answers).questions.has(question.id)) continue;
      const best = [...question.choices].sort((a, b) => b.points - a.points);
      const one = (eager ? best[0] : best[draw() % best.length])?.id ?? '';
      answers[question.id] = question.type === 'one' ? one : eager ? best.map((choice) => choice.id) : [one];
    }
    return answers;
  });

suite("Canada's questionnaire", () => {
  test('the level, points and maximum are those of the published tool', () => {
    const levels = new Set<number>();
    fc.assert(
      fc.property(answersDrawn, (answers) => {
        const wanted = publishedTool(answers);
        const got = assess(ca, 'ca.aia.level', answers);
        assert.deepEqual(
          [got.level, got.points, got.of, got.mitigation.of],
          [wanted.level, wanted.total, wanted.max, wanted.maxMitigation],
        );
        levels.add(got.level);
      }),
      { numRuns: 120 },
    );
    assert.deepEqual([...levels].sort(), [1, 2, 3, 4], 'every level was reached');
  });

  test('what is hidden counts nothing, whatever is answered there', () => {
    fc.assert(
      fc.property(answersDrawn, fc.infiniteStream(fc.nat()), (answers, stream) => {
        const shown = visible(questionnaire, answers).questions;
        const more: Record<string, string | readonly string[]> = { ...answers };
        for (const question of chosen) {
          if (shown.has(question.id)) continue;
          const choice = question.choices[Number(stream.next().value) % question.choices.length]?.id ?? '';
          more[question.id] = question.type === 'one' ? choice : [choice];
        }
        const { ignored, ...with_ } = assess(ca, 'ca.aia.level', more);
        const { ignored: _none, ...without } = assess(ca, 'ca.aia.level', answers);
        assert.deepEqual(with_, without);
        assert.ok(ignored.length > 0);
      }),
      { numRuns: 60 },
    );
  });

  test('the duties are in the words of the published files', () => {
    const plain = (text: string) =>
      text
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    const written = [...ca.rules.values()].filter((one) => one.kind === 'obligation');
    for (const [file, language] of [
      ['obligations.en.json', 'en'],
      ['obligations.fr.json', 'fr'],
    ] as const) {
      const duties = source(file).requirements.elements as { elements: { text: string }[] }[];
      const english = source('obligations.en.json').requirements.elements as {
        elements: { text: string }[];
      }[];
      let checked = 0;
      for (const [i, duty] of duties.entries()) {
        for (const [at, { text }] of duty.elements.entries()) {
          if (english[i]?.elements[at]?.text === 'None') continue;
          const rules = written.filter((one) => one.obligation.levels?.includes(at + 1));
          const found = rules.some((one) => {
            const own = plain(say(one.texts, language).text);
            return own === plain(text) || plain(text).replace(/\W/gu, '') === own.replace(/\W/gu, '');
          });
          if (found) checked++;
          else assert.equal(language, 'fr', `level ${at + 1} of duty ${i + 1}: ${text.slice(0, 60)}`);
        }
      }
      assert.ok(checked >= (language === 'en' ? 26 : 18), `${language}: ${checked}`);
    }
  });

  test('texts are plain: no markup leaves the reader', () => {
    for (const { texts, help, choices } of questions) {
      for (const one of [texts, help, ...choices.map((choice) => choice.texts)]) {
        if (one === undefined) continue;
        for (const language of ['fr', 'en'] as const)
          assert.doesNotMatch(say(one, language).text, /<\/?[a-z]|&[a-z]+;/i);
      }
    }
  });
});

suite('levels', () => {
  test('more points are never a lower level, more mitigation never a higher one', () => {
    const points = fc.integer({ min: 0, max: 167 });
    const share = fc.integer({ min: 0, max: 77 });
    fc.assert(
      fc.property(points, points, share, share, (a, b, m, n) => {
        const at = (p: number, q: number) =>
          levelOf(rule, { points: p, of: 167 }, { points: q, of: 77 }).level;
        assert.ok(at(Math.min(a, b), m) <= at(Math.max(a, b), m));
        assert.ok(at(a, Math.max(m, n)) <= at(a, Math.min(m, n)));
      }),
    );
  });

  test('a bound that is met exactly is not exceeded, at any scale', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 100_000 }), (quarter, scale) => {
        const exact = levelOf(rule, { points: quarter * scale, of: 4 * scale });
        const above = levelOf(rule, { points: quarter * scale + 1, of: 4 * scale });
        assert.equal(exact.level, quarter);
        assert.equal(above.level, quarter + 1);
      }),
    );
  });

  test('without rounding, points keep their decimals', () => {
    const exact = levelOf({ ...rule, rounding: 'none' }, { points: 49, of: 167 }, { points: 77, of: 77 });
    assert.deepEqual([exact.points, exact.level], [41.65, 1]);
  });
});

suite('conditions', () => {
  test('and binds tighter than or; parentheses change that', () => {
    const shape = (text: string) => JSON.stringify(parseCondition(text));
    assert.equal(shape('{a}="1" or {b}="1" and {c}="1"'), shape('{a} = "1" or ({b} = "1" and {c} = "1")'));
    assert.notEqual(shape('{a}="1" or {b}="1" and {c}="1"'), shape('({a} = "1" or {b} = "1") and {c} = "1"'));
    assert.deepEqual(parseCondition("{a} contains ['x']"), { op: 'contains', question: 'a', value: 'x' });
  });

  test('anything else is refused, and nothing hangs', () => {
    for (const text of [
      '',
      '{a}',
      '{a} =',
      '{a} = b',
      '({a} = "1"',
      '{a} = "1" {b} = "2"',
      'a = "1"',
      '{a} > "1"',
      '{a} notempty',
    ]) {
      assert.throws(() => parseCondition(text), /cannot read|expected|did not expect/, text);
    }
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{a}', '"1"', '=', '!=', 'and', 'or', '(', ')', 'contains', '[', ']', ' ')),
        (words) => {
          try {
            parseCondition(words.join(' '));
          } catch (error) {
            assert.equal((error as Error).constructor.name, 'ConditionFault');
          }
        },
      ),
    );
  });

  const pack = (questions: string) => [
    {
      name: 'pack.yaml',
      text: `
pack: { id: xx, jurisdiction: XX, status: law, timeZone: UTC, languages: [en], licence: CC0, texts: { en: A country } }
questionnaires:
  - id: q
    source: drawn
    article: unknown
    effective: { from: unknown }
    certainty: platform policy
    texts: { en: Questions }
    pages:
      - { id: p, texts: { en: Page }, scores: impact, questions: [${questions}] }
`,
    },
  ];
  const one = (id: string, visibleIf = '') =>
    `{ id: ${id}, type: one, texts: { en: T }, ${visibleIf === '' ? '' : `visibleIf: '${visibleIf}', `}choices: [{ id: yes, texts: { en: Y }, points: 1 }] }`;

  test('a questionnaire is refused for conditions on nothing, on no choice, and in circles', () => {
    assert.ok(readPack(pack(`${one('a')}, ${one('b', '{a} = "yes"')}`)).questionnaires.get('q'));
    for (const [text, words] of [
      [one('a', '{z} = "yes"'), 'not asked'],
      [`${one('a')}, ${one('b', '{a} = "no"')}`, 'no choice'],
      [`${one('a', '{b} = "yes"')}, ${one('b', '{a} = "yes"')}`, 'circles'],
      [one('a', '{a} = "yes"'), 'circles'],
      [`${one('a')}, ${one('a')}`, 'twice'],
      [`${one('a').replace('one', 'many')}, ${one('b', '{a} = "yes"')}`, 'use contains'],
    ] as const) {
      assert.throws(
        () => readPack(pack(text)),
        (error) => error instanceof NormError && error.message.includes(words),
        words,
      );
    }
  });

  test('a chain of hidden questions is hidden to its end', () => {
    const read = readPack(pack(`${one('a')}, ${one('b', '{a} = "yes"')}, ${one('c', '{b} = "yes"')}`));
    const found = read.questionnaires.get('q');
    assert.ok(found);
    assert.deepEqual([...visible(found, { b: 'yes', c: 'yes' }).questions], ['a']);
    assert.deepEqual([...visible(found, { a: 'yes', b: 'yes' }).questions], ['a', 'b', 'c']);
  });
});
