import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { type FileColumns, readCells } from '../../src/files/index.ts';
import { audit, CellBuilder, FairnessError, rowsIn } from '../../src/index.ts';
import { fixture } from '../fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-audit-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const ASKED: FileColumns = { by: ['sex'], prediction: { column: 'outcome', positive: ['refused'] } };
const refused = (pattern: string, asked: FileColumns = ASKED) =>
  readCells(pattern, asked).then(
    () => assert.fail('read'),
    (error: unknown) => {
      assert.ok(error instanceof FairnessError, String(error));
      return error;
    },
  );
const sql = async (query: string) => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(query);
  connection.closeSync();
};

test('COMPAS as counts: the columns of the command line give exact cells', async () => {
  const { cells, excluded } = await readCells(fixture('compas-cells.csv'), {
    by: ['race', 'sex'],
    prediction: { column: 'score_text', positive: ['High', 'Medium'] },
    truth: { column: 'two_year_recid', positive: ['1'] },
    count: 'n',
  });
  assert.equal(rowsIn(cells), 7214);
  assert.deepEqual(excluded, {});
  const black = audit(cells).groups.find(({ value }) => value === 'African-American');
  assert.deepEqual(black?.counts.truth, { tn: 990, fp: 805, fn: 532, tp: 1369 });
});

const ROWS = [
  ['F', 'refused', '1', '0.05', '2026-01-03', '2.5'],
  ['F', 'granted', '', '0.4', '2026-01-30', '1'],
  ['M', 'refused', '0', '1', '2026-02-01', '0.5'],
  ['', 'granted', '0', '', '2026-02-02', '1'],
  ['M', '', '1', '0.9', '2026-02-03', '1'],
] as const;
const CSV = `sex,outcome,truth,score,day,w\n${ROWS.map((row) => row.join(',')).join('\n')}\n`;
const FULL: FileColumns = {
  ...ASKED,
  truth: { column: 'truth', positive: ['1'] },
  score: 'score',
  period: 'day',
};

test('a file and rows added one by one give the same cells; dates become months; no prediction, no part', async () => {
  const builder = new CellBuilder(['sex'], ['truth', 'bin', 'period']);
  for (const [sex, outcome, truth, score, day] of ROWS.slice(0, 4)) {
    builder.add({
      attributes: { sex: sex === '' ? null : sex },
      prediction: outcome === 'refused',
      truth: truth === '' ? null : truth === '1',
      score: score === '' ? null : Number(score),
      period: day.slice(0, 7),
    });
  }
  const { cells, excluded } = await readCells(write('a.csv', CSV), FULL);
  const { attributes, count, scores, roles } = builder.build();
  assert.deepEqual(excluded, { prediction: 1 });
  assert.deepEqual(cells.attributes, attributes);
  assert.deepEqual([cells.count, cells.scores], [count, scores]);
  for (const role of ['prediction', 'truth', 'bin', 'period'] as const) {
    assert.deepEqual(cells.roles[role]?.codes, roles[role]?.codes, role);
  }
});

test('Parquet, compressed CSV, semicolons, several files and any number of threads: the same cells', async () => {
  const plain = write('same.csv', CSV);
  const parquet = join(folder, 'same.parquet');
  await sql(
    `COPY (SELECT sex, outcome, TRY_CAST(truth AS DOUBLE) truth, TRY_CAST(score AS DOUBLE) score, day::DATE AS day, w::DOUBLE w ` +
      `FROM read_csv('${plain}', all_varchar = true)) TO '${parquet}'`,
  );
  const [header, ...lines] = CSV.trim().split('\n');
  write('part-1.csv', `${header}\n${lines.slice(0, 2).join('\n')}\n`);
  write('part-2.csv', `\uFEFF${header}\r\n${lines.slice(2).join('\r\n')}`);
  const asked = { ...FULL, weight: 'w' };
  const { cells } = await readCells(plain, asked);
  for (const [pattern, threads] of [
    [parquet, 2],
    [write('same.csv.gz', gzipSync(CSV)), 1],
    [write('semicolons.csv', CSV.replaceAll(',', ';')), 1],
    [join(folder, 'part-*.csv'), 4],
  ] as const) {
    assert.deepEqual((await readCells(pattern, asked, { threads })).cells, cells, pattern);
  }
});

test('weights add up whatever the order of rows', async () => {
  const lines = Array.from(
    { length: 3000 },
    (_, at) => `${at % 2 ? 'F' : 'M'},${at % 3 ? 'refused' : 'granted'},${0.1 + (at % 97) / 7}`,
  );
  const asked = { ...ASKED, weight: 'w' };
  const [one, two] = await Promise.all([
    readCells(write('w1.csv', `sex,outcome,w\n${lines.join('\n')}`), asked),
    readCells(write('w2.csv', `sex,outcome,w\n${lines.toReversed().join('\n')}`), asked, { threads: 3 }),
  ]);
  assert.deepEqual(one.cells, two.cells);
});

test('names with quotation marks, stars and keywords are only names', async () => {
  const path = write('odd [1].csv', '"select","a""b; DROP",outcome\nx,y,refused\nx,z,granted\n');
  const { cells } = await readCells(path, { ...ASKED, by: ['select', 'a"b; DROP'] });
  assert.deepEqual(
    cells.attributes.map(({ values }) => values),
    [['x'], ['y', 'z']],
  );
});

test('a file that cannot be read is an error that says what to do', async () => {
  const says = async (pattern: string, code: string, words: RegExp, asked?: FileColumns) => {
    const error = await refused(pattern, asked);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
  };
  await says(join(folder, 'none.csv'), 'no-file', /Check the path/);
  await says(join(folder, 'none-*.csv'), 'no-file', /quotation marks/);
  await says(folder, 'no-file', /is a folder/);
  await says('https://example.org/a.csv', 'remote', /Download/);
  await says(write('empty.csv', ''), 'empty', /first line/);
  await says(write('header.csv', 'sex,outcome\n'), 'empty', /not a single row/);
  await says(write('twice.csv', 'sex,sex,outcome\n'), 'broken-line', /two columns are called "sex"/);
  await says(
    write('short.csv', 'sex,outcome\nF,refused\nF\n'),
    'broken-line',
    /short.csv, line 3: 1 values .* 2 columns/,
  );
  await says(write('long.csv', 'sex,outcome\nF,refused,1\n'), 'broken-line', /line 2: 3 values/);
  await says(
    write('quote.csv', 'sex,outcome\nF,"refused\nM,granted\n'),
    'broken-line',
    /line 2: a quotation mark/,
  );
  await says(
    write('latin.csv', Buffer.from('sex,outcome\nF\xe9,refused\n', 'latin1')),
    'unreadable',
    /UTF-8.*iconv/,
  );
  write('mixed-1.csv', 'sex,outcome\nF,refused\n');
  write('mixed-2.csv', 'outcome,sex\nrefused,F\n');
  await says(join(folder, 'mixed-*.csv'), 'unreadable', /header differs/);
  const whole = join(folder, 'whole.parquet');
  await sql(`COPY (SELECT 'F' sex, 'refused' outcome FROM range(5000)) TO '${whole}'`);
  const bytes = readFileSync(whole);
  await says(write('cut.parquet', bytes.subarray(0, bytes.length - 20)), 'truncated', /cut short/);
  await says(write('tiny.parquet', bytes.subarray(0, 6)), 'truncated', /cut short/);
});

test('columns and values that do not fit are errors that say what to do', async () => {
  const path = write('fit.csv', 'sex,outcome,n,w,s\nF,refused,1.5,-1,7\nM,granted,x,,0.5\n');
  const says = async (asked: FileColumns, code: string, words: RegExp) => {
    const error = await refused(path, asked);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
  };
  await says({ ...ASKED, by: ['sexe'] }, 'missing-column', /Did you mean "sex"\? The file has: sex, outcome/);
  await says({ ...ASKED, by: [] }, 'bad-option', /no attribute/);
  await says({ ...ASKED, by: ['sex', 'sex'] }, 'bad-option', /named twice/);
  await says(
    { ...ASKED, prediction: { column: 'outcome', positive: ['Refused'] } },
    'positive-absent',
    /"Refused".*it holds "granted", "refused"/s,
  );
  await says(
    { ...ASKED, prediction: { column: 'outcome', positive: [] } },
    'bad-option',
    /which values mean yes/,
  );
  await says({ ...ASKED, count: 'n' }, 'bad-count', /2 values are no whole numbers/);
  await says({ ...ASKED, weight: 'w' }, 'bad-weight', /2 values/);
  await says({ ...ASKED, score: 's' }, 'bad-score', /1 values/);
});

test('a column of names is no attribute', async () => {
  const lines = Array.from({ length: 5000 }, (_, at) => `person-${at},refused`);
  const error = await refused(write('names.csv', `sex,outcome\n${lines.join('\n')}\n`));
  assert.equal(error.code, 'too-many-groups');
  assert.match(error.message, /sex: it has more than 1000 values.*by decade/s);
});

test('progress ends at the whole', async () => {
  let last = 0;
  await readCells(write('progress.csv', CSV), ASKED, {
    progress: (share) => {
      assert.ok(share >= last && share <= 1);
      last = share;
    },
  });
  assert.equal(last, 1);
});
