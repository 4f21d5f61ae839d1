import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, inputOf, people, publishDemonstration, SYSTEM } from '../../test/make-platform.ts';
import { AUTHORITY } from '../../worlds/soutien-menages/record.ts';
import { createApiKey } from '../access/index.ts';
import { systemClock } from '../clock.ts';
import { readProductionConfig } from '../config.ts';
import { openPlatform } from '../open.ts';
import { addAuthority } from '../register/authorities.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-serve-'));
const settings = {
  TAALIL_DATA: folder,
  PORT: '0',
  TAALIL_OPERATOR_PORT: '0',
  TAALIL_ORIGIN: 'test.example/log',
  PUBLIC_ORIGIN: 'https://test.example',
  TAALIL_DRAIN_SECONDS: '1',
  LOG_LEVEL: 'info',
};
let secret: string;
let child: ChildProcess;
let output = '';
let logged = '';
let url: string;
let operator: string;

before(async () => {
  const platform = await openPlatform({
    folder,
    clock: systemClock,
    kind: 'production',
    originPrefix: 'test.example/log',
  });
  await addAuthority(platform, AUTHORITY_A, AUTHORITY);
  await publishDemonstration(platform, AUTHORITY_A);
  ({ secret } = await createApiKey(platform, {
    authorityId: AUTHORITY_A,
    label: 'serve',
    scopes: ['decisions:write'],
    systems: [SYSTEM],
  }));
  await platform.close();
  child = spawn(
    process.execPath,
    [...process.execArgv, join(import.meta.dirname, '../cli/taalil.ts'), 'serve'],
    {
      env: { ...process.env, ...settings, DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child.stderr?.on('data', (part: Buffer) => {
    logged += part;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      output += part;
      if (output.includes('\n')) resolve();
    });
    child.once('exit', () => reject(new Error(logged)));
  });
  [, url, operator] = /Serving (\S+); health and metrics at (\S+)\./.exec(output) as unknown as [
    string,
    string,
    string,
  ];
});
after(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const [person] = people(1, 'operations');
const decide = (key: string) =>
  fetch(`${url}/api/v1/systems/${SYSTEM}/decisions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${secret}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
    },
    body: JSON.stringify({ subject: person?.subject, input: inputOf(person?.household as never) }),
  });

test('a process in production answers, is alive and ready, and says that it writes', async () => {
  assert.ok([201, 202].includes((await decide('operations-1')).status));
  assert.equal((await fetch(`${operator}/healthz`)).status, 200);
  const ready = await fetch(`${operator}/readyz`);
  assert.equal(ready.status, 200);
  assert.deepEqual(await ready.json(), { ready: true, role: 'writer', missing: [] });
  assert.equal((await fetch(`${operator}/nothing`)).status, 404);
  assert.equal((await fetch(`${url}/metrics`)).status, 404, 'the public does not see metrics');
});

test('metrics count what was sealed and answered, by pattern and not by case', async () => {
  const text = await (await fetch(`${operator}/metrics`)).text();
  assert.match(text, /^taalil_log_entries_sealed_total \d+$/m);
  assert.match(
    text,
    /taalil_http_request_seconds_count\{route="\/api\/v1\/systems\/:system\/decisions",method="POST",status="2xx"\} 1/,
  );
  assert.match(text, /^taalil_writer 1$/m);
  assert.match(text, /^process_cpu_seconds_total /m);
});

test('logs are structured and name neither person, nor case, nor address', () => {
  const lines = logged
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const answered = lines.filter(({ msg }) => msg === 'answered');
  assert.ok(answered.length > 0);
  for (const line of answered)
    assert.deepEqual(Object.keys(line).sort(), ['level', 'method', 'ms', 'msg', 'route', 'status', 'time']);
  assert.ok(!logged.includes(person?.subject as string) && !logged.includes('/systems/soutien-menages'));
});

test('told to stop it is not ready, answers what is under way, and leaves with 0', async () => {
  child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 200));
  const draining = await fetch(`${operator}/readyz`);
  assert.equal(draining.status, 503);
  const last = await decide('operations-2');
  assert.ok([201, 202].includes(last.status), 'it still answers while it drains');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  const { decision } = (await last.json()) as { decision: string };
  const platform = await openPlatform({
    folder,
    clock: systemClock,
    kind: 'production',
    originPrefix: 'test.example/log',
  });
  assert.ok(await platform.store.lookup('decisions', { authority_id: AUTHORITY_A, decision_id: decision }));
  await platform.close();
});

test('a setting that is missing or wrong is named', () => {
  for (const [name, value] of [
    ['PUBLIC_ORIGIN', 'taalil.example'],
    ['PUBLIC_ORIGIN', 'https://taalil.example/path'],
    ['TAALIL_ORIGIN', 'https://taalil.example'],
    ['TRUSTED_PROXIES', '-1'],
    ['TAALIL_OPERATOR_PORT', '70000'],
    ['TAALIL_WEBHOOK_NETWORKS', '10.0.0.0/33'],
    ['DATABASE_URL', 'mysql://a'],
  ] as const) {
    assert.throws(
      () => readProductionConfig({ ...settings, [name]: value }),
      (error: Error & { details: { where: string } }) => {
        assert.equal(error.details.where, name);
        assert.ok(!error.message.includes(value), 'the value is not repeated');
        return true;
      },
    );
  }
});
