import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { after, test } from 'node:test';
import { CommanderError } from 'commander';
import { auditCommand } from './audit.ts';

const ROOT = normalize(join(import.meta.dirname, '../../..'));
const FIXTURES = join(ROOT, 'packages/fairness/test/fixtures');
const folder = mkdtempSync(join(tmpdir(), 'taalil-audit-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command in this process. */
async function taalil(...args: readonly string[]): Promise<Ended> {
  let [code, out, err]: [number | null, string, string] = [null, '', ''];
  const command = auditCommand({
    out: (text) => {
      out += text;
    },
    complain: (text) => {
      err += text;
    },
    exit: (given) => {
      code = given;
    },
  });
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = 3;
  }
  return { code, out, err };
}

/** The command as a process of its own. */
function spawned(...args: readonly string[]): Promise<Ended> {
  const cli = join(ROOT, 'platform/src/cli/taalil.ts');
  const child = spawn(process.execPath, [...process.execArgv, cli, 'audit', ...args]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

const COMPAS = [
  join(FIXTURES, 'compas-cells.csv'),
  ...'--prediction score_text --positive High,Medium --favourable no --count n --by race'.split(' '),
  ...'--truth two_year_recid --truth-positive 1'.split(' '),
];

test('COMPAS as JSON: version, exact counts, the verdict as the exit code', async () => {
  const { code, out } = await spawned(...COMPAS, '--format', 'json');
  assert.equal(code, 1);
  const found = JSON.parse(out);
  assert.deepEqual([found.version, found.rows, found.excluded, found.verdict], [1, 7214, {}, 'fail']);
  const [black] = found.groups;
  assert.deepEqual(black.by, { race: 'African-American' });
  assert.deepEqual(black.counts, {
    n: 3696,
    positive: 2174,
    tn: 990,
    fp: 805,
    fn: 532,
    tp: 1369,
    unlabelled: 0,
  });
  assert.equal(black.metrics.fpr.value.toFixed(4), '0.4485');
  assert.deepEqual([black.metrics.fpr.denominator, black.metrics.fpr.method], [1795, 'wilson']);
  assert.deepEqual([black.verdict, black.reason], ['fail', 'beyond']);
  assert.deepEqual(found.gaps.find((gap: { metric: string }) => gap.metric === 'fpr').between, [
    'Other',
    'African-American',
  ]);
  assert.ok(found.subgroups.length > 0 && Number.isSafeInteger(found.seed));
});

test('pass ends with 0, what is not settled with 2', async () => {
  const row = (sex: string, yes: number, n: number) => `${sex},yes,${yes}\n${sex},no,${n - yes}\n`;
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), `sex,outcome,n\n${content}`);
    return [join(folder, name), ...'--prediction outcome --positive yes --by sex --count n'.split(' ')];
  };
  const [even, few] = await Promise.all([
    taalil(...file('even.csv', row('F', 5000, 10_000) + row('M', 5000, 10_000))),
    taalil(...file('few.csv', row('F', 20, 40) + row('M', 22, 40))),
  ]);
  assert.deepEqual([even.code, few.code], [0, 2]);
  assert.match(even.out, /^No disparity beyond what is tolerated/);
  assert.match(few.out, /^The data do not settle the question/);
});

test('invalid input ends with 3 and says what to do; nothing is written', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[join(folder, 'none.csv'), ...COMPAS.slice(1)], /no such file.*Check the path/s],
    [[...COMPAS, '--by', 'rase'], /no column "rase".*Did you mean "race"/s],
    [[...COMPAS, '--tolerance', 'much'], /--tolerance: "much" is no number/],
    [[...COMPAS, '--reference', 'Caucasian'], /names no group.*race=Caucasian/s],
    [[...COMPAS, '--human', 'sex'], /Add --human-positive/],
    [[...COMPAS, '--format', 'pdf'], /Allowed choices are text, json, html, sarif/],
  ];
  const ended = await Promise.all(cases.map(([args]) => taalil(...args)));
  ended.forEach(({ code, out, err }, at) => {
    assert.deepEqual([code, out], [3, ''], err);
    assert.match(err, cases[at]?.[1] as RegExp);
  });
});

test('the process ends with 3 where an option is missing', async () => {
  const { code, err } = await spawned(...COMPAS.slice(0, 3));
  assert.equal(code, 3);
  assert.match(err, /required option/);
});

test('a page in Arabic goes to a file; the words never claim more than a disparity', async () => {
  const path = join(folder, 'audit.html');
  const { code, out } = await taalil(...COMPAS, '--format', 'html', '--language', 'ar', '--output', path);
  assert.deepEqual([code, out], [1, '']);
  const page = readFileSync(path, 'utf8');
  assert.match(page, /<html lang="ar" dir="rtl">/);
  assert.match(page, /تفاوت يتجاوز المسموح به/);
});
