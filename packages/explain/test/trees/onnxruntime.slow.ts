import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { makeRandom } from '../../src/black-box/random.ts';
import { rowsOf } from '../../src/forest/rows.ts';
import { MODEL_FILE_LIMITS } from '../../src/formats/limits.ts';
import { parseOnnx } from '../../src/formats/onnx.ts';
import { predictMany } from '../../src/rows-model.ts';
import { closeTo } from './close.ts';

/** ONNX Runtime takes 290 MB, so it lives in a folder of its own and is installed by this test alone. */
const FOLDER = join(import.meta.dirname, '../../../../interop/onnxruntime');
const FIXTURES = join(import.meta.dirname, '../fixtures/onnx');
const ROWS = 2_000;
const COLUMNS = 4;
const SPECIAL = [-1, -0.5, 0, 0.25, 0.5, 1, Number.NaN];

interface Tensor {
  readonly data: Float32Array | Float64Array | BigInt64Array;
}
interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly { readonly type: string }[];
  run(feeds: Record<string, unknown>, fetches: readonly string[]): Promise<Record<string, Tensor>>;
}
interface Runtime {
  readonly InferenceSession: { create(path: string): Promise<Session> };
  readonly Tensor: new (type: string, data: Float32Array | Float64Array, dims: readonly number[]) => unknown;
}

let runtime: Runtime;
before(() => {
  const wanted = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8')).dependencies[
    'onnxruntime-node'
  ];
  const installed = join(FOLDER, 'node_modules/onnxruntime-node/package.json');
  if (!existsSync(installed) || JSON.parse(readFileSync(installed, 'utf8')).version !== wanted) {
    const npm = join(dirname(process.execPath), process.platform === 'win32' ? 'npm.cmd' : 'npm');
    const done = spawnSync(existsSync(npm) ? npm : 'npm', ['ci', '--ignore-scripts'], {
      cwd: FOLDER,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    assert.equal(done.status, 0, `npm ci in interop/onnxruntime: ${done.stderr}`);
  }
  runtime = createRequire(join(FOLDER, 'package.json'))('onnxruntime-node') as Runtime;
});

for (const file of globSync('*.onnx', { cwd: FIXTURES }).sort()) {
  test(`${file}: ONNX Runtime's own scores for ${ROWS} random rows, thresholds and missing values among them`, async () => {
    const model = parseOnnx(readFileSync(join(FIXTURES, file)), MODEL_FILE_LIMITS);
    const session = await runtime.InferenceSession.create(join(FIXTURES, file));
    const random = makeRandom(file.length);
    const missing = model.kind === 'trees';
    const values = Array.from({ length: ROWS * COLUMNS }, () => {
      if (random() < 0.5) return Math.fround(3 * random() - 1.5);
      return SPECIAL[Math.floor(random() * (missing ? SPECIAL.length : SPECIAL.length - 1))] as number;
    });
    const double = session.inputMetadata[0]?.type === 'float64';
    const data = double ? Float64Array.from(values) : Float32Array.from(values);
    const [input = ''] = session.inputNames;
    const last = session.outputNames.at(-1) as string;
    const tensor = new runtime.Tensor(double ? 'float64' : 'float32', data, [ROWS, COLUMNS]);
    const answer = (await session.run({ [input]: tensor }, [last]))[last];
    assert.ok(answer);
    const own = predictMany(model, rowsOf(Float64Array.from(values), COLUMNS)).prediction;
    closeTo(own, Array.from(answer.data, Number), 2e-6);
  });
}
