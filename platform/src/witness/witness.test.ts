import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import {
  formatAddCheckpoint,
  originHash,
  parseNote,
  parsePolicy,
  parseVerifierKey,
  readCosignatures,
  verifyCheckpoint,
} from '@taalil/transparency-log';
import { createSigner, generateKey, nodeRuntime, signCheckpoint } from '@taalil/transparency-log/writer';
import { GrownLog } from '../../test/grown-log.ts';
import { onWitnessFaultPoint, WITNESS_FAULT_POINTS } from './fault-points.ts';
import { addKnownLog, makeWitness, type RunningWitness, startWitness } from './witness.ts';

const log = new GrownLog('agency.example/log', 600);
let folder: string;
let vkeys: string[];
let running: RunningWitness;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-witness-'));
  vkeys = makeWitness(folder, 'witness.example', { mlDsa: true });
  addKnownLog(folder, `log ${log.signer.vkey}`);
  running = await startWitness({ folder, host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  onWitnessFaultPoint(undefined);
  await running.stop();
  rmSync(folder, { recursive: true });
});

async function post(body: string | Uint8Array, path = '/add-checkpoint') {
  const response = await fetch(`${running.url}${path}`, { method: 'POST', body: body as string });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}
const ask = async (oldSize: number, size: number) => post(await log.request(oldSize, size));
const record = async (origin = log.origin) => {
  const response = await fetch(`${running.url}/${originHash(origin, nodeRuntime)}/checkpoint`);
  return { status: response.status, body: await response.text() };
};
const restart = async () => {
  await running.stop();
  running = await startWitness({ folder, host: '127.0.0.1', port: 0 });
};

test('a log grows under a witness, over HTTP; the answer is its cosignatures, and monitors read the same', async () => {
  assert.equal((await record()).status, 404);
  for (const [oldSize, size] of [
    [0, 1],
    [1, 1],
    [1, 256],
    [256, 257],
    [257, 600],
  ] as const) {
    const { status, type, body } = await ask(oldSize, size);
    assert.deepEqual([status, type], [200, 'text/plain; charset=utf-8'], `${oldSize} to ${size}: ${body}`);
    const keys = vkeys.map(parseVerifierKey);
    const text = parseNote(await log.note(size)).text;
    assert.equal((await readCosignatures(body, text, keys, nodeRuntime)).length, 2);
  }
  const kept = (await record()).body;
  const policy = parsePolicy(
    `log ${log.signer.vkey}\nwitness a ${vkeys[0]}\nwitness b ${vkeys[1]}\ngroup g all a b\nquorum g\n`,
  );
  assert.equal((await verifyCheckpoint(kept, { policy }, nodeRuntime)).size, 600);
});

test('every refusal of the specification has its status, and leaves the record as it was', async () => {
  assert.equal((await ask(0, 100)).status, 200);
  const before = (await record()).body;
  const expect = async (status: number, body: string, what: string) => {
    const answer = await post(body);
    assert.equal(answer.status, status, `${what}: ${answer.status} ${answer.body}`);
    assert.equal((await record()).body, before, what);
    return answer;
  };
  const conflict = await expect(409, await log.request(0, 200), 'an old size that is behind');
  assert.deepEqual([conflict.type, conflict.body], ['text/x.tlog.size', '100\n']);
  await expect(409, await log.request(101, 200), 'an old size that it never had');
  await expect(
    400,
    formatAddCheckpoint({ oldSize: 201, proof: [], note: await log.note(200) }),
    'old above new',
  );
  const note = await log.note(200);
  await expect(422, formatAddCheckpoint({ oldSize: 100, proof: [], note }), 'no proof');
  const wrong = await log.proof(99, 200);
  await expect(422, formatAddCheckpoint({ oldSize: 100, proof: wrong, note }), 'the proof of another size');
  const stranger = createSigner(generateKey(log.origin).skey);
  const theirs = formatAddCheckpoint({
    oldSize: 100,
    proof: await log.proof(100, 200),
    note: await log.note(200, stranger),
  });
  await expect(403, theirs, 'a key that it does not trust');
  await expect(403, (await log.request(100, 200)).replace('\n200\n', '\n201\n'), 'a signature that fails');
  const other = new GrownLog('other.example/log', 10);
  await expect(404, await other.request(0, 10), 'an origin that it does not know');
  await expect(400, 'old 100\n', 'half a request');
  await expect(400, (await log.request(100, 200)).replace('old 100', 'old 0100'), 'a size in two spellings');
  assert.equal((await post(Buffer.alloc(64 * 1024 + 1, 65))).status, 413);
  assert.equal((await post('old 0\n\n', '/elsewhere')).status, 405);
  assert.equal((await fetch(`${running.url}/add-checkpoint`)).status, 405);
  assert.equal((await record()).body, before);
  assert.equal((await ask(100, 200)).status, 200, 'and an honest one is still cosigned');
});

test('a log that signs two trees of one size gets 422, and the evidence is kept', async () => {
  await ask(0, 100);
  const forked = new GrownLog(log.origin, 600, { seed: 1, signer: log.signer });
  const answer = await post(await forked.request(100, 100));
  assert.equal(answer.status, 422);
  assert.equal((await post(await forked.request(100, 300))).status, 422);
  const [file, ...more] = readdirSync(join(folder, 'forks'));
  assert.deepEqual(more, []);
  const evidence = readFileSync(join(folder, 'forks', file as string), 'utf8');
  assert.ok(evidence.includes(await forked.note(100)));
  assert.ok(evidence.includes((await log.note(100)).trim()));
});

test('of many requests at once from one record, one is cosigned; the record never goes back', async () => {
  await ask(0, 10);
  const answers = await Promise.all([11, 20, 30, 40, 50].map((size) => ask(10, size)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409]);
  const won = answers.findIndex(({ status }) => status === 200);
  const size = [11, 20, 30, 40, 50][won] as number;
  for (const { status, body } of answers) if (status === 409) assert.equal(body, `${size}\n`);
  await restart();
  assert.equal((await ask(0, 600)).body, `${size}\n`, 'also after a restart');
});

test('an error at any step leaves the old record or the new one, and the witness goes on', async () => {
  await ask(0, 10);
  let size = 10;
  for (const point of WITNESS_FAULT_POINTS.filter((one) => one !== 'answered')) {
    onWitnessFaultPoint((reached) => {
      if (reached === point) throw new Error(`no space left at ${point}`);
    });
    assert.equal((await ask(size, size + 10)).status, 503, point);
    onWitnessFaultPoint(undefined);
    const conflict = await ask(0, 600);
    const recorded = Number(conflict.body);
    assert.ok(
      conflict.status === 409 && (recorded === size || recorded === size + 10),
      `${point}: ${recorded}`,
    );
    size = recorded;
    assert.equal((await ask(size, size + 1)).status, 200, point);
    size += 1;
  }
});

test('a record that cannot be read is never taken for none', async () => {
  await ask(0, 10);
  const [file] = readdirSync(join(folder, 'records'));
  const path = join(folder, 'records', file as string);
  const whole = readFileSync(path);
  for (const damaged of [Buffer.alloc(0), whole.subarray(0, 100), Buffer.from('{}')]) {
    writeFileSync(path, damaged);
    await restart();
    assert.equal((await ask(0, 20)).status, 503);
    assert.equal((await ask(10, 20)).status, 503);
  }
  writeFileSync(path, whole);
  await restart();
  assert.equal((await ask(10, 20)).status, 200);
});

test('a second witness on the same folder is refused; keys and records are their owner’s alone', async () => {
  await ask(0, 10);
  await assert.rejects(startWitness({ folder, host: '127.0.0.1', port: 0 }), { code: 'writer-held' });
  const script = `import { startWitness } from ${JSON.stringify(join(import.meta.dirname, 'witness.ts'))};
    await startWitness({ folder: ${JSON.stringify(folder)}, host: '127.0.0.1', port: 0 }).catch((e) => console.log(e.code));`;
  const said = execFileSync(process.execPath, [...process.execArgv, '--input-type=module', '-e', script]);
  assert.equal(said.toString().trim(), 'writer-held');
  for (const file of [
    'witness.key',
    'witness-ml-dsa.key',
    `records/${readdirSync(join(folder, 'records'))[0]}`,
  ])
    assert.equal(statSync(join(folder, file)).mode & 0o077, 0, file);
  assert.throws(() => makeWitness(folder, 'again.example'), { code: 'conflict' });
  await assert.rejects(startWitness({ folder: join(folder, 'none'), host: '127.0.0.1', port: 0 }), {
    code: 'not-found',
  });
});

test('each log has its policy; the list is read again while the witness runs, and a fault leaves the last good one', async () => {
  const other = new GrownLog('other.example/log', 20);
  addKnownLog(folder, `log ${other.signer.vkey} every=60`);
  assert.throws(() => addKnownLog(folder, 'log nonsense'), { code: 'invalid-request' });
  assert.throws(() => addKnownLog(folder, `log ${log.signer.vkey} every=often`), { code: 'invalid-request' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal((await post(await other.request(0, 5))).status, 200);
  const limited = await fetch(`${running.url}/add-checkpoint`, {
    method: 'POST',
    body: await other.request(5, 6),
  });
  assert.equal(limited.status, 429);
  assert.ok(Number(limited.headers.get('retry-after')) > 50);
  assert.equal((await ask(0, 10)).status, 200, 'another log is not held up');
  assert.equal((await ask(10, 10)).status, 200);
  writeFileSync(join(folder, 'logs'), 'log nonsense\n');
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal((await ask(10, 11)).status, 200);
  const page = await (await fetch(running.url)).text();
  assert.match(page, /^Witness witness\.example\n/);
  assert.ok(page.includes(log.origin) && vkeys.every((vkey) => page.includes(vkey)));
});

test('a flood from one address, and one that says nothing, hold up nobody for long', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 120 }, async () => (await fetch(`${running.url}/nothing`)).status),
  );
  assert.ok(statuses.includes(429));
  const hanging = request(`${running.url}/add-checkpoint`, { method: 'POST' });
  hanging.on('error', () => {});
  hanging.write('old 0\n');
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal((await ask(0, 10)).status, 200);
  hanging.destroy();
});

test('a clock that jumps back takes no statement back', async () => {
  await running.stop();
  let seconds = 2_000;
  running = await startWitness({ folder, host: '127.0.0.1', port: 0, now: () => seconds });
  const times: number[] = [];
  for (const [oldSize, size, at] of [
    [0, 10, 2_000],
    [10, 20, 5],
    [20, 30, 2_001],
  ] as const) {
    seconds = at;
    assert.equal((await ask(oldSize, size)).status, 200);
    const policy = parsePolicy(`log ${log.signer.vkey}\nwitness a ${vkeys[0]}\nquorum a\n`);
    const { cosignatures } = await verifyCheckpoint((await record()).body, { policy }, nodeRuntime);
    times.push(cosignatures[0]?.timestamp as number);
  }
  assert.deepEqual(times, [2_000, 2_000, 2_001]);
  const wrong = signCheckpoint({ origin: log.origin, size: 31, root: new Uint8Array(32) }, [log.signer]);
  assert.equal((await post(formatAddCheckpoint({ oldSize: 30, proof: [], note: wrong }))).status, 422);
});
