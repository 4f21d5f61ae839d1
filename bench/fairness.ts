import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { readCells } from '../packages/fairness/src/files/index.ts';
import { audit, searchSubgroups } from '../packages/fairness/src/index.ts';

/**
 * Audits of 1M and 10M rows, 30 groups, every rate and interval, beside pandas on the same files; and the search over 8
 * attributes of 1M rows beside DuckDB's own GROUP BY CUBE. `npm run bench:fairness [-- FOLDER]`; files are made once and
 * kept in FOLDER, or in a temporary one that is deleted. Every measurement is a process of its own, with a cold engine;
 * pandas is measured before and after, and the mean is taken: machines are noisy. Needs python3-pandas.
 */
const PEER = join(import.meta.dirname, 'peers', 'fairness_pandas.py');
const PYTHON = '/usr/bin/python3';
const ATTRIBUTES = Array.from({ length: 8 }, (_, at) => `a${at}`);

interface Measured {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
  readonly fpr?: number;
  readonly version?: string;
  readonly note?: string;
}

async function timed(run: () => Promise<Partial<Measured>>): Promise<Measured> {
  const [wall, before] = [performance.now(), process.cpuUsage()];
  const more = await run();
  const { user, system } = process.cpuUsage(before);
  return {
    ...more,
    seconds: (performance.now() - wall) / 1_000,
    processor: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}

const MEASURES: Readonly<Record<string, (file: string) => Promise<Partial<Measured>>>> = {
  async audit(file) {
    const { cells } = await readCells(file, {
      by: ['region'],
      prediction: { column: 'prediction', positive: ['refused'] },
      truth: { column: 'truth', positive: ['1'] },
    });
    const { groups } = audit(cells, { favourable: 'no' });
    return { fpr: groups[0]?.metrics.fpr?.value ?? Number.NaN };
  },
  search: (file) => search(file, 3, 199),
  'search-all': (file) => search(file, 6, 0),
  async cube(file) {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const result = await connection.runAndReadAll(
      `SELECT COUNT(*)::DOUBLE FROM (SELECT ${ATTRIBUTES.join(', ')}, COUNT(*) n, COUNT(*) FILTER (p) k ` +
        `FROM read_parquet('${file}') GROUP BY CUBE (${ATTRIBUTES.join(', ')}) HAVING n >= 30)`,
    );
    return { note: `${result.getRows()[0]?.[0]} subgroups counted, none tested` };
  },
};

async function search(file: string, depth: number, replicates: number): Promise<Partial<Measured>> {
  const { cells } = await readCells(file, {
    by: ATTRIBUTES,
    prediction: { column: 'p', positive: ['true'] },
  });
  const found = searchSubgroups(cells, { favourable: 'no', depth, replicates: Math.max(1, replicates) });
  return { note: `${found.tested} subgroups tested, ${replicates} replicates, ${found.found.length} found` };
}

function own(what: string, file: string): Measured {
  const script = fileURLToPath(import.meta.url);
  const out = execFileSync(process.execPath, [...process.execArgv, script, 'measure', what, file], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return JSON.parse(out) as Measured;
}

function peer(file: string): Measured {
  return JSON.parse(execFileSync(PYTHON, [PEER, 'audit', file], { encoding: 'utf8' })) as Measured;
}

async function make(folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const rows of [1_000_000, 10_000_000]) {
    const csv = join(folder, `${rows}.csv`);
    if (!existsSync(csv)) execFileSync(PYTHON, [PEER, 'make', csv, String(rows)]);
    const parquet = join(folder, `${rows}.parquet`);
    if (!existsSync(parquet)) await connection.run(`COPY (FROM read_csv('${csv}')) TO '${parquet}'`);
  }
  const columns = ATTRIBUTES.map((name, at) => `'v' || (hash(range * 31 + ${at * 7919}) % 4) ${name}`).join(
    ', ',
  );
  await connection.run(
    `COPY (SELECT ${columns}, hash(range * 17 + 5) % 1000 < 200 p FROM range(1000000)) TO '${join(folder, 'search.parquet')}'`,
  );
  connection.closeSync();
}

async function main(wanted: string | undefined): Promise<void> {
  const folder = wanted ?? mkdtempSync(join(tmpdir(), 'taalil-fairness-'));
  try {
    await make(folder);
    console.log(
      '| rows, format | wall s (aim) | processor s | MB (aim) | pandas wall s | pandas processor s | pandas MB |',
    );
    console.log('|---|---:|---:|---:|---:|---:|---:|');
    for (const [name, aim] of [
      ['1000000.csv', '0.7 | 200'],
      ['1000000.parquet', '–|–'],
      ['10000000.csv', '0.7× | 0.3×'],
      ['10000000.parquet', '0.8 | –'],
    ] as const) {
      const file = join(folder, name);
      const before = tryPeer(file);
      const mine = own('audit', file);
      const after = tryPeer(file);
      const [aimed, memory] = aim.split('|').map((text) => text.trim());
      const mean = (of: (one: Measured) => number, digits: number) =>
        before === undefined || after === undefined ? '–' : ((of(before) + of(after)) / 2).toFixed(digits);
      if (before !== undefined && Math.abs((before.fpr ?? 0) - (mine.fpr ?? 1)) > 1e-12)
        throw new Error('rates differ');
      console.log(
        `| ${name} | ${mine.seconds.toFixed(2)} (${aimed}) | ${mine.processor.toFixed(2)} | ${mine.megabytes.toFixed(0)} (${memory}) | ${mean((one) => one.seconds, 2)} | ${mean((one) => one.processor, 2)} | ${mean((one) => one.megabytes, 0)} |`,
      );
    }
    console.log('\n| 1M rows, 8 attributes of 4 values | wall s | processor s | MB | |');
    console.log('|---|---:|---:|---:|---|');
    for (const what of ['cube', 'search', 'search-all', 'cube']) {
      const { seconds, processor, megabytes, note } = own(what, join(folder, 'search.parquet'));
      console.log(
        `| ${what} | ${seconds.toFixed(2)} | ${processor.toFixed(2)} | ${megabytes.toFixed(0)} | ${note} |`,
      );
    }
  } finally {
    if (wanted === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** `undefined` where pandas cannot read the file: Debian's has no Parquet engine. */
function tryPeer(file: string): Measured | undefined {
  return file.endsWith('.parquet') ? undefined : peer(file);
}

const [command, what, file] = process.argv.slice(2);
if (command === 'measure')
  console.log(
    JSON.stringify(
      await timed(
        () => MEASURES[what ?? '']?.(file ?? '') ?? Promise.reject(new Error(`no measure ${what}`)),
      ),
    ),
  );
else await main(command);
