import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planWithTables } from '../packages/explain/src/forest/plan.ts';
import {
  contributionsOf,
  counterfactuals,
  predictMany,
  type Rows,
  readModelFile,
} from '../packages/explain/src/index.ts';

/**
 * Exact contributions against XGBoost's own, one thread each, the same rows, in processor time.
 * `npm run bench:explain [-- FOLDER [TREESxDEPTH …]]`; models are trained once and kept in FOLDER. Needs python3-xgboost
 * (`apt-get install python3-xgboost`). XGBoost and this library take turns, and the median of the ratios of neighbours is
 * taken: machines are noisy.
 */
const PEER = join(import.meta.dirname, 'peers', 'xgboost_explain.py');
const PYTHON = '/usr/bin/python3';
const FEATURES = 30;
/** Trees × depth, how many rows XGBoost explains, the aims: times faster warm and cold. */
const CASES: readonly (readonly [name: string, peerRows: number, warm: number])[] = [
  ['100x6', 1_000, 250],
  ['500x8', 60, 250],
  ['100x10', 60, 150],
  ['100x12', 40, 100],
];
const COLD_ROWS = 10_000;

interface Measured {
  readonly loadMs: number;
  readonly coldMs: number;
  readonly preparedMs: number;
  readonly warmMicroseconds: number;
  /** Microseconds of one row: by the clock, and in processor time. */
  readonly single: { readonly p50: number; readonly p99: number; readonly processor: number };
  readonly additivity: number;
  readonly largestDifference: number;
  readonly counterfactual: { readonly p50: number; readonly p90: number } | null;
  readonly memoryMb: number;
  readonly tableMb: number;
}

interface Peer {
  readonly version: string;
  readonly loadSeconds: number;
  readonly rows: number;
  readonly batchSeconds: number;
  readonly single: { readonly p50: number; readonly p99: number };
}

/** Processor time of all threads of this process, in milliseconds. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function quantile(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? Number.NaN;
}

function floats(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** Runs in a process of its own, so that the cold figures are cold. */
function measure(folder: string): Measured {
  const data = floats(join(folder, 'rows.f32'));
  const rows: Rows = { data, count: COLD_ROWS };
  const start = processor();
  const model = readModelFile(readFileSync(join(folder, 'model.json')));
  if (model.kind !== 'trees') throw new Error('the model is not an ensemble of trees');
  const loaded = processor();
  const cold = contributionsOf(model, rows);
  const explained = processor();

  const theirs = floats(join(folder, 'contributions.f32'));
  let largestDifference = 0;
  for (let row = 0; row < theirs.length / (FEATURES + 1); row++) {
    const own = theirs.subarray(row * (FEATURES + 1), (row + 1) * (FEATURES + 1));
    const scale = own.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    for (let feature = 0; feature < FEATURES; feature++) {
      const difference = Math.abs(
        (cold.values[row * FEATURES + feature] as number) - (own[feature] as number),
      );
      largestDifference = Math.max(largestDifference, difference / scale);
    }
  }

  const single: number[] = [];
  let alone = 0;
  for (let row = 0; row < 700; row++) {
    const one = { data: data.subarray(row * FEATURES, (row + 1) * FEATURES), count: 1 };
    if (row === 200) alone = processor();
    const before = performance.now();
    contributionsOf(model, one);
    if (row >= 200) single.push((performance.now() - before) * 1_000);
  }

  const singleProcessor = ((processor() - alone) * 1_000) / single.length;

  const unprepared = processor();
  contributionsOf(model, { data: data.subarray(0, 64 * FEATURES), count: 64 }, { tablesAfterRows: 0 });
  const preparedMs = processor() - unprepared;
  const warm: number[] = [];
  let additivity = 0;
  for (let run = 0; run < 7; run++) {
    const before = processor();
    additivity = Math.max(additivity, contributionsOf(model, rows, { tablesAfterRows: 0 }).additivity);
    warm.push(((processor() - before) * 1_000) / COLD_ROWS);
  }
  return {
    loadMs: loaded - start,
    coldMs: explained - start,
    preparedMs,
    warmMicroseconds: quantile(warm.slice(2), 0.5),
    single: { p50: quantile(single, 0.5), p99: quantile(single, 0.99), processor: singleProcessor },
    additivity,
    largestDifference,
    counterfactual: folder.endsWith('100x6') ? cheapestChanges(folder) : null,
    memoryMb: process.memoryUsage().rss / 2 ** 20,
    tableMb:
      planWithTables(model.forest, 256 * 2 ** 20).tables.reduce(
        (sum, { values }) => sum + values.byteLength,
        0,
      ) /
      2 ** 20,
  };
}

/** The cheapest change of at most two features that turns a refusal, costs in standard deviations. */
function cheapestChanges(folder: string) {
  const data = floats(join(folder, 'rows.f32'));
  const model = readModelFile(readFileSync(join(folder, 'model.json')));
  if (model.kind !== 'trees') return null;
  const costs = Array.from({ length: FEATURES }, (_, feature) => {
    const column = Array.from(
      { length: COLD_ROWS },
      (_, row) => data[row * FEATURES + feature] as number,
    ).filter((x) => !Number.isNaN(x));
    const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
    return 1 / Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length);
  });
  const changeable = costs.map((cost, feature) => ({ feature, cost }));
  const { margin } = predictMany(model, { data, count: COLD_ROWS });
  const times: number[] = [];
  for (let row = 0; times.length < 120; row++) {
    if ((margin[row] as number) >= 0) continue;
    const before = processor();
    const answer = counterfactuals(model, data.subarray(row * FEATURES, (row + 1) * FEATURES), {
      changeable,
      maxFeatures: 2,
      target: { atLeast: 0 },
    });
    times.push(processor() - before);
    if (!answer.proven) throw new Error(`row ${row}: the search was not finished`);
  }
  return { p50: quantile(times.slice(20), 0.5), p90: quantile(times.slice(20), 0.9) };
}

function peer(folder: string, rows: number): Peer {
  return JSON.parse(
    execFileSync(PYTHON, [PEER, 'time', folder, String(rows), '20'], { encoding: 'utf8' }),
  ) as Peer;
}

const ROUNDS = 3;

/** Peer, own, peer, own, …, peer. */
function takeTurns(folder: string, rows: number): { peers: Peer[]; owns: Measured[] } {
  const peers = [peer(folder, rows)];
  const owns: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    owns.push(
      JSON.parse(
        execFileSync(
          process.execPath,
          [...process.execArgv, fileURLToPath(import.meta.url), 'measure', folder],
          { encoding: 'utf8' },
        ),
      ) as Measured,
    );
    peers.push(peer(folder, rows));
  }
  return { peers, owns };
}

const median = (values: readonly number[]) => quantile(values, 0.5);

function main(wanted: string | undefined, names: readonly string[]): void {
  const root = wanted ?? mkdtempSync(join(tmpdir(), 'taalil-explain-'));
  console.log(
    '| trees × depth | XGBoost µs/row | warm µs/row | times (aim) | cold 10k ms, load included | times (aim 40) | one row p50 / p99 µs (processor µs) | XGBoost one row p50 µs | preparing ms | tables MB | process MB | additivity | largest difference |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const [name, rows, aim] of CASES) {
    if (names.length > 0 && !names.includes(name)) continue;
    const folder = join(root, name);
    if (!existsSync(join(folder, 'model.json'))) {
      mkdirSync(folder, { recursive: true });
      execFileSync(PYTHON, [PEER, 'train', folder, ...name.split('x')], { stdio: 'inherit' });
    }
    const { peers, owns } = takeTurns(folder, rows);
    const perRow = (place: number) => ((peers[place] as Peer).batchSeconds / rows) * 1e6;
    const load = (place: number) => (peers[place] as Peer).loadSeconds * 1_000;
    const theirs = owns.map((_, round) => (perRow(round) + perRow(round + 1)) / 2);
    const theirCold = owns.map(
      (_, round) => ((theirs[round] as number) * COLD_ROWS) / 1_000 + (load(round) + load(round + 1)) / 2,
    );
    const times = owns.map(({ warmMicroseconds }, round) => (theirs[round] as number) / warmMicroseconds);
    const coldTimes = owns.map(({ coldMs }, round) => (theirCold[round] as number) / coldMs);
    const own = (pick: (measured: Measured) => number) => median(owns.map(pick));
    const cells = [
      `${name} (${peers[0]?.version})`,
      median(theirs).toFixed(0),
      own(({ warmMicroseconds }) => warmMicroseconds).toFixed(2),
      `${median(times).toFixed(0)} (${aim})`,
      `${own(({ coldMs }) => coldMs).toFixed(0)} (load ${own(({ loadMs }) => loadMs).toFixed(0)})`,
      median(coldTimes).toFixed(0),
      `${own(({ single }) => single.p50).toFixed(0)} / ${own(({ single }) => single.p99).toFixed(0)} (${own(({ single }) => single.processor).toFixed(0)})`,
      (median(peers.map(({ single }) => single.p50)) * 1e6).toFixed(0),
      own(({ preparedMs }) => preparedMs).toFixed(0),
      own(({ tableMb }) => tableMb).toFixed(1),
      own(({ memoryMb }) => memoryMb).toFixed(0),
      own(({ additivity }) => additivity).toExponential(1),
      own(({ largestDifference }) => largestDifference).toExponential(1),
    ];
    console.log(`| ${cells.join(' | ')} |`);
    console.log(
      `  ratios of the ${ROUNDS} turns: warm ${times.map((x) => x.toFixed(0)).join(', ')}, cold ${coldTimes.map((x) => x.toFixed(0)).join(', ')}`,
    );
    const changes = owns.flatMap(({ counterfactual }) => counterfactual ?? []);
    if (changes.length > 0)
      console.log(
        `  cheapest change of at most two of 30 features: p50 ${median(changes.map(({ p50 }) => p50)).toFixed(1)} ms, p90 ${median(changes.map(({ p90 }) => p90)).toFixed(1)} ms (aim 10)`,
      );
  }
}

const [command, ...rest] = process.argv.slice(2);
if (command === 'measure') console.log(JSON.stringify(measure(rest[0] ?? '')));
else main(command, rest);
