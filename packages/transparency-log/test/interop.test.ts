import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  allTiles,
  appendLeaves,
  bundlePath,
  EMPTY_EDGE,
  formatBundle,
  formatProof,
  formatReceipt,
  leafHash,
  proveInclusion,
  tilePath,
} from '../src/index.ts';
import { buildEntry, createSigner, generateKey, nodeSha256, signCheckpoint } from '../src/writer.ts';

const PYTHON = '/usr/bin/python3';
const FOLDER = fileURLToPath(new URL('../../../interop/python/', import.meta.url));
const MIRROR = fileURLToPath(new URL('fixtures/mirror-300', import.meta.url));
const available = spawnSync(PYTHON, ['-c', 'import cryptography']).status === 0;
const skip = available ? false : 'the independent verifier did not run: apt-get install python3-cryptography';
if (!available) console.error(`\n*** SKIPPED: ${skip} ***\n`);

const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
const verifier = (
  ...args: string[]
): { status: number | null; ok?: boolean; kind?: string; [more: string]: unknown } => {
  const { status, stdout, stderr } = spawnSync(PYTHON, [join(FOLDER, 'verify_log.py'), ...args], {
    encoding: 'utf8',
    env,
  });
  assert.equal(stderr, '');
  return { status, ...JSON.parse(stdout) };
};

/** A folder as a static host would serve it: `size` entries, two witnesses, and a receipt of one entry. */
async function publish(folder: string, size: number, index: number) {
  const log = createSigner(generateKey('log.example').skey);
  const witnesses = ['w1.example', 'w2.example'].map((name) =>
    createSigner(generateKey(name, 'cosignature/v1').skey),
  );
  const pq = createSigner(generateKey('w3.example', 'ml-dsa-44').skey);
  const built = Array.from({ length: size }, (_, i) =>
    buildEntry({
      type: 'case',
      period: '2026-04',
      facts: [{ name: 'step', value: { n: i, text: 'é "ⵜ" \u0001' } }],
    }),
  );
  const { root, tiles } = appendLeaves(
    EMPTY_EDGE,
    built.map(({ entry }) => leafHash(entry, nodeSha256)),
    nodeSha256,
  );
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const checkpoint = signCheckpoint(
    { origin: 'log.example', size, root },
    [log, ...witnesses, pq],
    1_800_000_000,
  );
  write('checkpoint', checkpoint);
  for (const tile of tiles) write(tilePath(tile), tile.hashes);
  for (const { level, index: n, width } of allTiles(size)) {
    const entries = built.slice(n * 256, n * 256 + width).map(({ entry }) => entry);
    if (level === 0) write(bundlePath(n, width), formatBundle(entries));
  }
  const readTile = (level: number, n: number) =>
    tiles.find((tile) => tile.level === level && tile.index === n)?.hashes;
  const hashes = await proveInclusion(index, size, readTile);
  const { entry, openings } = built[index] as (typeof built)[0];
  write(
    'receipt.json',
    formatReceipt({ entry, openings, proof: formatProof({ index, hashes, checkpoint }) }),
  );
  const trust = ['--key', log.vkey, ...[...witnesses].flatMap(({ vkey }) => ['--witness', vkey])];
  return { trust, vkey: log.vkey, pq: pq.vkey };
}

test('an independent verifier reads our log, and finds one changed byte in any kind of file', {
  skip,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'interop-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { trust, vkey, pq } = await publish(folder, 300, 258);
  const file = (name: string) => join(folder, name);

  const log = verifier('log', folder, ...trust);
  assert.deepEqual(
    [log.status, log.size, log.signed_by],
    [0, 300, ['log.example', 'w1.example', 'w2.example']],
  );
  assert.equal(verifier('checkpoint', file('checkpoint'), ...trust).status, 0);
  const receipt = verifier('receipt', file('receipt.json'), ...trust) as {
    status: number;
    receipts?: unknown[];
  };
  assert.equal(receipt.status, 0);
  const [read] = receipt.receipts as { facts: unknown }[];
  assert.deepEqual(read?.facts, { step: { n: 258, text: 'é "ⵜ" \u0001' } });

  const stranger = generateKey('log.example').vkey;
  assert.deepEqual([verifier('log', folder, '--key', stranger).status], [2]);
  assert.equal(verifier('checkpoint', file('checkpoint'), '--key', vkey, '--witness', pq).kind, 'untrusted');

  const changed = (name: string, at: number, what = 'log', path = folder, base64 = false) => {
    const before = readFileSync(file(name));
    const bytes = Buffer.from(before);
    const position = at < 0 ? bytes.length + at : at;
    bytes[position] = base64 ? (bytes[position] === 65 ? 66 : 65) : (bytes[position] as number) ^ 1;
    writeFileSync(file(name), bytes);
    const { status } = verifier(what, path, ...trust);
    writeFileSync(file(name), before);
    return status;
  };
  const note = readFileSync(file('checkpoint'), 'utf8');
  const inLine = (name: string) =>
    Buffer.byteLength(note.slice(0, note.indexOf(`— ${name} `))) + `— ${name} `.length + 2 + 30;
  assert.equal(changed('checkpoint', note.indexOf('\n300\n') + 3), 1, 'size of the checkpoint');
  assert.equal(
    changed('checkpoint', inLine('log.example'), 'checkpoint', file('checkpoint'), true),
    1,
    'signature of the log',
  );
  assert.equal(
    changed('checkpoint', inLine('w2.example'), 'checkpoint', file('checkpoint'), true),
    1,
    'co-signature',
  );
  assert.equal(changed('tile/0/000', 1000), 1, 'tile');
  assert.equal(changed('tile/0/001.p/44', 3), 1, 'partial tile');
  assert.equal(changed('tile/1/000.p/1', 31), 1, 'tile of level 1');
  assert.equal(changed('tile/entries/000', 5000), 1, 'entry');
  assert.equal(changed('tile/entries/001.p/44', -1), 1, 'last entry');
  assert.notEqual(changed('tile/entries/001.p/44', 1), 0, 'length of an entry');
  const text = readFileSync(file('receipt.json'), 'utf8');
  assert.equal(
    changed('receipt.json', text.indexOf('"n":258') + 4, 'receipt', file('receipt.json')),
    1,
    'fact of the receipt',
  );
  assert.notEqual(changed('receipt.json', 300, 'receipt', file('receipt.json')), 0, 'entry of the receipt');
  assert.equal(verifier('log', folder, ...trust).status, 0);
});

test('it reads the log of a third implementation too, and refuses its fake bundles', { skip }, () => {
  const key = 'mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O';
  const args = ['--witness', key, '--origin', 'rome2026h1.example.org'];
  assert.equal(verifier('log', MIRROR, ...args, '--hashes-only').status, 0);
  assert.deepEqual(verifier('log', MIRROR, ...args).kind, 'malformed');
  assert.equal(verifier('log', MIRROR, '--witness', key).status, 2);
});

test('its own tests pass on the frozen vectors', { skip }, () => {
  execFileSync(PYTHON, ['-m', 'unittest', 'discover', '-s', FOLDER], { stdio: 'pipe', env });
});
