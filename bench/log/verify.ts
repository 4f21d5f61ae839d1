import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundlePath, formatBundle, TILE_WIDTH, tilePath, tileWidth } from '@taalil/transparency-log';
import {
  appendLeaves,
  buildEntry,
  createSigner,
  EMPTY_EDGE,
  edgeRoot,
  generateKey,
  leafHash,
  signCheckpoint,
} from '@taalil/transparency-log/writer';
import { openSource } from '../../platform/src/ledger/log-source.ts';
import { monitorLog } from '../../platform/src/ledger/monitor.ts';

/** Bundles that differ; the log repeats them as hard links, so that it is read from memory and not from a disk. */
const DIFFERENT = 64;

/** Writes a log of `size` entries into a folder as `taalil log export` lays it out. */
function makeLog(folder: string, size: number): string {
  const signer = createSigner(generateKey('bench.example/log').skey);
  const bundles = Array.from({ length: DIFFERENT }, (_, b) =>
    Array.from({ length: TILE_WIDTH }, (_, i) => {
      const facts = [{ name: 'case', value: `${b}-${i}` }];
      return buildEntry({ type: 'case', period: '2026-03', facts }).entry;
    }),
  );
  const leaves = bundles.map((entries) => entries.map((entry) => leafHash(entry)));
  const write = (path: string, bytes: Uint8Array | string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  let edge = EMPTY_EDGE;
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = tileWidth(size, 0, index);
    const path = bundlePath(index, width);
    const [b, hashes] = [index % DIFFERENT, leaves[index % DIFFERENT] as Uint8Array[]];
    if (index < DIFFERENT || width < TILE_WIDTH)
      write(path, formatBundle((bundles[b] as Uint8Array[]).slice(0, width)));
    else {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      linkSync(join(folder, bundlePath(b, TILE_WIDTH)), join(folder, path));
    }
    const appended = appendLeaves(edge, hashes.slice(0, width));
    for (const tile of appended.tiles) if (tile.width === TILE_WIDTH) write(tilePath(tile), tile.hashes);
    edge = appended.edge;
  }
  for (const [level, hashes] of edge.partial.entries()) {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    if (hashes.length > 0) write(tilePath({ level, index, width: hashes.length / 32 }), hashes);
  }
  write('checkpoint', signCheckpoint({ origin: 'bench.example/log', size, root: edgeRoot(edge) }, [signer]));
  return signer.vkey;
}

/** Reads a log again from its first entry, as `taalil log verify DIR` does: entries, tiles, root, signature. */
export async function benchVerify(size: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-bench-log-'));
  try {
    const vkey = makeLog(folder, size);
    console.log(`\nVerifying ${size.toLocaleString('en')} entries of about 800 bytes\n`);
    console.log('| run | seconds | processor seconds | entries/s |');
    console.log('|---:|---:|---:|---:|');
    for (const run of [1, 2, 3]) {
      const cpu = process.cpuUsage();
      const started = performance.now();
      await monitorLog(openSource(folder), { vkey });
      const seconds = (performance.now() - started) / 1000;
      const used = process.cpuUsage(cpu);
      console.log(
        `| ${run} | ${seconds.toFixed(1)} | ${((used.user + used.system) / 1e6).toFixed(1)} | ${Math.round(size / seconds).toLocaleString('en')} |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
