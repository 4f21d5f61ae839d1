import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { approximateContributions } from '../../src/black-box/approximate.ts';
import { type AskRows, askOver } from '../../src/black-box/ask.ts';
import type { BlackBoxModel } from '../../src/black-box/model.ts';
import { rowsOf } from '../../src/forest/rows.ts';
import { readModelFile } from '../../src/formats/read.ts';
import { explainCommand } from '../../src/report/command.ts';
import { contributionsAgainst, predictRows } from '../../src/trees.ts';
import { csvRows, fixture } from '../trees/fixtures.ts';
import { readXgboost } from '../trees/read.ts';

const trees = readXgboost('regression-diabetes');
const all = csvRows('xgboost/regression-diabetes.csv');
const columns = trees.features.length;
const background = rowsOf(Float64Array.from(all.slice(0, 16).flat()), columns);
const row = Float64Array.from(all[40] ?? []);
const inside: AskRows = (rows) => Promise.resolve(predictRows(trees, rows).margin);

test('estimates lie as far from the exact values as their standard errors say, and shrink with more pairs', async () => {
  const exact = contributionsAgainst(trees, { data: row, count: 1 }, background).values;
  const off: number[] = [];
  for (let seed = 1; seed <= 20; seed++) {
    const found = await approximateContributions(inside, row, background, { pairs: 64, seed });
    assert.equal(found.approximate, true);
    assert.ok(found.additivity < 1e-9);
    exact.forEach((value, place) => {
      const error = found.standardErrors[place] as number;
      const distance = Math.abs((found.values[place] as number) - value);
      if (error > 0) off.push(distance / error);
      else assert.ok(distance < 1e-9);
    });
  }
  const within = (errors: number) => off.filter((own) => own <= errors).length / off.length;
  assert.ok(off.length > 100);
  assert.ok(within(1) > 0.55 && within(1) < 0.8, `${within(1)} within one standard error, not about 0.68`);
  assert.ok(within(3) > 0.96, `${within(3)} within three standard errors`);
  const mean = (list: Float64Array) => list.reduce((a, b) => a + b, 0);
  const few = await approximateContributions(inside, row, background, { pairs: 32 });
  const many = await approximateContributions(inside, row, background, {
    pairs: 256,
    maxEvaluations: 50_000,
  });
  const ratio = mean(few.standardErrors) / mean(many.standardErrors);
  assert.ok(ratio > 2.5 && ratio < 6, `16 times the pairs gave ${ratio} times less`);
});

test('the same seed gives the same numbers; a tolerance ends earlier; bounds are kept', async () => {
  const ask = { pairs: 40, seed: 7 };
  assert.deepEqual(
    await approximateContributions(inside, row, background, ask),
    await approximateContributions(inside, row, background, ask),
  );
  const rough = await approximateContributions(inside, row, background, { pairs: 200, tolerance: 0.5 });
  assert.ok(rough.pairs < 200);
  let asked = 0;
  const counting: AskRows = (rows) => {
    asked += rows.count;
    return inside(rows);
  };
  const bounded = await approximateContributions(counting, row, background, {
    pairs: 1_000,
    maxEvaluations: 400,
  });
  assert.ok(asked <= 400);
  assert.equal(bounded.evaluations, asked);
  await assert.rejects(approximateContributions(inside, row, background, { pairs: 4 }), {
    code: 'bad-question',
  });
  await assert.rejects(approximateContributions(inside, row, background, { maxEvaluations: 20 }), {
    code: 'bad-question',
  });
});

test('a model that contradicts itself is not explained', async () => {
  let calls = 0;
  const fickle: AskRows = ({ count }) => Promise.resolve(new Float64Array(count).fill(calls++));
  await assert.rejects(approximateContributions(fickle, row, background), { code: 'bad-answer' });
});

let server: Server;
let origin: string;
const seen: { url: string; authorization: string | undefined }[] = [];
let reply: (rows: (number | null)[][]) => string = () => '';
let status = 200;
let delay = 0;
before(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', authorization: request.headers.authorization });
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      setTimeout(() => {
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {});
        response.end(reply(JSON.parse(body).rows));
      }, delay);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const describe = (extra: object = {}) =>
  new TextEncoder().encode(
    JSON.stringify({ format: 'taalil-http/1', url: `${origin}/predict`, features: trees.features, ...extra }),
  );
const answer = (rows: (number | null)[][]) => {
  const data = Float64Array.from(rows.flat(), (value) => value ?? Number.NaN);
  return JSON.stringify({
    outputs: Array.from(predictRows(trees, rowsOf(data, columns)).margin, (value) => [value]),
  });
};

test('a model behind an address: rows travel in the body, in batches, and only to an allowed origin', async () => {
  reply = answer;
  const model = readModelFile(describe({ batch: 5 })) as BlackBoxModel;
  assert.equal(model.kind, 'black-box');
  assert.throws(() => askOver(model, { allow: ['https://127.0.0.1'] }), { code: 'not-allowed' });
  const ask = askOver(model, { allow: [origin], headers: { authorization: 'Bearer x' } });
  const rows = rowsOf(Float64Array.from(all.slice(0, 12).flat()), columns);
  seen.length = 0;
  assert.deepEqual(await ask(rows), predictRows(trees, rows).margin);
  assert.deepEqual(seen, Array(3).fill({ url: '/predict', authorization: 'Bearer x' }));
});

test('answers that are late, wrong, endless or elsewhere are refused without repeating them', async () => {
  const model = readModelFile(describe()) as BlackBoxModel;
  const rows = rowsOf(row, columns);
  const refused = async (code: string, options: { timeout?: number } = {}) => {
    await assert.rejects(
      askOver(model, { allow: [origin], ...options })(rows),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, code, error.message);
        assert.ok(!error.message.includes('private'));
        return true;
      },
    );
  };
  for (const wrong of [
    '{"outputs":[[1],[2]]}',
    '{"outputs":[["private"]]}',
    '{"outputs":[[null]]}',
    '{"outputs":[[NaN]]}',
    '{"outputs":[]}',
    'private',
    '',
    `{"outputs":[[1]],"more":"${'x'.repeat(1e5)}"}`,
  ]) {
    reply = () => wrong;
    await refused('bad-answer');
  }
  reply = () => 'private';
  status = 500;
  await refused('unreachable');
  status = 302;
  await refused('unreachable');
  status = 200;
  delay = 400;
  await refused('unreachable', { timeout: 50 });
  delay = 0;
});

test('addresses that could keep or lead astray are refused when the file is read', () => {
  for (const url of [
    'ftp://a.example/x',
    'https://user:pw@a.example/',
    'https://a.example/?row=1',
    'nowhere',
    'file:///etc/passwd',
  ]) {
    assert.throws(() => readModelFile(describe({ url })), { code: 'bad-name', path: 'url' });
  }
  assert.throws(() => readModelFile(describe({ features: ['a', 'a'] })), { code: 'duplicate-id' });
  assert.throws(() => readModelFile(describe({ outputs: 1e9 })), { code: 'out-of-limits' });
});

test('on the command line every form says that it is approximate', async () => {
  reply = answer;
  const csv = new TextDecoder().decode(fixture('xgboost/regression-diabetes.csv')).split('\n');
  const file = (name: string, lines: string[]) => ({
    name,
    bytes: new TextEncoder().encode(lines.join('\n')),
  });
  const ask = {
    model: { name: 'm', bytes: describe() },
    rows: file('r.csv', csv.slice(0, 2)),
    allow: [origin],
  };
  const print = async (format: 'json' | 'text' | 'html') =>
    (await Array.fromAsync(explainCommand({ ...ask, against: file('b.csv', csv.slice(0, 9)), format }))).join(
      '',
    );
  const report = JSON.parse(await print('json'));
  assert.equal(report.approximate, true);
  assert.equal(report.rows[0].standardErrors[0].length, columns);
  for (const format of ['text', 'html'] as const) {
    const text = await print(format);
    assert.match(text, /approximate/);
    assert.match(text, /±/);
  }
  await assert.rejects(Array.fromAsync(explainCommand({ ...ask, format: 'json' })), {
    code: 'bad-question',
    path: 'against',
  });
});
