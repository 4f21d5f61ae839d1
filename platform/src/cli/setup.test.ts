import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, mock, test } from 'node:test';
import { PlatformError } from '../errors.ts';
import { setupCommands } from './setup.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-setup-'));
after(() => rmSync(folder, { recursive: true }));

Object.assign(process.env, {
  TAALIL_DATA: join(folder, 'data'),
  TAALIL_ORIGIN: 'test.example/log',
  PUBLIC_ORIGIN: 'https://test.example',
  DATABASE_URL: '',
});

/** Runs one command as the program does; its output, or the error that the program would print. */
async function taalil(name: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = setupCommands().find((known) => known.name() === name);
  const print = mock.method(console, 'log', () => undefined);
  try {
    await command?.parseAsync(args, { from: 'user' });
    return {
      code: 0,
      out: `${print.mock.calls.map((call) => call.arguments.join(' ')).join('\n')}\n`,
      err: '',
    };
  } catch (error) {
    assert.ok(error instanceof PlatformError, String(error));
    return { code: 3, out: '', err: `${error.message} ${error.details.mend ?? ''}` };
  } finally {
    print.mock.restore();
  }
}

test('an empty folder becomes a platform: authority, first person, API key; what is wrong is named and changes nothing', async () => {
  const profile = join(folder, 'profile.json');
  writeFileSync(
    profile,
    JSON.stringify({ name: { fr: 'Agence', ar: 'وكالة' }, humanContact: { phone: '0500000000' } }),
  );
  const person = [
    '--issuer',
    'https://id.example',
    '--subject',
    'a-1',
    '--name',
    'Amina Exemple',
    '--roles',
    'supervisor',
  ];
  const early = await taalil('staff', 'add', '--authority', 'agence', ...person);
  assert.equal(early.code, 3);
  assert.match(early.err, /There is no authority agence/);
  const added = await taalil('authority', 'add', 'agence', '--profile', profile);
  assert.match(added.out, /Verifier key of its log: test\.example\/log\/agence\+[0-9a-f]{8}\+/, added.err);
  assert.match((await taalil('staff', 'add', '--authority', 'agence', ...person)).out, /^stf_\w+: added/);
  const twice = await taalil('staff', 'add', '--authority', 'agence', ...person);
  assert.equal(twice.code, 3);
  const wrong = await taalil('api-key', 'create', '--authority', 'agence', '--label', 'x', '--scopes', 'all');
  assert.match(wrong.err, /"all" is none/);
  const key = await taalil(
    'api-key',
    'create',
    '--authority',
    'agence',
    '--label',
    'integration',
    '--scopes',
    'decisions:write',
  );
  assert.match(key.out, /\ntaalil_\w+_[\w-]{43}\n/);
});
