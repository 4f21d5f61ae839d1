import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { VirtualClock } from '../src/clock.ts';
import { listAlerts } from '../src/monitoring/alerts.ts';
import { readCube } from '../src/monitoring/cell-store.ts';
import { officersOf } from '../src/monitoring/officers.ts';
import { openPlatform } from '../src/open.ts';
import { AUTHORITY_ID, SYSTEM_ID } from '../worlds/soutien-menages/record.ts';
import { makeWorld } from '../worlds/soutien-menages/world.ts';
import { CHEAP_PASSWORDS } from './make-platform.ts';

const HOUSEHOLDS = 2_400;

/** What the monitor says at the end of a world, and what was planted in it. */
async function told(clean: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-monitor-'));
  const clock = new VirtualClock(Temporal.Instant.fromEpochMilliseconds(0));
  const p = await openPlatform({ folder, clock, kind: 'demonstration', originPrefix: 'test.example/log' });
  try {
    await makeWorld({ ...p, ...CHEAP_PASSWORDS }, clock, { clean, households: HOUSEHOLDS });
    const planted = JSON.parse(readFileSync(join(folder, 'planted.json'), 'utf8')) as {
      reviewer: { staffId: string } | null;
    };
    const officers = officersOf(await readCube(p.store.read, AUTHORITY_ID, SYSTEM_ID, 'officers'));
    return {
      hasty: planted.reviewer?.staffId,
      alerts: (await listAlerts(p.store.read, AUTHORITY_ID)).map(({ watch }) => watch).sort(),
      named: officers?.standOut.map(({ officer, because }) => [officer, [...because]]) ?? [],
    };
  } finally {
    await p.close();
    rmSync(folder, { recursive: true });
  }
}

test('the whole way, from decisions to alerts: the hasty reviewer and the wrong records are found, the clean twin is clean', async () => {
  const faulty = await told(false);
  assert.ok(faulty.alerts.includes(`officer|${faulty.hasty}`), JSON.stringify(faulty.alerts));
  assert.ok(
    faulty.alerts.every((watch) => watch === `officer|${faulty.hasty}` || watch.startsWith('record|earn')),
  );
  assert.deepEqual(
    faulty.named.map(([officer]) => officer),
    [faulty.hasty],
  );
  assert.ok(faulty.named.flat(2).includes('hasty'));
  const clean = await told(true);
  assert.deepEqual(clean, { hasty: undefined, alerts: [], named: [] });
});
