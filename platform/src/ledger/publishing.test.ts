import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import {
  auditLog,
  bundlePath,
  parseBundle,
  parseCheckpoint,
  parseNote,
  tilePath,
  verifyCheckpoint,
} from '@taalil/transparency-log';
import { buildEntry, leafHash, nodeRuntime, nodeSha256 } from '@taalil/transparency-log/writer';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { createApp } from '../app.tsx';
import { exportLog } from './export.ts';

const SIZE = 300;
let p: TestPlatform;
let folder: string;
before(async () => {
  p = await makePlatform({ system: false });
  folder = mkdtempSync(join(tmpdir(), 'taalil-export-'));
  await sealSome(SIZE);
});
after(async () => {
  await p.dispose();
  rmSync(folder, { recursive: true });
});

const sealSome = (count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, n) => {
      const { entry } = buildEntry({
        type: 'authority',
        period: '2026-03',
        facts: [{ name: 'n', value: n }],
      });
      return p.ledger.seal(AUTHORITY_A, { entry, write: () => {} });
    }),
  );
const get = (path: string, headers: Record<string, string> = {}) =>
  createApp(p).request(`/log/${AUTHORITY_A}/${path}`, { headers });
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());

test('checkpoint and tiles over HTTP are the whole log, and verify', async () => {
  const response = await get('checkpoint');
  assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.equal(response.headers.get('cache-control'), 'no-cache');
  const signed = await verifyCheckpoint(
    await response.text(),
    { vkey: await p.ledger.vkey(AUTHORITY_A) },
    nodeRuntime,
  );
  assert.equal(signed.size, SIZE);
  const entries: Uint8Array[] = [];
  await auditLog(signed, async (level, index, width) => bytes(await get(tilePath({ level, index, width }))), {
    sha256: nodeSha256,
    readBundle: async (index, width) => bytes(await get(bundlePath(index, width))),
    onBatch: (_first, batch) => void entries.push(...(batch ?? [])),
  });
  assert.equal(entries.length, SIZE);
});

test('partial tiles and bundles of every width are cut, and may be cached for ever', async () => {
  const full = await bytes(await get('tile/0/000'));
  assert.equal(full.length, 256 * 32);
  for (const width of [1, 2, 43, 128, 255]) {
    const tile = await get(`tile/0/000.p/${width}`);
    assert.equal(tile.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(tile.headers.get('content-type'), 'application/octet-stream');
    assert.deepEqual(await bytes(tile), full.subarray(0, width * 32));
    const entries = parseBundle(await bytes(await get(`tile/entries/000.p/${width}`)), width);
    assert.deepEqual(
      new Uint8Array(leafHash(entries[width - 1] as Uint8Array)),
      full.subarray((width - 1) * 32, width * 32),
    );
  }
});

test('bundles are compressed for who asks for gzip, and for nobody else', async () => {
  const plain = await get('tile/entries/000', { 'Accept-Encoding': 'identity' });
  assert.equal(plain.headers.get('content-encoding'), null);
  assert.equal(plain.headers.get('vary'), 'Accept-Encoding');
  const body = await bytes(plain);
  const zipped = await get('tile/entries/000', { 'Accept-Encoding': 'br, gzip;q=0.5' });
  assert.equal(zipped.headers.get('content-encoding'), 'gzip');
  assert.deepEqual(new Uint8Array(gunzipSync(await bytes(zipped))), body);
  const refused = await get('tile/entries/000', { 'Accept-Encoding': 'gzip;q=0' });
  assert.equal(refused.headers.get('content-encoding'), null);
});

test('what is not published, or not spelled canonically, is not found', async () => {
  const paths = [
    'tile/0/001',
    'tile/0/001.p/45',
    'tile/entries/001',
    'tile/entries/002.p/1',
    'tile/1/000.p/2',
    'tile/0/000.p/256',
    'tile/0/000.p/0',
    'tile/00/000',
    'tile/0/0',
    'tile/0/x000/000',
    'tile/64/000',
    'tile/0/000.p/',
    'tile/../checkpoint2',
    'tile/entries',
  ];
  for (const path of paths) {
    const response = await get(path);
    assert.equal(response.status, 404, path);
    assert.equal(response.headers.get('cache-control'), 'no-store', path);
  }
  assert.equal((await createApp(p).request('/log/nobody/checkpoint')).status, 404);
  assert.equal((await createApp(p).request('/log/nobody/tile/0/000')).status, 404);
});

test('an export is a static site that verifies; repeated, it writes only what is new', async () => {
  const first = await exportLog(p.store, AUTHORITY_A, folder);
  assert.equal(first.size, SIZE);
  assert.ok(first.written > 5);
  const again = await exportLog(p.store, AUTHORITY_A, folder);
  assert.equal(again.written, 1);
  const untouched = statSync(join(folder, 'tile/0/000')).mtimeMs;

  await sealSome(300);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await p.ledger.published(AUTHORITY_A);
  const later = await exportLog(p.store, AUTHORITY_A, folder);
  assert.equal(later.size, 600);
  assert.equal(statSync(join(folder, 'tile/0/000')).mtimeMs, untouched);

  const checkpoint = readFileSync(join(folder, 'checkpoint'), 'utf8');
  const { size, root } = parseCheckpoint(parseNote(checkpoint).text);
  const read = (path: string) => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file) : undefined;
  };
  await auditLog({ size, root }, (level, index, width) => read(tilePath({ level, index, width })), {
    sha256: nodeSha256,
    readBundle: (index, width) => read(bundlePath(index, width)),
  });
});
