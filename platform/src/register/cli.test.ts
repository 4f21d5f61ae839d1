import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Command } from 'commander';
import { Hono } from 'hono';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../test/make-platform.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { createApiKey } from '../access/index.ts';
import { PlatformError } from '../errors.ts';
import { problemResponse } from '../problem.ts';
import { registerApi } from './api.ts';
import { registerCommands } from './cli.ts';

let p: TestPlatform;
let key: string;
let folder: string;
let app: Hono;
before(async () => {
  p = await makePlatform();
  app = new Hono().route('/', registerApi(p));
  app.onError((error, c) => {
    if (error instanceof PlatformError) return problemResponse(c, error);
    throw error;
  });
  const scopes = ['systems:write', 'systems:read'] as const;
  key = (await createApiKey(p, { authorityId: AUTHORITY_A, label: 'cli', scopes, systems: 'all' })).secret;
  folder = mkdtempSync(join(tmpdir(), 'taalil-cli-'));
  writeFileSync(file('record.json'), JSON.stringify(RECORD));
  writeFileSync(file('model.json'), modelFile({ version: 1, fault: false }));
  writeFileSync(file('unknown.json'), JSON.stringify({ ...RECORD, colour: 'green' }));
  writeFileSync(file('broken.json'), '{');
});
after(async () => {
  rmSync(folder, { recursive: true });
  await p.dispose();
});

const file = (name: string) => join(folder, name);

/** Runs the command and gives what it printed. */
async function taalil(...args: string[]): Promise<string> {
  const program = new Command('taalil').exitOverride().configureOutput({ writeErr() {} });
  registerCommands(program, (input, init) => Promise.resolve(app.request(String(input), init)));
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    await program.parseAsync(['systems', ...args], { from: 'user' });
  } finally {
    console.log = log;
  }
  return lines.join('\n');
}

const at = ['--url', 'http://taalil.test'];
const publish = (system: string, record: string, ...more: string[]) =>
  taalil(
    'publish',
    system,
    ...at,
    '--key',
    key,
    '--record',
    file(record),
    '--model',
    file('model.json'),
    ...more,
  );

test('publish registers a draft, and says so', async () => {
  assert.match(
    await publish('par-commande', 'record.json'),
    /registered, version 1, model version 1, draft, log entry \d+/,
  );
  assert.match(await publish('par-commande', 'record.json'), /unchanged, version 1/);
});

test('status shows systems, changes one, and tells the API’s refusal', async () => {
  assert.match(await taalil('status', SYSTEM, ...at, '--key', key), /soutien-menages +live +version 1/);
  const all = JSON.parse(await taalil('status', ...at, '--key', key, '--json')) as { system: string }[];
  assert.deepEqual(
    all.map((s) => s.system),
    ['par-commande', SYSTEM],
  );
  assert.match(await taalil('status', 'par-commande', ...at, '--key', key, '--set', 'live'), /live/);
  await assert.rejects(taalil('status', 'par-commande', ...at, '--key', key, '--set', 'suspended'), {
    code: 'invalid-request',
  });
  const out = await taalil(
    'status',
    'par-commande',
    ...at,
    '--key',
    key,
    '--set',
    'suspended',
    '--reason-fr',
    'Faux',
  );
  assert.match(out, /suspended/);
  await assert.rejects(
    taalil('status', 'par-commande', ...at, '--key', key, '--set', 'live', '--reason-fr', 'x'),
    {
      code: 'person-required',
    },
  );
});

test('a record with an unknown key is refused by the server, with the place', async () => {
  const error = await publish('autre', 'unknown.json').catch((e: unknown) => e);
  assert.ok(error instanceof PlatformError);
  assert.equal(error.code, 'invalid-record');
  assert.match(error.details.faults?.[0]?.what ?? '', /colour/);
});

test('nothing is sent where the file is not the one that was meant', async () => {
  await assert.rejects(publish('autre', 'broken.json'), { code: 'invalid-record' });
  await assert.rejects(publish('autre', 'missing.json'), { code: 'invalid-request' });
  const other = createHash('sha256').update('other').digest('hex');
  await assert.rejects(publish('autre', 'record.json', '--sha256', other), { code: 'invalid-model' });
  await assert.rejects(taalil('status', 'autre', ...at, '--key', key), { code: 'not-found' });
});

test('without a key, or with a wrong one, it says so', async () => {
  await assert.rejects(taalil('status', ...at, '--key', ''), { code: 'unauthenticated' });
  await assert.rejects(taalil('status', ...at, '--key', 'taalil_wrong'), { code: 'unauthenticated' });
});
