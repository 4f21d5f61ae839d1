import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  allTiles,
  appendLeaves,
  EMPTY_EDGE,
  edgeRoot,
  proveConsistency,
  proveInclusion,
  proveInclusions,
  restoreEdge,
  rightEdgeTiles,
  rootOf,
  type TreeEdge,
  tilesForInclusion,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.ts';
import { appendLeaves as fastAppend, nodeSha256 } from '../src/writer.ts';
import { leavesOf, reference } from './reference.ts';

/** Storage as a platform would have it: the widest version of each tile. */
class Tiles {
  readonly stored = new Map<string, Uint8Array>();
  edge: TreeEdge = EMPTY_EDGE;
  reads = 0;

  append(leaves: readonly Uint8Array[]): Uint8Array {
    const { edge, root, tiles } = fastAppend(this.edge, leaves);
    this.edge = edge;
    for (const tile of tiles) {
      const before = this.stored.get(`${tile.level}/${tile.index}`) ?? new Uint8Array(0);
      assert.equal(tile.hashes.length, tile.width * 32);
      assert.ok(tile.hashes.length > before.length, 'a tile that did not grow was written');
      assert.deepEqual(tile.hashes.slice(0, before.length), before, 'a stored hash changed');
      this.stored.set(`${tile.level}/${tile.index}`, new Uint8Array(tile.hashes));
    }
    return root;
  }

  readonly read = (level: number, index: number): Uint8Array | undefined => {
    this.reads++;
    return this.stored.get(`${level}/${index}`);
  };
}

const leaves = leavesOf(700);
const bytes = (list: readonly Uint8Array[]) => list.map((hash) => Buffer.from(hash).toString('hex'));

test('appended in batches of any size, root, tiles and edge are those of RFC 6962 and tlog-tiles', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300), { maxLength: 6 }), (batches) => {
      const tiles = new Tiles();
      let size = 0;
      for (const count of batches) {
        const end = Math.min(700, size + count);
        const root = tiles.append(leaves.slice(size, end));
        size = end;
        assert.deepEqual(bytes([root]), bytes([reference.mth(leaves.slice(0, size))]));
        const restored = restoreEdge(size, ({ level, index }) => tiles.read(level, index));
        assert.deepEqual(bytes([edgeRoot(restored)]), bytes([root]));
        assert.deepEqual(bytes(restored.partial), bytes(tiles.edge.partial));
      }
      for (const { level, index, width } of allTiles(size)) {
        const tile = tiles.read(level, index) as Uint8Array;
        assert.equal(tile.length, width * 32);
        for (let i = 0; i < width; i++) {
          const span = 256 ** level;
          const first = (index * 256 + i) * span;
          const expected = reference.mth(leaves.slice(first, first + span));
          assert.deepEqual(bytes([tile.slice(32 * i, 32 * i + 32)]), bytes([expected]));
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('going on from restored tiles gives the same tree as never having stopped', () => {
  fc.assert(
    fc.property(fc.nat(600), fc.integer({ min: 1, max: 100 }), (size, more) => {
      const tiles = new Tiles();
      tiles.append(leaves.slice(0, size));
      const restored = restoreEdge(size, ({ level, index }) => tiles.read(level, index), nodeSha256);
      const next = appendLeaves(restored, leaves.slice(size, size + more), nodeSha256);
      assert.deepEqual(bytes([next.root]), bytes([reference.mth(leaves.slice(0, size + more))]));
      assert.equal(next.newSize, size + more);
    }),
    { numRuns: 40 },
  );
});

test('appending leaves the old edge untouched', () => {
  const first = appendLeaves(EMPTY_EDGE, leaves.slice(0, 255));
  const before = structuredClone(first.edge);
  appendLeaves(first.edge, leaves.slice(255, 300));
  assert.deepEqual(first.edge, before);
  const again = appendLeaves(first.edge, leaves.slice(255, 256));
  assert.deepEqual(bytes([again.root]), bytes([reference.mth(leaves.slice(0, 256))]));
});

test('the specification’s example: 70,000 entries', () => {
  const all = [...allTiles(70_000)];
  assert.equal(all.filter(({ level, width }) => level === 0 && width === 256).length, 273);
  assert.deepEqual(rightEdgeTiles(70_000), [
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ]);
  assert.deepEqual(rightEdgeTiles(256), [{ level: 1, index: 0, width: 1 }]);
});

test('every inclusion and consistency proof of a tree is the one RFC 6962 defines, at any earlier size too', async () => {
  const tiles = new Tiles();
  tiles.append(leaves);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 700 }),
      fc.nat(699),
      fc.integer({ min: 1, max: 700 }),
      async (a, b, c) => {
        const [size1, size] = a < c ? [a, c] : [c, a];
        const index = b % size;
        const tree = leaves.slice(0, size);
        const root = reference.mth(tree);
        const proof = await proveInclusion(index, size, tiles.read);
        assert.deepEqual(bytes(proof), bytes(reference.path(index, tree)));
        verifyInclusion({ index, size, leafHash: leaves[index] as Uint8Array, root, proof });
        const consistency = await proveConsistency(size1, size, tiles.read);
        assert.deepEqual(bytes(consistency), bytes(reference.proof(size1, tree)));
        const root1 = await rootOf(size1, tiles.read);
        assert.deepEqual(bytes([root1]), bytes([reference.mth(leaves.slice(0, size1))]));
        verifyConsistency({ size1, size2: size, root1, root2: root, proof: consistency });
      },
    ),
    { numRuns: 60 },
  );
});

test('a flipped bit anywhere in a proof breaks it', async () => {
  const tiles = new Tiles();
  const root2 = tiles.append(leaves);
  const inclusion = await proveInclusion(377, 700, tiles.read);
  const consistency = await proveConsistency(377, 700, tiles.read);
  const root1 = await rootOf(377, tiles.read);
  const flip = (list: Uint8Array[], at: number, byte: number) =>
    list.map((hash, i) => (i === at ? hash.map((b, j) => (j === byte ? b ^ 1 : b)) : hash));
  for (const [at] of inclusion.entries()) {
    const claim = { index: 377, size: 700, leafHash: leaves[377] as Uint8Array, root: root2 };
    assert.throws(() => verifyInclusion({ ...claim, proof: flip(inclusion, at, at) }), {
      code: 'bad-inclusion-proof',
    });
  }
  for (const [at] of consistency.entries()) {
    const claim = { size1: 377, size2: 700, root1, root2, proof: flip(consistency, at, 31 - at) };
    assert.throws(() => verifyConsistency(claim), { code: 'bad-consistency-proof' });
  }
});

test('one proof reads few tiles, a batch reads each of them once', async () => {
  const tiles = new Tiles();
  tiles.append(leavesOf(70_000));
  const expected = tilesForInclusion(69_990, 70_000).length;
  await proveInclusion(69_990, 70_000, tiles.read, nodeSha256);
  assert.equal(tiles.reads, expected);
  assert.ok(expected <= 4, `${expected} tiles`);
  tiles.reads = 0;
  const indexes = Array.from({ length: 500 }, (_, i) => 69_500 + i);
  const proofs = await proveInclusions(indexes, 70_000, tiles.read, nodeSha256);
  assert.ok(tiles.reads <= 8, `${tiles.reads} tiles for 500 proofs`);
  const root = edgeRoot(tiles.edge);
  for (const [i, proof] of proofs.entries()) {
    const index = indexes[i] as number;
    const leafHash = reference.leaf(new TextEncoder().encode(`entry ${index}`));
    verifyInclusion({ index, size: 70_000, leafHash, root, proof }, nodeSha256);
  }
});

test('a missing or torn tile is an error with its name', async () => {
  const tiles = new Tiles();
  tiles.append(leaves);
  const torn = (level: number, index: number) => tiles.read(level, index)?.subarray(0, 33);
  await assert.rejects(proveInclusion(5, 700, torn), {
    code: 'malformed-tile',
    details: { level: 0, index: 0, width: 256 },
  });
  assert.throws(() => restoreEdge(700, () => undefined), { code: 'malformed-tile' });
  await assert.rejects(proveInclusion(700, 700, tiles.read), { code: 'invalid-argument' });
  await assert.rejects(proveConsistency(5, 3, tiles.read), { code: 'invalid-argument' });
  assert.throws(() => appendLeaves(EMPTY_EDGE, [new Uint8Array(31)]), { code: 'invalid-argument' });
});
