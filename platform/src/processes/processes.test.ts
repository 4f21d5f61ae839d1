import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AUTHORITY_A, inputOf, people, publishDemonstration, SYSTEM } from '../../test/make-platform.ts';
import { startPostgres } from '../../test/postgres.ts';
import { AUTHORITY } from '../../worlds/soutien-menages/record.ts';
import { createApiKey } from '../access/index.ts';
import { systemClock } from '../clock.ts';
import { findDecisionRow } from '../decisions/view.ts';
import { verifyLog } from '../ledger/verify.ts';
import { type OpenPlatform, openPlatform } from '../open.ts';
import { addAuthority } from '../register/authorities.ts';

const server = await startPostgres();
after(() => server.stop());

const households = people(50, 'processes').map(({ subject, household, audit }) => ({
  subject,
  input: inputOf(household),
  audit,
}));

interface Process {
  readonly child: ChildProcess;
  readonly url: string;
  role: string;
}

async function start(folder: string, database: string): Promise<Process> {
  const child = fork(join(import.meta.dirname, '../../test/member-server.ts'), [folder, database], {
    execArgv: process.execArgv,
  });
  const started: { -readonly [K in keyof Process]: Process[K] } = { child, url: '', role: 'web' };
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: { url?: string; role?: string }) => {
      if (message.role !== undefined) started.role = message.role;
      if (message.url !== undefined) {
        started.url = message.url;
        resolve();
      }
    });
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
  });
  return started;
}

function decide(at: Process, secret: string, key: string, n: number): Promise<Response> {
  return fetch(`${at.url}/api/v1/systems/${SYSTEM}/decisions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${secret}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
    },
    body: JSON.stringify(households[n % households.length]),
  });
}

for (const adapter of ['SQLite', 'PostgreSQL'] as const) {
  test(`${adapter}: one process writes, all answer, and another follows within 5 s when it dies`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'taalil-processes-'));
    const database = adapter === 'SQLite' ? '' : await server.database();
    const open = (): Promise<OpenPlatform> =>
      openPlatform({
        folder,
        clock: systemClock,
        kind: 'demonstration',
        originPrefix: 'test.example/log',
        database: database === '' ? undefined : database,
      });
    const setup = await open();
    await addAuthority(setup, AUTHORITY_A, AUTHORITY);
    await publishDemonstration(setup, AUTHORITY_A);
    const { secret } = await createApiKey(setup, {
      authorityId: AUTHORITY_A,
      label: 'processes',
      scopes: ['decisions:write', 'systems:write', 'systems:read'],
      systems: [SYSTEM],
    });
    await setup.close();

    const all = [await start(folder, database), await start(folder, database), await start(folder, database)];
    t.after(() => {
      for (const { child } of all) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    assert.deepEqual(
      all.map(({ role }) => role),
      ['writer', 'web', 'web'],
    );

    const acknowledged = new Map<string, string>();
    const ask = async (at: Process, key: string, n: number) => {
      const response = await decide(at, secret, key, n);
      const answer = (await response.json()) as { decision: string };
      assert.ok(
        response.status === 201 || response.status === 202,
        `${response.status} ${JSON.stringify(answer)}`,
      );
      acknowledged.set(key, answer.decision);
      return answer.decision;
    };
    for (let n = 0; n < 9; n++) await ask(all[n % 3] as Process, `before-${n}`, n);
    const same = await Promise.all(all.map((at) => ask(at, 'same-everywhere', 0)));
    assert.equal(new Set(same).size, 1, 'one key asked at three processes at once is one decision');

    const lines = Array.from({ length: 40 }, (_, n) =>
      JSON.stringify({ idempotency_key: `batch-line-${n}`, ...households[n] }),
    );
    const batch = await fetch(`${(all[1] as Process).url}/api/v1/systems/${SYSTEM}/decisions/batch`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/x-ndjson' },
      body: lines.join('\n'),
    });
    assert.equal(batch.status, 200);
    const answers = (await batch.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { decision: string });
    for (const [n, { decision }] of answers.entries()) acknowledged.set(`batch-line-${n}`, decision);

    const [writer, ...rest] = all as [Process, Process, Process];
    const during = Array.from({ length: 20 }, (_, n) => ask(rest[n % 2] as Process, `during-${n}`, n));
    writer.child.kill('SIGKILL');
    const killed = performance.now();
    await once(writer.child, 'exit');
    await Promise.all(during);
    assert.ok(performance.now() - killed < 5_000, 'followed within 5 s');
    assert.deepEqual(rest.map(({ role }) => role).sort(), ['web', 'writer']);

    const follower = rest.find(({ role }) => role === 'writer') as Process;
    const web = rest.find(({ role }) => role === 'web') as Process;
    const suspended = await fetch(`${web.url}/api/v1/systems/${SYSTEM}/status`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ status: 'suspended', reason: { en: 'a test' } }),
    });
    assert.equal(suspended.status, 200, await suspended.text());
    for (const at of [web, follower]) {
      const refused = await decide(at, secret, `after-${at.url}`, 1);
      assert.equal(((await refused.json()) as { code: string }).code, 'suspended');
    }

    for (const { child } of rest) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const platform = await open();
    for (const [key, decision] of acknowledged) {
      assert.ok(
        await findDecisionRow(platform, AUTHORITY_A, decision),
        `${key} was acknowledged and is lost`,
      );
    }
    assert.equal(new Set(acknowledged.values()).size, acknowledged.size, 'two keys, one decision');
    assert.ok((await verifyLog(platform, AUTHORITY_A)) >= acknowledged.size);
    await platform.close();
  });
}
