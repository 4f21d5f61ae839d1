import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import { bundleScript } from './bundle.ts';
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
const OWN = ['theme', 'base', 'layout', 'facts', 'tables', 'chart', 'forms', 'letter', 'citizen', 'print'];

const CSS = 'text/css; charset=utf-8';

const JS = 'text/javascript; charset=utf-8';

const loaded = new Map<string, Asset>();
const byPath = new Map<string, Asset>();
const scripts = new Map<string, URL>();

function add(name: string, type: string, body: Buffer | string): string {
  const bytes = Buffer.from(body);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const path = `/assets/${name.replace(/(\.\w+)$/, `.${hash}$1`)}`;
  const asset = { type, body: bytes, path };
  loaded.set(name, asset);
  byPath.set(path, asset);
  return path;
}

function load(): void {
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
  add('queue.js', JS, own('queue.js'));
}
load();

/** Declares a script that is bundled from a room's own sources when a page first needs it. */
export function defineScript(name: string, entry: URL): void {
  scripts.set(name, entry);
}

function assetOf(name: string): Asset | undefined {
  const entry = scripts.get(name);
  if (entry !== undefined && !loaded.has(name)) add(name, JS, bundleScript(entry));
  return loaded.get(name);
}

/**
 * The address of an asset, its content's hash in the name, so that it can be kept for ever.
 *
 * @throws WebError `unknown-asset`.
 */
export function assetUrl(name: string): string {
  const asset = assetOf(name);
  if (asset) return asset.path;
  throw new WebError('unknown-asset', `No asset "${name}"; there are: ${[...loaded.keys()].join(', ')}`);
}

/** The text of an asset, for a page that carries everything it needs. Throws `unknown-asset`. */
export function assetText(name: string): string {
  assetUrl(name);
  return (loaded.get(name) as Asset).body.toString();
}

/** Serves `/assets/*`; mount it at the root of the main app: `app.route('/', assets)`. */
export const assets = new Hono().get('/assets/:file', (c) => {
  // A page kept by a browser may ask for a script that nobody has bundled since the start.
  const [, stem] = /^([\w-]+)\.[0-9a-f]{16}\.js$/.exec(c.req.param('file')) ?? [];
  if (stem !== undefined) assetOf(`${stem}.js`);
  const asset = byPath.get(c.req.path);
  if (!asset) return c.notFound();
  return c.body(new Uint8Array(asset.body), 200, {
    'Content-Type': asset.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    'X-Content-Type-Options': 'nosniff',
  });
});
