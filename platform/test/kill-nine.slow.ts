import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../src/clock.ts';
import { findDecisionRow } from '../src/decisions/view.ts';
import { verifyLog } from '../src/ledger/verify.ts';
import { openPlatform } from '../src/open.ts';
import { seeded } from '../worlds/random.ts';
import { AUTHORITY_A, inputOf, people, SYSTEM } from './make-platform.ts';

const KILLS = 30;
const CONNECTIONS = 20;
const households = people(500, 'kill-nine').map(({ subject, household, audit }) => ({
  subject,
  input: inputOf(household),
  audit,
}));

interface Ready {
  readonly url: string;
  readonly secret: string;
}

async function start(
  folder: string,
  secret: string | undefined,
): Promise<{ server: ChildProcess; ready: Ready }> {
  const server = fork(join(import.meta.dirname, 'kill-nine-server.ts'), [folder, secret ?? ''], {
    execArgv: process.execArgv,
  });
  const [ready] = (await once(server, 'message')) as [Ready];
  return { server, ready };
}

/** Posts until the connection breaks; keeps only what the server acknowledged. */
async function post(
  ready: Ready,
  round: number,
  worker: number,
  acknowledged: Map<string, string>,
): Promise<void> {
  for (let n = 0; ; n++) {
    const key = `kill-${round}-${worker}-${n}`;
    try {
      const response = await fetch(`${ready.url}/api/v1/systems/${SYSTEM}/decisions`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${ready.secret}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': key,
        },
        body: JSON.stringify(households[(worker * 31 + n) % households.length]),
      });
      const answer = (await response.json()) as { decision: string };
      assert.ok(response.status === 201 || response.status === 202, `status ${response.status}`);
      acknowledged.set(key, answer.decision);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      return;
    }
  }
}

test(`${KILLS} kills at random moments lose no acknowledged decision, and the log verifies`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-kill-'));
  const random = seeded('kill-nine');
  const acknowledged = new Map<string, string>();
  let secret: string | undefined;
  for (let round = 0; round < KILLS; round++) {
    const { server, ready } = await start(folder, secret);
    secret = ready.secret;
    const before = acknowledged.size;
    const workers = Array.from({ length: CONNECTIONS }, (_, w) => post(ready, round, w, acknowledged));
    // Every other server is killed only after it has answered somebody, however busy the machine is.
    for (let waits = 0; round % 2 === 1 && acknowledged.size === before && waits < 1_000; waits++)
      await sleep(10);
    await sleep(random.whole(20, 600));
    server.kill('SIGKILL');
    await once(server, 'exit');
    await Promise.all(workers);
  }
  const platform = await openPlatform({
    folder,
    clock: systemClock,
    kind: 'demonstration',
    originPrefix: 'test.example/log',
  });
  try {
    assert.ok(acknowledged.size > KILLS, `${acknowledged.size} acknowledged`);
    for (const [key, decisionId] of acknowledged) {
      assert.ok(
        await findDecisionRow(platform, AUTHORITY_A, decisionId),
        `${key} was acknowledged and is lost`,
      );
      const row = await platform.store.lookup('decisions', {
        authority_id: AUTHORITY_A,
        decision_id: decisionId,
      });
      assert.ok(platform.vault.caseKey(AUTHORITY_A, row?.case_id as string));
    }
    assert.equal(new Set(acknowledged.values()).size, acknowledged.size, 'two keys, one decision');
    assert.ok((await verifyLog(platform, AUTHORITY_A)) >= acknowledged.size);
  } finally {
    await platform.close();
    rmSync(folder, { recursive: true });
  }
});
