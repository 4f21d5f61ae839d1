// Compiles the kernels and writes their bytes as a TypeScript module: node kernel/build.mjs PATH/TO/asc.js
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const here = new URL('.', import.meta.url);

/** The bytes of one kernel, compiled by AssemblyScript. */
export async function compile(asc, name) {
  const files = new Map();
  const { error, stderr } = await asc.main(
    [
      `${name}.ts`,
      '-O3',
      '--enable',
      'simd',
      '--runtime',
      'stub',
      '--importMemory',
      '--noAssert',
      '-o',
      `${name}.wasm`,
    ],
    {
      readFile: (path) => {
        try {
          return readFileSync(new URL(path, here), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (path, contents) => files.set(path, contents),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return files.get(`${name}.wasm`);
}

/** The module that holds the bytes. */
export function asModule(name, bytes) {
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,100}/g);
  return `/** Compiled from kernel/${name}.ts by kernel/build.mjs (AssemblyScript 0.28.20); a test compiles it again. */\nexport const ${name}Kernel: string = [\n${lines.map((line) => `  '${line}',\n`).join('')}].join('');\n`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const asc = await import(pathToFileURL(process.argv[2]).href);
  for (const name of ['walk', 'tables', 'one', 'margins']) {
    const bytes = await compile(asc, name);
    writeFileSync(new URL(`../src/kernels/${name}.ts`, here), asModule(name, bytes));
    console.log(`${name}: ${bytes.length} bytes`);
  }
}
