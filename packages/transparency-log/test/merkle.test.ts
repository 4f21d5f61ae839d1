import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import {
  emptyRoot,
  leafHash,
  nodeHash,
  sha256,
  toHex,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.ts';
import { nodeSha256 } from '../src/writer.ts';

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')).vectors;
const hash = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const hashes = (list: string[] | null) => (list ?? []).map(hash);

test('SHA-256 in plain script equals OpenSSL at every length around its blocks', () => {
  for (let length = 0; length < 260; length++) {
    const data = new Uint8Array(length).map((_, i) => i * 7 + length);
    assert.equal(toHex(sha256(data)), createHash('sha256').update(data).digest('hex'), `${length} bytes`);
  }
  const long = new Uint8Array(1_000_003).fill(97);
  assert.equal(toHex(sha256(long)), toHex(nodeSha256(long)));
});

test('SHA-256 in plain script reads only its own part of a larger buffer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(20), (data, offset) => {
      const larger = new Uint8Array(data.length + 40).fill(255);
      larger.set(data, offset);
      assert.equal(toHex(sha256(larger.subarray(offset, offset + data.length))), toHex(nodeSha256(data)));
    }),
  );
});

test('hashes of RFC 6962: empty tree, empty leaf, node', () => {
  assert.equal(toHex(emptyRoot()), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.equal(
    toHex(leafHash(new Uint8Array(0))),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  const left = leafHash(Uint8Array.of(1));
  const right = leafHash(Uint8Array.of(2));
  const input = Buffer.concat([Buffer.from([1]), left, right]);
  assert.equal(toHex(nodeHash(left, right)), createHash('sha256').update(input).digest('hex'));
});

test('inclusion vectors of transparency-dev/merkle', () => {
  const vectors = fixture('inclusion.json');
  assert.equal(vectors.length, 74);
  for (const v of vectors) {
    const run = () =>
      verifyInclusion({
        index: v.leafIdx,
        size: v.treeSize,
        leafHash: hash(v.leafHash),
        root: hash(v.root),
        proof: hashes(v.proof),
      });
    if (v.wantErr)
      assert.throws(run, { name: 'LogError', code: 'bad-inclusion-proof', kind: 'broken' }, v.name);
    else assert.doesNotThrow(run, v.name);
  }
});

test('consistency vectors of transparency-dev/merkle', () => {
  const vectors = fixture('consistency.json');
  assert.equal(vectors.length, 74);
  for (const v of vectors) {
    const run = () =>
      verifyConsistency({
        size1: v.size1,
        size2: v.size2,
        root1: hash(v.root1),
        root2: hash(v.root2),
        proof: hashes(v.proof),
      });
    if (v.wantErr) assert.throws(run, { name: 'LogError', code: 'bad-consistency-proof' }, v.name);
    else assert.doesNotThrow(run, v.name);
  }
});

test('from size 0 nothing can be proved, even with the true empty root', () => {
  const root = leafHash(Uint8Array.of(1));
  for (const size2 of [0, 1]) {
    const claim = { size1: 0, size2, root1: emptyRoot(), root2: size2 === 0 ? emptyRoot() : root, proof: [] };
    assert.throws(() => verifyConsistency(claim), { code: 'bad-consistency-proof' });
  }
});
