import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marginsKernel } from '../src/kernels/margins.ts';
import { oneKernel } from '../src/kernels/one.ts';
import { tablesKernel } from '../src/kernels/tables.ts';
import { walkKernel } from '../src/kernels/walk.ts';

const kernels: readonly [string, string][] = [
  ['walk', walkKernel],
  ['tables', tablesKernel],
  ['one', oneKernel],
  ['margins', marginsKernel],
];

test('compiling the kernels gives the committed bytes', async (context) => {
  const compiler = 'assemblyscript/asc';
  const asc: unknown = await import(compiler).catch(() => undefined);
  if (asc === undefined) {
    const message =
      'SKIPPED: assemblyscript 0.28.20 is not installed, so the committed kernels were not compiled again';
    console.log(message);
    context.skip(message);
    return;
  }
  const builder = '../kernel/build.mjs';
  const { compile } = (await import(builder)) as {
    compile: (asc: unknown, name: string) => Promise<Uint8Array>;
  };
  for (const [name, committed] of kernels) {
    assert.equal(Buffer.from(await compile(asc, name)).toString('base64'), committed, name);
  }
});
