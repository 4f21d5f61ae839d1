import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseReasonWords } from '../../src/reasons/parse.ts';
import { principalReasons } from '../../src/reasons/principal.ts';
import { tellReasons } from '../../src/reasons/tell.ts';
import { tellRules } from '../../src/reasons/tell-rules.ts';
import type { ReasonLang, ReasonTopic } from '../../src/reasons/topics.ts';
import { explainCommand } from '../../src/report/command.ts';
import { decideByRules } from '../../src/rules/decide.ts';
import { parseJdm } from '../../src/rules/jdm.ts';
import { aid, bytesOf } from '../rules/graphs.ts';
import { fixture } from '../trees/fixtures.ts';

const features = ['rooms', 'rooms2', 'income', 'town', 'village', 'owner', 'kind'];
const topics: ReasonTopic[] = [
  {
    id: 'rooms',
    label: { en: 'Number of rooms', fr: 'Nombre de pièces', ar: 'عدد الغرف' },
    features: ['rooms', 'rooms2'],
    value: {
      kind: 'number',
      feature: 'rooms',
      unit: {
        en: '{value, plural, one {# room} other {# rooms}}',
        fr: '{value, plural, one {# pièce} other {# pièces}}',
        ar: '{value, plural, one {غرفة واحدة} two {غرفتان} few {# غرف} many {# غرفة} other {# غرفة}}',
      },
    },
  },
  {
    id: 'income',
    label: { en: 'Monthly income', fr: 'Revenu mensuel', ar: 'الدخل الشهري' },
    features: ['income'],
    value: { kind: 'number', feature: 'income', decimals: 2, unit: { en: 'MAD', fr: 'DH', ar: 'درهم' } },
  },
  {
    id: 'place',
    label: { en: 'Place of residence', fr: 'Lieu de résidence', ar: 'مكان الإقامة' },
    features: ['town', 'village'],
    value: {
      kind: 'one-hot',
      words: {
        town: { en: 'town', fr: 'ville', ar: 'مدينة' },
        village: { en: 'village', fr: 'village', ar: 'قرية' },
      },
    },
  },
  {
    id: 'owner',
    label: { fr: 'Propriétaire' },
    features: ['owner'],
    value: { kind: 'boolean', feature: 'owner' },
  },
  {
    id: 'kind',
    label: { en: 'Kind of work', fr: 'Type de travail', ar: 'نوع العمل' },
    features: ['kind'],
    value: {
      kind: 'choice',
      feature: 'kind',
      words: { '2': { en: 'farming', fr: 'agriculture', ar: 'فلاحة' } },
    },
  },
];
const row = [3, 9, 4200.5, 0, 1, 1, 2];
const contributions = [-0.5, -0.1, 0.3, -0.25, -0.05, 0, 0.02];
const ask = { topics, features, row, contributions, favourable: 'up' as const };
const sentences = (lang: ReasonLang, more: object = {}) => {
  const { against, inFavour, note } = tellReasons({ ...ask, lang, ...more });
  return [against, inFavour]
    .flatMap(({ reasons, rest }) => [
      ...reasons.map(({ sentence }) => sentence.text),
      ...(rest ? [rest.text] : []),
    ])
    .concat(note ? [note.text] : []);
};

test('grouped features are told as one, with values in words, in each language', () => {
  assert.deepEqual(sentences('en'), [
    'Number of rooms (3 rooms) counted against you. Its part: 67%.',
    'Place of residence (village) counted against you. Its part: 33%.',
    'Monthly income (4,200.50\u00a0MAD) counted for you. Its part: 94%.',
    'Kind of work (farming) counted for you. Its part: 6%.',
  ]);
  assert.deepEqual(
    sentences('fr').map((text) => text.replace(/[\u00a0\u202f]/g, ' ')),
    [
      'Nombre de pièces (3 pièces) a compté contre vous. Sa part : 67 %.',
      'Lieu de résidence (village) a compté contre vous. Sa part : 33 %.',
      'Revenu mensuel (4 200,50 DH) a compté pour vous. Sa part : 94 %.',
      'Type de travail (agriculture) a compté pour vous. Sa part : 6 %.',
    ],
  );
  const arabic = sentences('ar');
  assert.match(arabic[0] ?? '', /^عدد الغرف \(3 غرف\): احتُسب ضدكم\. نسبته: .*67/);
  assert.match(arabic[2] ?? '', /الدخل الشهري \(4[.,]200[.,]50\u00a0درهم\)/);
  assert.ok(!/[\u0660-\u0669]/.test(arabic.join('')), 'digits are Latin');
});

test('Tamazight is Arabic until it is written, and says so', () => {
  const { against } = tellReasons({ ...ask, lang: 'zgh' });
  assert.ok(against.reasons.every(({ sentence }) => sentence.lang === 'ar'));
  const { against: own } = tellReasons({
    ...ask,
    lang: 'zgh',
    topics: topics.map((topic) => ({ ...topic, label: { ...topic.label, zgh: 'ⵜⴰⴱⵔⴰⵜ' } })),
  });
  assert.deepEqual(own.reasons[0]?.label, { lang: 'zgh', text: 'ⵜⴰⴱⵔⴰⵜ' });
  assert.ok(own.reasons[0]?.sentence.text.startsWith('\u2068ⵜⴰⴱⵔⴰⵜ\u2069'));
});

test('missing values, other languages, estimates and what is left out are said', () => {
  const missing = sentences('en', { row: row.map(() => Number.NaN) });
  assert.ok(missing[0]?.startsWith('Number of rooms (not recorded)'));
  const few = sentences('en', { most: 1 });
  assert.ok(few.includes('One smaller reason also counted against you. Together: 33%.'));
  const owner = sentences('en', { contributions: [0, 0, 0, 0, 0, -1, 0] });
  assert.deepEqual(owner, [
    '\u2068Propriétaire\u2069 (yes) counted against you. Its part: 100%.',
    'Nothing counted for you.',
  ]);
  const rough = sentences('fr', { approximate: true });
  assert.match(rough[0] ?? '', /a sans doute compté contre vous\. Sa part est d’environ/);
  assert.match(rough.at(-1) ?? '', /estimation/);
});

test('property: principal reasons are the largest of their side; with what is left out they are everything', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 12 }),
      fc.constantFrom('up', 'down'),
      fc.integer({ min: 1, max: 6 }),
      (values, favourable, most) => {
        const all = values.map((value, index) => ({ id: String(index), value }));
        const { against, inFavour } = principalReasons(all, { favourable, most });
        for (const [side, bad] of [
          [against, favourable === 'up'],
          [inFavour, favourable === 'down'],
        ] as const) {
          const own = values.filter((value) => (bad ? value < 0 : value > 0)).map(Math.abs);
          assert.equal(side.principal.length + side.others.count, own.length);
          assert.ok(side.principal.length <= most);
          assert.equal(side.principal.length === 0, own.length === 0);
          const shares = side.principal.map(({ share }) => share);
          if (own.length > 0)
            assert.ok(Math.abs(shares.reduce((a, b) => a + b, side.others.share) - 1) < 1e-9);
          assert.deepEqual(
            side.principal.map(({ value }) => Math.abs(value)),
            own.toSorted((a, b) => b - a).slice(0, side.principal.length),
          );
        }
      },
    ),
  );
});

test('topics must cover the model, each feature once', () => {
  const told = (changed: ReasonTopic[]) => tellReasons({ ...ask, lang: 'fr', topics: changed });
  for (const [changed, path] of [
    [topics.slice(1), 'rooms'],
    [[...topics, { id: 'more', label: { fr: 'x' }, features: ['income'] }], 'more'],
    [[...topics, { id: 'more', label: { fr: 'x' }, features: ['unknown'] }], 'more'],
    [[...topics.slice(0, 4), { id: 'kind', label: {}, features: ['kind'] }], 'kind'],
    [
      [
        ...topics.slice(0, 4),
        {
          id: 'kind',
          label: { fr: 'x' },
          features: ['kind'],
          value: { kind: 'boolean' as const, feature: 'owner' },
        },
      ],
      'kind',
    ],
  ] as const) {
    assert.throws(() => told([...changed]), { name: 'ExplainError', code: 'bad-question', path });
  }
});

test('a file of words is read strictly', () => {
  const file = (change: object) =>
    new TextEncoder().encode(
      JSON.stringify({ format: 'taalil-reasons/1', favourable: 'up', topics, ...change }),
    );
  assert.deepEqual(parseReasonWords(file({})).topics, topics);
  const label = { fr: 'x' };
  for (const [change, code] of [
    [{ format: 'taalil-reasons/9' }, 'unknown-format'],
    [{ favourable: 'left' }, 'wrong-type'],
    [{ topics: [{ id: 'a', label: { de: 'x' }, features: [] }] }, 'unknown-key'],
    [{ topics: [{ id: 'a', label: { fr: '\u202eevil' }, features: [] }] }, 'wrong-type'],
    [{ topics: [{ id: 'a', label: {}, features: [] }] }, 'missing-key'],
    [
      {
        topics: [
          {
            id: 'a',
            label,
            features: ['b'],
            value: { kind: 'number', feature: 'b', unit: { fr: '{value, plural, one {x}' } },
          },
        ],
      },
      'bad-question',
    ],
    [
      {
        topics: [
          {
            id: 'a',
            label,
            features: ['b'],
            value: { kind: 'number', feature: 'b', unit: { fr: '{secret}' } },
          },
        ],
      },
      'bad-question',
    ],
    [{ topics: [{ id: 'a', label, features: ['b'], value: { kind: 'guess', feature: 'b' } }] }, 'wrong-type'],
  ] as const) {
    assert.throws(() => parseReasonWords(file(change)), { name: 'ExplainError', code });
  }
});

test('the conditions of rules in words', async () => {
  const decision = await decideByRules(parseJdm(bytesOf(aid)), {
    rent: 300,
    income: 900,
    'person.age': 40,
    region: 'north',
  });
  const words = {
    'person.age': {
      label: { en: 'Age', fr: 'Âge', ar: 'السن' },
      unit: { en: 'years', fr: 'ans', ar: 'سنة' },
    },
    burden: {
      label: { en: 'Part of the rent', fr: 'Poids du loyer', ar: 'ثقل الكراء' },
      decimals: 0,
      unit: { en: '%', fr: '%', ar: '%' },
    },
  };
  const [rule] = tellRules(decision, words, 'fr');
  assert.deepEqual([rule?.row, rule?.description], [2, 'rent weighs heavily']);
  assert.deepEqual(
    rule?.sentences.map(({ text }) => text.replace(/[\u00a0\u202f\u2068\u2069]/g, ' ').trim()),
    [
      'Âge (40 ans). La règle dit : de 18 ans à 65 ans.',
      'Poids du loyer (33 %). La règle dit : au moins 30 %.',
      'La règle est écrite ainsi :  region == "north" or region == "south"',
    ],
  );
  assert.match(
    tellRules(decision, words, 'ar')[0]?.sentences[0]?.text ?? '',
    /^السن \(40\u00a0سنة\)\. تقول القاعدة: من 18\u00a0سنة إلى 65/,
  );
});

test('on the command line', async () => {
  const model = { name: 'm', bytes: fixture('xgboost/regression-diabetes.model') };
  const lines = new TextDecoder().decode(fixture('xgboost/regression-diabetes.csv')).split('\n').slice(0, 3);
  const names = lines[0]?.split(',') ?? [];
  const words = {
    format: 'taalil-reasons/1',
    favourable: 'down',
    topics: names.map((name) => ({
      id: name,
      label: { fr: `Mesure ${name}` },
      features: [name],
      value: { kind: 'number', feature: name, decimals: 1 },
    })),
  };
  const print = async (format: 'json' | 'text' | 'html', reasons: object = words) =>
    (
      await Array.fromAsync(
        explainCommand({
          model,
          rows: { name: 'r.csv', bytes: new TextEncoder().encode(lines.join('\n')) },
          reasons: { name: 'w.json', bytes: bytesOf(reasons) },
          lang: 'fr',
          format,
        }),
      )
    ).join('');
  const report = JSON.parse(await print('json'));
  assert.match(
    report.rows[1].reasons.against.reasons[0].sentence.text,
    /^Mesure \w+ \(.*\) a compté contre vous\. Sa part : /,
  );
  assert.match(await print('text'), / {2}Mesure \w+ \(.*\) a compté pour vous/);
  assert.match(await print('html'), /<li lang="fr" dir="ltr">Mesure/);
  await assert.rejects(print('text', { ...words, topics: words.topics.slice(1) }), {
    code: 'bad-question',
    path: `w.json, ${names[0]}`,
  });
});
