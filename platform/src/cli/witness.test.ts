import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseVerifierKey } from '@taalil/transparency-log';
import { GrownLog } from '../../test/grown-log.ts';
import { witnessCommand } from './witness.ts';

let folder: string;
before(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'taalil-cli-witness-')), 'witness');
});
after(() => rmSync(join(folder, '..'), { recursive: true }));

async function run(...args: string[]): Promise<string[]> {
  const said: string[] = [];
  const { log } = console;
  console.log = (text: string) => void said.push(text);
  try {
    await witnessCommand().parseAsync(args, { from: 'user' });
  } finally {
    console.log = log;
  }
  return said;
}

test('an institution makes a witness, adds a log, and serves it until it is told to stop', async () => {
  const [vkey, second] = await run('init', folder, '--name', 'witness.institution.example', '--ml-dsa');
  assert.deepEqual(
    [vkey, second].map((key) => parseVerifierKey(key as string).type),
    ['cosignature/v1', 'ml-dsa-44'],
  );
  await assert.rejects(run('init', folder, '--name', 'again.example'), { code: 'conflict' });
  const log = new GrownLog('agency.example/log', 30);
  assert.deepEqual(await run('add', folder, log.signer.vkey, '--every', '5'), []);
  await assert.rejects(run('add', folder, 'no key'), { code: 'invalid-request' });
  assert.equal(readFileSync(join(folder, 'logs'), 'utf8'), `log ${log.signer.vkey} every=5\n`);
  await assert.rejects(run('serve', folder, '--port', 'http'), { code: 'invalid-request' });

  const child = spawn(
    process.execPath,
    [...process.execArgv, join(import.meta.dirname, 'taalil.ts'), 'witness', 'serve', folder, '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /^Witness witness\.institution\.example runs at (http:\S+)/.exec(said.toString())?.[1];
  const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: await log.request(0, 20) });
  assert.equal(answer.status, 200);
  assert.equal((await answer.text()).split('\n').length, 3);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});
