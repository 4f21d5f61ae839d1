import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { originHash, proveConsistency, verifyCheckpoint, verifyConsistency } from '@taalil/transparency-log';
import { buildEntry, nodeRuntime, nodeSha256 } from '@taalil/transparency-log/writer';
import { systemClock } from '../src/clock.ts';
import { FAULT_POINTS } from '../src/fault-points.ts';
import { tileReader } from '../src/ledger/read-log.ts';
import { verifyLog } from '../src/ledger/verify.ts';
import { openPlatform } from '../src/open.ts';
import { WITNESS_FAULT_POINTS } from '../src/witness/fault-points.ts';
import { addKnownLog, makeWitness, startWitness } from '../src/witness/witness.ts';
import { GrownLog } from './grown-log.ts';
import { AUTHORITY_A } from './make-platform.ts';

interface Told {
  readonly acknowledged: readonly { readonly index: number; readonly entry: string }[];
  readonly refused: readonly string[];
  readonly checkpoint: string | undefined;
}

const child = (file: string, args: readonly string[], execPath?: string) =>
  fork(join(import.meta.dirname, file), args, {
    execArgv: process.execArgv,
    ...(execPath === undefined ? {} : { execPath }),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

/** What a store must hold after its writer has died: every acknowledged entry, and a tree that extends every signed one. */
async function assertWhole(
  folder: string,
  acknowledged: ReadonlyMap<number, string>,
  checkpoints: readonly string[],
  what: string,
): Promise<void> {
  const platform = await openPlatform({
    folder,
    clock: systemClock,
    kind: 'demonstration',
    originPrefix: 'test.example/log',
  });
  try {
    const { entry } = buildEntry({
      type: 'authority',
      period: '2026-03',
      facts: [{ name: 'n', value: what }],
    });
    await platform.ledger.seal(AUTHORITY_A, { entry, write: () => {} });
    const size = await verifyLog(platform, AUTHORITY_A);
    for (const [index, bytes] of acknowledged) {
      const stored = Buffer.from(await platform.ledger.entry(AUTHORITY_A, index)).toString('base64');
      assert.equal(stored, bytes, `${what}: entry ${index} was acknowledged`);
    }
    const vkey = await platform.ledger.vkey(AUTHORITY_A);
    const now = await verifyCheckpoint(
      (await platform.ledger.checkpoint(AUTHORITY_A)) as string,
      { vkey },
      nodeRuntime,
    );
    assert.equal(now.size, size);
    for (const note of checkpoints) {
      const then = await verifyCheckpoint(note, { vkey }, nodeRuntime);
      const proof = await proveConsistency(
        then.size,
        size,
        tileReader(platform.store, AUTHORITY_A),
        nodeSha256,
      );
      verifyConsistency(
        { size1: then.size, size2: size, root1: then.root, root2: now.root, proof },
        nodeSha256,
      );
    }
  } finally {
    await platform.close();
  }
}

async function untilDead(writer: ChildProcess, onTold: (told: Told) => void): Promise<NodeJS.Signals | null> {
  writer.on('message', onTold);
  const [, signal] = (await once(writer, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

test('kill -9 at every step of an append, one process after another on one store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-kill-step-'));
  const acknowledged = new Map<number, string>();
  const checkpoints: string[] = [];
  try {
    for (const point of FAULT_POINTS) {
      const writer = child('fault-child.ts', [folder, point, '4']);
      const signal = await untilDead(writer, (told) => {
        for (const { index, entry } of told.acknowledged) {
          assert.ok(!acknowledged.has(index), `${point}: place ${index} was given twice`);
          acknowledged.set(index, entry);
        }
        if (told.checkpoint !== undefined) checkpoints.push(told.checkpoint);
      });
      assert.equal(signal, 'SIGKILL', point);
      await assertWhole(folder, acknowledged, checkpoints, point);
    }
    assert.ok(acknowledged.size >= FAULT_POINTS.length * 6, `${acknowledged.size} acknowledged`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Files can grow to this size and no further: what a full disk does to a writer, without one. */
const LIMIT_KB = 1_500;

test('a disk that fills up: what is refused is not recorded, what was acknowledged stays, and room heals it', {
  skip: spawnSync('prlimit', ['--version']).status === 0 ? false : 'needs prlimit (util-linux)',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-full-'));
  const acknowledged = new Map<number, string>();
  const checkpoints: string[] = [];
  const writer = child('fault-child.ts', [folder, 'full', '0']);
  let refused = 0;
  let after = 0;
  const limit = (bytes: string) =>
    assert.equal(spawnSync('prlimit', ['--pid', String(writer.pid), `--fsize=${bytes}`]).status, 0);
  try {
    const died = untilDead(writer, (told) => {
      for (const { index, entry } of told.acknowledged) acknowledged.set(index, entry);
      if (told.checkpoint !== undefined && checkpoints.length < 500) checkpoints.push(told.checkpoint);
      for (const code of told.refused) assert.equal(code, 'store-unavailable');
      if (refused === 0 && told.refused.length > 0) limit('unlimited:unlimited');
      refused += told.refused.length;
      if (refused > 0 && told.acknowledged.length > 0 && ++after === 5) writer.kill('SIGKILL');
    });
    await once(writer, 'message');
    limit(`${LIMIT_KB * 1_024}:unlimited`);
    assert.equal(await died, 'SIGKILL');
    assert.ok(refused > 0 && after === 5, `${refused} refused, ${after} rounds after`);
    await assertWhole(folder, acknowledged, checkpoints, 'full');
  } finally {
    writer.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});

test('kill -9 of a witness at every step: what it cosigned is never forgotten', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-kill-witness-'));
  const log = new GrownLog('agency.example/log', 400);
  makeWitness(folder, 'witness.example');
  addKnownLog(folder, `log ${log.signer.vkey}`);
  let cosigned = 0;
  let size = 0;
  try {
    for (const point of WITNESS_FAULT_POINTS) {
      const witness = child('witness-child.ts', [folder, point, '3']);
      const [{ url }] = (await once(witness, 'message')) as [{ url: string }];
      const died = once(witness, 'exit');
      for (;;) {
        const body = await log.request(cosigned, size + 5);
        const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body }).catch(() => undefined);
        if (answer === undefined) break;
        size += 5;
        if (answer.status === 200) cosigned = size;
        else {
          // It had stored more than it could answer.
          assert.equal(answer.status, 409, point);
          const recorded = Number(await answer.text());
          assert.ok(recorded >= cosigned, `${point}: ${recorded} after ${cosigned} was cosigned`);
          size = cosigned = recorded;
        }
      }
      assert.equal(((await died) as [number | null, string])[1], 'SIGKILL', point);
      const again = await startWitness({ folder, host: '127.0.0.1', port: 0 });
      const kept = await (
        await fetch(`${again.url}/${originHash(log.origin, nodeRuntime)}/checkpoint`)
      ).text();
      const recorded = Number(kept.split('\n')[1]);
      assert.ok(recorded >= cosigned, `${point}: ${recorded} after ${cosigned} was cosigned`);
      size = cosigned = recorded;
      await again.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
