import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { restore } from '../src/backup/restore.ts';
import { takeBackup } from '../src/backup/take.ts';
import { verifyBackup } from '../src/backup/verify.ts';
import { rotateKeys } from '../src/rotate-keys.ts';
import { ROTATION_FAULT_POINTS } from '../src/vault/rotate.ts';
import { openVault } from '../src/vault/vault.ts';
import { makePlatform } from './make-platform.ts';
import { newCase } from './opened-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-kill-keys-'));
const at = (name: string) => join(folder, name);
before(async () => {
  const p = await makePlatform({ folder: at('data') });
  for (let n = 0; n < 30; n++) await newCase(p, 'favourable');
  const from = { folder: at('data'), fence: at('data/fence'), witnesses: at('none'), clock: p.clock };
  await takeBackup({ ...from, to: at('backup'), keysTo: at('backup-keys') });
  await p.close();
});
after(() => rmSync(folder, { recursive: true }));

const child = (...args: string[]): ChildProcess =>
  fork(join(import.meta.dirname, 'keys-child.ts'), args, { execArgv: process.execArgv, stdio: 'inherit' });
const kills = Array.from({ length: Number(process.env.TAALIL_KILLS ?? 3) }, (_, n) => n);

/** Kills a child some time after it has begun; resolves when it is dead, however it ended. */
async function killedAfter(running: ChildProcess, ms: number): Promise<void> {
  const dead = once(running, 'exit');
  await Promise.race([once(running, 'message'), dead]);
  await new Promise((resolve) => setTimeout(resolve, ms));
  running.kill('SIGKILL');
  await dead;
}

test('kill -9 at every step of a rotation: every key opens, and the next run ends it', async () => {
  const vault = openVault(at('data'));
  const known = new Map<string, Buffer>();
  for (let n = 0; n < 300; n++) known.set(`case_${n}`, Buffer.from(vault.newKey('a', `case_${n}`)));
  vault.flush();
  vault.close();
  const assertWhole = (what: string) => {
    const opened = openVault(at('data'));
    for (const [id, key] of known) assert.deepEqual(opened.caseKey('a', id), key, `${what}: ${id}`);
    const fresh = `case_after_${what}`;
    known.set(fresh, Buffer.from(opened.newKey('a', fresh)));
    opened.flush();
    opened.close();
  };
  for (const point of ROTATION_FAULT_POINTS) {
    const running = child('rotate', at('data'), point, point === 'keys-wrapped' ? '3' : '1');
    const [, signal] = (await once(running, 'exit')) as [number | null, string | null];
    assert.equal(signal, 'SIGKILL', point);
    assertWhole(point);
    const ended = await rotateKeys({ folder: at('data'), vault: true, sessions: false });
    assert.equal(ended?.resumed, point !== 'old-destroyed', point);
    assertWhole(`ended-${point}`);
    const keks = readdirSync(at('data/keys')).filter((name) => name.startsWith('kek-'));
    assert.deepEqual(keks, [`kek-${ended?.to}.key`]);
  }
});

test('kill -9 of a backup at any moment: what has a name is whole', async () => {
  let whole = 0;
  for (const n of kills) {
    await killedAfter(child('backup', at('data'), at(`killed-${n}`)), 20 + n * 60);
    for (const name of readdirSync(folder).filter((one) => one.startsWith(`killed-${n}`))) {
      if (/\.part$|-keys$/.test(name)) continue;
      await verifyBackup({ data: at(name), keys: at(`${name}-keys`) });
      whole++;
    }
  }
  assert.ok(whole >= kills.length);
});

test('kill -9 of a restore at any moment: the same command ends it, and nothing opens before', async () => {
  for (const n of kills) {
    const target = at(`target-${n}`);
    const parts = { data: at('backup'), keys: at('backup-keys'), folder: target, fence: at('no-fence') };
    await killedAfter(child('restore', parts.data, parts.keys, target, parts.fence), 60 + n * 60);
    const opened = () => makePlatform({ folder: target, authorities: false });
    if (existsSync(join(target, 'restoring')))
      await assert.rejects(opened(), { code: 'store-unavailable', message: /was cut off/ });
    if (!existsSync(join(target, 'taalil.db')) || existsSync(join(target, 'restoring'))) await restore(parts);
    const p = await opened();
    assert.equal(
      (
        await p.store.read
          .selectFrom('cases' as never)
          .selectAll()
          .execute()
      ).length,
      30,
    );
    await p.close();
  }
});
