import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/**
 * One classic script from TypeScript modules, for a page: esbuild, minified, nothing left to import. The same sources and
 * the pinned esbuild give the same bytes, so anybody can make it again and compare.
 *
 * Classic and not a module, because browsers refuse modules to a page opened from a file.
 */
export function bundleScript(entry: URL): string {
  // Loaded here: most processes never bundle anything.
  const esbuild = require('esbuild') as typeof import('esbuild');
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
