import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExplainError } from '../../src/error.ts';
import { explainCommand, type ReportFormat } from '../../src/report/command.ts';
import type { Report } from '../../src/report/report.ts';
import { bytesOf, household } from '../scorecard/household.ts';
import { closeTo } from './close.ts';
import { answers, fixture, flat } from './fixtures.ts';

const wine = fixture('xgboost/multiclass-wine.model');
const wineRows = new TextDecoder().decode(fixture('xgboost/multiclass-wine.csv'));
const binary = fixture('xgboost/binary-depth6.model');
const binaryRows = new TextDecoder()
  .decode(fixture('xgboost/binary-depth6.csv'))
  .split('\n')
  .slice(0, 6)
  .join('\n');

interface Asked {
  readonly model: Uint8Array;
  readonly rows: string;
  readonly format: ReportFormat;
  readonly against?: string;
  readonly counterfactual?: number;
  readonly changeable?: string;
}

const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

async function printed({ model, rows, against, ...rest }: Asked): Promise<string> {
  const pieces = await Array.fromAsync(
    explainCommand({
      ...rest,
      model: { name: 'm.model', bytes: model },
      rows: file('r.csv', rows),
      ...(against === undefined ? {} : { against: file('b.csv', against) }),
    }),
  );
  return pieces.join('');
}

test('the JSON has the promised shape and XGBoost’s numbers', async () => {
  const report = JSON.parse(await printed({ model: wine, rows: wineRows, format: 'json' })) as Report;
  assert.deepEqual(
    { ...report.model, sha256: report.model.sha256.length },
    { format: 'xgboost-json', trees: 90, outputs: 3, sha256: 64 },
  );
  assert.equal(report.features.length, 13);
  assert.equal(report.rows.length, 178);
  const expected = answers<{ margin: number[][]; prediction: number[][]; contributions: number[][][] }>(
    'xgboost/multiclass-wine.answers',
  );
  report.rows.forEach((row, index) => {
    assert.deepEqual(row.margin.map(Math.fround), expected.margin[index]?.map(Math.fround));
    closeTo(row.prediction, expected.prediction[index] ?? [], 1e-6);
    closeTo(
      row.contributions.flatMap((list, output) => [...list, row.bias[output] as number]),
      flat(expected.contributions[index]),
      1e-5,
    );
  });
});

test('columns are found by name in any order', async () => {
  const turned = wineRows
    .trim()
    .split('\n')
    .map((line) => line.split(',').reverse().join(','))
    .join('\r\n');
  assert.equal(
    await printed({ model: wine, rows: turned, format: 'json' }),
    await printed({ model: wine, rows: wineRows, format: 'json' }),
  );
});

test('background rows, and the cheapest change with its proof', async () => {
  const report = JSON.parse(
    await printed({
      model: binary,
      rows: binaryRows,
      against: binaryRows,
      counterfactual: 2,
      format: 'json',
    }),
  ) as Report;
  assert.ok(report.additivity < 1e-10);
  for (const { margin, counterfactual } of report.rows) {
    assert.ok(counterfactual?.proven);
    assert.ok((counterfactual.found?.margin[0] as number) > 0 !== (margin[0] as number) > 0);
  }
});

test('text and HTML name the largest contributions, escaped', async () => {
  const text = await printed({ model: binary, rows: binaryRows, format: 'text' });
  assert.match(text, /row 5: margin -2\.51388, prediction 0\.074890/);
  assert.match(text, /f9 +1\.47338 +█+/);
  assert.match(text, /largest \|bias \+ contributions − margin\|: \d/);
  const named = new TextDecoder().decode(wine).replace('"w0"', '"<script>"');
  const html = await printed({
    model: new TextEncoder().encode(named),
    rows: wineRows.replace('w0', '<script>'),
    format: 'html',
  });
  assert.ok(!html.includes('<script>'));
  assert.ok(html.includes('&#60;script&#62;'));
});

test('only what is changeable changes, in its direction', async () => {
  const ask = { model: binary, rows: binaryRows, counterfactual: 2, format: 'json' } as const;
  const report = JSON.parse(await printed({ ...ask, changeable: 'f9:down, f10,f1' })) as Report;
  const changes = report.rows.flatMap(({ counterfactual }) => counterfactual?.found?.changes ?? []);
  assert.ok(changes.length > 0);
  for (const { feature, from, to } of changes) {
    assert.ok(['f9', 'f10', 'f1'].includes(feature));
    assert.ok(feature !== 'f9' || to < from);
  }
  for (const changeable of ['f99', 'f9:sideways', 'f9,f9', '']) {
    await assert.rejects(printed({ ...ask, changeable }), { code: 'bad-question', path: 'changeable' });
  }
  const none = JSON.parse(await printed({ ...ask, changeable: 'f0', counterfactual: 1 })) as Report;
  assert.ok(none.rows.some(({ counterfactual }) => counterfactual?.found === null && counterfactual.proven));
});

test('a logistic model is turned by the cheapest change too', async () => {
  const model = fixture('sklearn/logistic.model');
  const rows = '0.1,-1,0.5,2,1\n-2,1,0,0.5,-1\n';
  const report = JSON.parse(
    await printed({ model, rows, against: rows, counterfactual: 1, format: 'json' }),
  ) as Report;
  for (const { margin, counterfactual } of report.rows) {
    assert.ok(counterfactual?.proven);
    assert.ok((counterfactual.found?.margin[0] as number) > 0 !== (margin[0] as number) > 0);
  }
});

test('a scorecard prints exact explanations', async () => {
  const rows =
    'milieu,region,members,age,waterSpending,rooms,ownMeter,headWork\nurban,south,2,61,3120.50,2,true,employee\n';
  const {
    rows: [first],
  } = JSON.parse(await printed({ model: bytesOf(household), rows, format: 'json' }));
  assert.equal(first.score, '9.75014535');
  assert.match(
    await printed({ model: bytesOf(household), rows, format: 'text' }),
    /row 1: refused \(urban\)\n +base +9\.0728\n +household-size +0\.2984/,
  );
  const ask = { model: bytesOf(household), rows, counterfactual: 1, changeable: 'members:up' } as const;
  assert.match(await printed({ ...ask, format: 'text' }), /granted with members 2 → 3/);
  assert.match(await printed({ ...ask, format: 'html' }), /<p>granted with members 2 → 3<\/p>/);
  const [withChange] = JSON.parse(await printed({ ...ask, format: 'json' })).rows;
  assert.equal(withChange.counterfactual.flips[0].prediction.outcome, 'granted');
  await assert.rejects(
    printed({
      model: bytesOf(household),
      rows: `${rows}urban,south,200,61,1,2,true,employee\n`,
      format: 'json',
    }),
    {
      code: 'fact-range',
      path: 'r.csv, line 3, members',
    },
  );
});

const bad: [string, string, string][] = [
  ['an empty file', '', 'line 1'],
  ['a missing column', wineRows.replace('w0,', ''), 'line 1'],
  ['a value too many', `${wineRows.trim()},5\n`, 'line 179'],
  ['a column of another name', wineRows.replace('w0', 'alcohol'), 'line 1'],
  ['a column twice', wineRows.replace('w1', 'w0'), 'line 1'],
  ['a row that is too short', `${wineRows.split('\n')[0]}\n1,2,3\n`, 'line 2'],
  [
    'text in a number',
    wineRows.replace('14.229999542236328', '14,23'.replace(',', '·')),
    'line 2, column w0',
  ],
  ['NaN as text', wineRows.replace('14.229999542236328', 'nan'), 'line 2, column w0'],
  ['an infinite value', wineRows.replace('14.229999542236328', '1e999'), 'line 2, column w0'],
  ['a quote that is not closed', wineRows.replace('14.229999542236328', '"14'), 'line 2, column 1'],
];
for (const [name, rows, path] of bad) {
  test(`rows refused: ${name}`, async () => {
    await assert.rejects(
      () => printed({ model: wine, rows, format: 'json' }),
      (error) =>
        error instanceof ExplainError && error.code === 'bad-rows' && error.path === `r.csv, ${path}`,
      name,
    );
  });
}

test('a model without names takes columns in order, with or without a header; an empty cell is missing', async () => {
  const model = fixture('lightgbm/constant.txt');
  const unnamed = fixture('sklearn/tree.model');
  assert.equal(
    JSON.parse(await printed({ model: unnamed, rows: '1,2,3,,5\n', format: 'json' })).rows.length,
    1,
  );
  assert.equal(
    JSON.parse(await printed({ model: unnamed, rows: 'a,b,c,d,e\n1,2,3,4,5\n', format: 'json' })).rows.length,
    1,
  );
  await assert.rejects(() => printed({ model: unnamed, rows: '1,2\n', format: 'json' }), {
    code: 'bad-rows',
  });
  await assert.rejects(() => printed({ model, rows: '1,2\n', format: 'json' }), { code: 'bad-rows' });
});
