// Loads the project's TypeScript: Node strips the types itself, esbuild makes pages (.tsx) into calls of hono/jsx.
// What was compiled is kept in node_modules/.cache, as every command and every test file starts by loading some
// hundreds of modules. Where nothing can be kept, everything works as well, only more slowly.
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks, setSourceMapsSupport } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules/.cache/taalil');
const require = createRequire(import.meta.url);

enableCompileCache(join(cache, 'compiled'));
setSourceMapsSupport(true);
registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.tsx')) return next(url, context);
    return { format: 'module', source: page(fileURLToPath(url)), shortCircuit: true };
  },
});

function page(file) {
  const text = readFileSync(file, 'utf8');
  const kept = join(cache, 'pages', `${relative(root, file).replaceAll(/[\\/]/g, '+')}.js`);
  const mark = `//${require('esbuild/package.json').version} ${hash('sha256', text)}\n`;
  const known = read(kept);
  if (known?.startsWith(mark)) return known;
  const { code } = require('esbuild').transformSync(text, {
    loader: 'tsx',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    target: 'esnext',
    sourcefile: file,
    sourcemap: 'inline',
    banner: mark.trim(),
  });
  keep(kept, code);
  return code;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whole or not at all: other processes may be reading and writing the same file. */
function keep(file, text) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch {}
}
