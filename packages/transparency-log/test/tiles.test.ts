import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import {
  allTiles,
  appendLeaves,
  auditLog,
  bundlePath,
  EMPTY_EDGE,
  formatBundle,
  leafHash,
  parseBundle,
  parsePolicy,
  parseTilePath,
  rootOf,
  tilePath,
  utf8,
  verifyBundle,
  verifyCheckpoint,
} from '../src/index.ts';
import { nodeSha256 } from '../src/writer.ts';

const mirror = (path: string) => {
  const url = new URL(`fixtures/mirror-300/${path}`, import.meta.url);
  return existsSync(url) ? new Uint8Array(readFileSync(url)) : undefined;
};
const readMirror = (level: number, index: number, width: number) => mirror(tilePath({ level, index, width }));
const MIRROR = `
# the co-signer of the fixture
witness mirror mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O
quorum mirror
`;

test('a log written by another implementation: co-signature under a policy without a log, and tiles give the root', async () => {
  const note = mirror('checkpoint') as Uint8Array;
  const trust = { policy: parsePolicy(MIRROR), origin: 'rome2026h1.example.org' };
  const checkpoint = await verifyCheckpoint(note, trust);
  assert.equal(checkpoint.size, 300);
  assert.deepEqual(checkpoint.logKeys, []);
  assert.deepEqual(
    checkpoint.cosignatures.map(({ witness, timestamp }) => [witness, timestamp]),
    [['mirror', Date.UTC(2025, 11, 31) / 1000]],
  );
  assert.deepEqual(new Uint8Array(await rootOf(300, readMirror)), checkpoint.root);
  await auditLog(checkpoint, readMirror);

  const changed = new TextDecoder().decode(note).replace('\n300\n', '\n301\n');
  await assert.rejects(verifyCheckpoint(changed, trust), { code: 'bad-signature', kind: 'broken' });
  await assert.rejects(verifyCheckpoint(note, { ...trust, origin: 'other.example' }), {
    code: 'unknown-origin',
  });
  await assert.rejects(verifyCheckpoint(note, { policy: trust.policy }), { code: 'invalid-argument' });
});

test('its entry bundles, fakes by intent, are malformed as they stand and uncompressed', async () => {
  const head = { size: 300, root: await rootOf(300, readMirror) };
  for (const [index, width] of [
    [0, 256],
    [1, 44],
  ] as const) {
    const bytes = mirror(bundlePath(index, width)) as Uint8Array;
    for (const candidate of [bytes, new Uint8Array(gunzipSync(bytes))]) {
      assert.throws(() => parseBundle(candidate, width), { code: 'malformed-bundle', kind: 'malformed' });
    }
  }
  const readBundle = (index: number, width: number) => mirror(bundlePath(index, width));
  await assert.rejects(auditLog(head, readMirror, { readBundle }), {
    code: 'malformed-bundle',
    details: { bundle: 0 },
  });
});

test('tile paths', () => {
  const cases: [string, { level: number | 'entries'; index: number; width: number }][] = [
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/x001/x234/067', { level: 0, index: 1234067, width: 256 }],
    ['tile/5/x001/000.p/1', { level: 5, index: 1000, width: 1 }],
    ['tile/63/999.p/255', { level: 63, index: 999, width: 255 }],
    ['tile/entries/x273/112.p/9', { level: 'entries', index: 273112, width: 9 }],
    ['tile/0/x009/x007/x199/x254/x740/991', { level: 0, index: 9007199254740991, width: 256 }],
  ];
  for (const [path, id] of cases) {
    assert.deepEqual(parseTilePath(path), id);
    const { level, ...rest } = id;
    assert.equal(level === 'entries' ? bundlePath(id.index, id.width) : tilePath({ level, ...rest }), path);
  }
  const bad = [
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/../000',
    'tile/leaves/000',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/\u0661\u0662\u0663',
    '',
  ];
  for (const path of bad) assert.throws(() => parseTilePath(path), { code: 'malformed-path' }, path);
  assert.throws(() => tilePath({ level: 0, index: 0, width: 0 }), { code: 'invalid-argument' });
  assert.throws(() => tilePath({ level: 64, index: 0, width: 1 }), { code: 'invalid-argument' });
});

test('bundles carry their entries and nothing else', () => {
  const entries = [utf8('one'), new Uint8Array(0), new Uint8Array(65_535).fill(7)];
  const bytes = formatBundle(entries);
  assert.equal(bytes.length, 2 + 3 + 2 + 2 + 65_535);
  assert.deepEqual([...bytes.subarray(0, 7)], [0, 3, 111, 110, 101, 0, 0]);
  assert.deepEqual(parseBundle(bytes, 3), entries);
  for (const [candidate, width] of [
    [bytes, 2],
    [bytes, 4],
    [bytes.subarray(0, -1), 3],
    [bytes.subarray(0, 8), 3],
    [new Uint8Array(0), 1],
    [new Uint8Array(1), 1],
  ] as const) {
    assert.throws(() => parseBundle(candidate, width), { code: 'malformed-bundle' });
  }
  assert.throws(() => formatBundle([]), { code: 'invalid-argument' });
  assert.throws(() => formatBundle([new Uint8Array(65_536)]), { code: 'invalid-argument' });
  const tile = Buffer.concat(entries.map((entry) => leafHash(entry)));
  assert.deepEqual(verifyBundle(bytes, tile), entries);
  const changed = bytes.slice();
  changed[4] = 0;
  assert.throws(() => verifyBundle(changed, tile), { code: 'bad-entry', details: { position: 0 } });
});

/** A published log of `size` entries as a static folder would hold it. */
function published(size: number) {
  const entries = Array.from({ length: size }, (_, i) => utf8(`entry ${i}`));
  const leaves = entries.map((entry) => leafHash(entry, nodeSha256));
  const { root, tiles } = appendLeaves(EMPTY_EDGE, leaves, nodeSha256);
  const files = new Map<string, Uint8Array>(tiles.map((tile) => [tilePath(tile), tile.hashes.slice()]));
  for (const { level, index, width } of allTiles(size)) {
    if (level === 0)
      files.set(bundlePath(index, width), formatBundle(entries.slice(index * 256, index * 256 + width)));
  }
  return {
    head: { size, root },
    files,
    leaves,
    readTile: (level: number, index: number, width: number) => files.get(tilePath({ level, index, width })),
    readBundle: (index: number, width: number) => files.get(bundlePath(index, width)),
  };
}

test('an audit reads every entry once, in order, and extends an earlier head of any size', async () => {
  const log = published(1000);
  for (const size of [0, 1, 255, 256, 257, 700, 999, 1000]) {
    const since = { size, root: appendLeaves(EMPTY_EDGE, log.leaves.slice(0, size)).root };
    let seen = 0;
    await auditLog(log.head, log.readTile, {
      readBundle: log.readBundle,
      since,
      onBatch: (first, entries) => {
        assert.equal(first, seen);
        seen += entries?.length ?? 0;
      },
      sha256: nodeSha256,
    });
    assert.equal(seen, 1000);
    const forked = { size, root: leafHash(utf8('fork')) };
    await assert.rejects(
      auditLog(log.head, log.readTile, { since: forked }),
      { code: 'bad-consistency-proof' },
      `${size}`,
    );
  }
  await assert.rejects(auditLog(log.head, log.readTile, { since: { ...log.head, size: 1001 } }), {
    code: 'bad-consistency-proof',
  });
  await auditLog(published(0).head, log.readTile);
  await auditLog(published(65_537).head, published(65_537).readTile, { sha256: nodeSha256 });
});

test('one changed byte in any file of a log is found and named', async () => {
  const log = published(600);
  const audit = () =>
    auditLog(log.head, log.readTile, { readBundle: log.readBundle, sha256: nodeSha256 }).then(
      () => 'ok',
      (error) => `${error.code} ${JSON.stringify(error.details)}`,
    );
  assert.equal(await audit(), 'ok');
  const found = new Map<string, string>();
  for (const [path, bytes] of [...log.files]) {
    const at = bytes.length - 3;
    const before = bytes[at] as number;
    bytes[at] = before ^ 1;
    found.set(path, await audit());
    bytes[at] = before;
    log.files.delete(path);
    assert.match(await audit(), /^malformed-(?:tile|bundle) /, `${path} missing`);
    log.files.set(path, bytes);
  }
  assert.equal(await audit(), 'ok');
  assert.equal(found.get('tile/entries/002.p/88'), 'bad-entry {"index":599}');
  assert.equal(found.get('tile/0/001'), 'bad-entry {"index":511}');
  assert.equal(found.get('tile/1/000.p/2'), 'bad-tile {"level":1,"index":0}');
  assert.equal(found.size, log.files.size);
  await assert.rejects(auditLog({ ...log.head, root: leafHash(utf8('x')) }, log.readTile), {
    code: 'bad-root',
  });
});
