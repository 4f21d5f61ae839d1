import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import { WebError } from './error.ts';
import { minifyCss } from './minify.ts';

interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly path: string;
}

const require = createRequire(import.meta.url);
const own = (name: string) => readFileSync(new URL(name, import.meta.url));
const designSystem = (name: string) =>
  readFileSync(require.resolve(`@digdir/designsystemet-css/${name}.css`), 'utf8');

/** The components of the design system that pages use; each is drawn by our own theme. */
const DESIGN_SYSTEM = ['button', 'field', 'fieldset', 'input', 'link', 'skip-link', 'tag', 'error-summary'];
const OWN = ['theme', 'base', 'layout', 'facts', 'tables', 'forms', 'letter', 'citizen', 'print'];

const CSS = 'text/css; charset=utf-8';

function load(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  const add = (name: string, type: string, body: Buffer | string) => {
    const bytes = Buffer.from(body);
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    const path = `/assets/${name.replace(/(\.\w+)$/, `.${hash}$1`)}`;
    assets.set(name, { type, body: bytes, path });
    return path;
  };
  const sheets = [
    ...DESIGN_SYSTEM.map(designSystem),
    ...OWN.map((name) => own(`styles/${name}.css`).toString()),
  ];
  add('taalil.css', CSS, minifyCss(sheets.join('\n')));
  const font = readFileSync(
    require.resolve('@fontsource/noto-sans-tifinagh/files/noto-sans-tifinagh-tifinagh-400-normal.woff2'),
  );
  const url = add('tifinagh.woff2', 'font/woff2', font);
  add('tifinagh.css', CSS, minifyCss(own('styles/tifinagh.css').toString().replace('FONT_URL', url)));
  add('icon.svg', 'image/svg+xml', own('styles/icon.svg'));
  add('queue.js', 'text/javascript; charset=utf-8', own('queue.js'));
  return assets;
}

const loaded = load();
const byPath = new Map([...loaded.values()].map((asset) => [asset.path, asset]));

/**
 * The address of an asset, its content's hash in the name, so that it can be kept for ever.
 *
 * @throws WebError `unknown-asset`.
 */
export function assetUrl(name: string): string {
  const asset = loaded.get(name);
  if (asset) return asset.path;
  throw new WebError('unknown-asset', `No asset "${name}"; there are: ${[...loaded.keys()].join(', ')}`);
}

/** Serves `/assets/*`; mount it at the root of the main app: `app.route('/', assets)`. */
export const assets = new Hono().get('/assets/:file', (c) => {
  const asset = byPath.get(c.req.path);
  if (!asset) return c.notFound();
  return c.body(new Uint8Array(asset.body), 200, {
    'Content-Type': asset.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    'X-Content-Type-Options': 'nosniff',
  });
});
