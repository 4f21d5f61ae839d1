import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { parseCheckpoint, parseNote, parsePolicy, verifyProof } from '@taalil/transparency-log';
import {
  buildEntry,
  createSigner,
  generateKey,
  leafHash,
  nodeRuntime,
  signCheckpoint,
} from '@taalil/transparency-log/writer';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../../test/make-platform.ts';
import { addKnownLog, makeWitness, type RunningWitness, startWitness } from '../../witness/witness.ts';
import type { RunningGathering } from './witnessing.ts';

const ORIGIN = 'test.example/log/specimen';
let folder: string;
let p: TestPlatform;
let gathering: RunningGathering | undefined;
let witnesses: RunningWitness[];
let servers: Server[];
let vkey: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taalil-gather-'));
  witnesses = [];
  servers = [];
});
afterEach(async () => {
  await gathering?.stop();
  gathering = undefined;
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await p.dispose();
  for (const witness of witnesses) await witness.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An honest witness of its own folder. */
async function honest(name: string) {
  const own = join(folder, name);
  const [key] = makeWitness(own, `${name}.example`);
  const running = await startWitness({ folder: own, host: '127.0.0.1', port: 0 });
  witnesses.push(running);
  return { name, key: key as string, url: running.url, own, running };
}

/** A witness that does whatever the test wants. */
async function dishonest(
  name: string,
  answer: RequestListener,
  key = generateKey(`${name}.example`, 'cosignature/v1'),
) {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { name, key: key.vkey, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

type Listed = { name: string; key: string; url: string };
async function open(
  listed: readonly Listed[],
  threshold: number | 'all',
  introduced: readonly { own: string }[],
) {
  mkdirSync(join(folder, 'data', 'witnesses'), { recursive: true });
  const lines = listed.map(({ name, key, url }) => `witness ${name} ${key} ${url}`);
  const group = `group quorum-of-all ${threshold} ${listed.map(({ name }) => name).join(' ')}`;
  writeFileSync(
    join(folder, 'data', 'witnesses', 'policy'),
    [...lines, group, 'quorum quorum-of-all', ''].join('\n'),
  );
  const operators = { [listed[0]?.name as string]: { fr: 'Une faculté', en: 'A faculty' } };
  writeFileSync(join(folder, 'data', 'witnesses', 'operators.json'), JSON.stringify(operators));
  p = await makePlatform({ system: false, folder: join(folder, 'data'), publishEveryMs: 50 });
  vkey = await p.ledger.vkey(AUTHORITY_A);
  for (const { own } of introduced) addKnownLog(own, `log ${vkey}`);
  gathering = p.ledger.gather({ everyMs: 50, timeoutMs: 400, pauseMostMs: 300 });
}

let n = 0;
async function seal() {
  const { entry } = buildEntry({ type: 'authority', period: '2026-03', facts: [{ name: 'n', value: n++ }] });
  const { index } = await p.ledger.seal(AUTHORITY_A, { entry, write: () => {} });
  return { index, leaf: leafHash(entry) };
}

async function until<T>(what: string, look: () => Promise<T | undefined>, ms = 8_000): Promise<T> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`not in time: ${what}`);
}
const witnessed = (index: number) =>
  until(`entry ${index} is witnessed`, async () => {
    const standing = await p.ledger.witnessed(AUTHORITY_A, index);
    return standing.state === 'witnessed' ? standing : undefined;
  });
const policyOf = (listed: readonly Listed[], threshold: number | 'all') =>
  parsePolicy(
    [
      `log ${vkey}`,
      ...listed.map(({ name, key }) => `witness ${name} ${key}`),
      `group g ${threshold} ${listed.map(({ name }) => name).join(' ')}`,
      'quorum g',
      '',
    ].join('\n'),
  );

test('a receipt goes from pending to witnessed: its proof carries the quorum, and says which, by whom, since when', async () => {
  const [a, b] = [await honest('a'), await honest('b')];
  await open([a, b], 'all', [a, b]);
  const before = Math.floor(Date.now() / 1_000);
  const { index, leaf } = await seal();
  assert.deepEqual(await p.ledger.witnessed(AUTHORITY_A, index), { state: 'pending' });
  const pending = await p.ledger.proof(AUTHORITY_A, index);
  await verifyProof(pending, leaf, { vkey }, nodeRuntime);

  const { by } = await witnessed(index);
  assert.deepEqual(
    by.map(({ name, keyName, operator }) => [name, keyName, operator]),
    [
      ['a', 'a.example', { fr: 'Une faculté', en: 'A faculty' }],
      ['b', 'b.example', undefined],
    ],
  );
  for (const { since } of by) assert.ok(since >= before && since <= before + 60);
  const proof = await p.ledger.proof(AUTHORITY_A, index);
  const verified = await verifyProof(proof, leaf, { policy: policyOf([a, b], 'all') }, nodeRuntime);
  assert.equal(verified.checkpoint.cosignatures.length, 2);
  await assert.rejects(verifyProof(pending, leaf, { policy: policyOf([a, b], 'all') }, nodeRuntime), {
    code: 'quorum-not-met',
  });
  await verifyProof(pending, leaf, { vkey }, nodeRuntime);

  const head = await until('the published checkpoint is co-signed', async () => {
    const note = (await p.ledger.published(AUTHORITY_A))?.note ?? '';
    return note.includes('— b.example ') ? note : undefined;
  });
  assert.equal(parseNote(head).signatures.length, 3);
  const overview = await p.ledger.witnesses(AUTHORITY_A);
  assert.deepEqual(
    overview?.profiles.map(({ name, last }) => [name, last?.size]),
    [
      ['a', index + 1],
      ['b', index + 1],
    ],
  );

  const next = await seal();
  const later = await witnessed(next.index);
  assert.equal(later.size, next.index + 1);
  assert.equal(await p.ledger.proof(AUTHORITY_A, index), proof, 'the first word for an entry stays');

  await gathering?.stop();
  p = await p.reopen();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  gathering = p.ledger.gather({ everyMs: 50 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual(await p.ledger.witnessed(AUTHORITY_A, next.index), later, 'since when does not move');
  await witnessed((await seal()).index);
});

test('slow, dead and lying witnesses hold up neither the log nor the others', async () => {
  const [a, b] = [await honest('a'), await honest('b')];
  const stranger = createSigner(generateKey('liar.example', 'cosignature/v1').skey);
  const liarKey = generateKey('liar.example', 'cosignature/v1');
  const liar = createSigner(liarKey.skey);
  let lie = 0;
  const lies: readonly RequestListener[] = [
    (_q, r) =>
      void r.end(
        signCheckpoint({ origin: ORIGIN, size: 1, root: new Uint8Array(32) }, [liar], 5).split('\n\n')[1],
      ),
    (_q, r) =>
      void r.end(
        signCheckpoint({ origin: ORIGIN, size: 1, root: new Uint8Array(32) }, [stranger], 5).split('\n\n')[1],
      ),
    (_q, r) => void r.end('<html>welcome</html>'),
    (_q, r) => void r.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
    (_q, r) => void r.end(Buffer.alloc(1_000_000, 65)),
    (_q, r) => void r.writeHead(409, { 'Content-Type': 'text/x.tlog.size' }).end('1\n'),
    (_q, r) => void r.writeHead(409, { 'Content-Type': 'text/x.tlog.size' }).end('999999\n'),
    (_q, r) => void r.writeHead(500).end('no'),
    (q) => void q.socket.destroy(),
  ];
  const told = new Set<number>();
  const lying = await dishonest(
    'liar',
    (request, response) => {
      if (request.method === 'GET') return void response.writeHead(404).end();
      told.add(lie % lies.length);
      lies[lie++ % lies.length]?.(request, response);
    },
    liarKey,
  );
  let hung = 0;
  const slow = await dishonest('slow', () => void hung++);
  const dead = {
    name: 'dead',
    key: generateKey('dead.example', 'cosignature/v1').vkey,
    url: 'http://127.0.0.1:9',
  };
  const listed = [a, lying, slow, dead, b];
  await open(listed, 2, [a, b]);
  await until(
    'every lie was told',
    async () => {
      const started = performance.now();
      const { index } = await seal();
      assert.ok(performance.now() - started < 1_500, 'sealing waited for a witness');
      const { by } = await witnessed(index);
      assert.ok(by.every(({ name }) => name === 'a' || name === 'b'));
      return told.size === lies.length ? true : undefined;
    },
    30_000,
  );
  assert.ok(hung > 0);
  await seal();
});

test('a witness that comes late joins, and one that comes back is asked again', async () => {
  const [a, b] = [await honest('a'), await honest('b')];
  await open([a, b], 1, [a]);
  const { index } = await seal();
  assert.deepEqual(
    (await witnessed(index)).by.map(({ name }) => name),
    ['a'],
  );
  addKnownLog(b.own, `log ${vkey}`);
  await until('both', async () => {
    const standing = await p.ledger.witnessed(AUTHORITY_A, index);
    return standing.state === 'witnessed' && standing.by.length === 2 ? true : undefined;
  });
});

const skip =
  process.env.TAALIL_TEST_STORE === 'postgres' ? 'it is about the files of the embedded store' : false;

test('a store set back is found by its witnesses: while it runs, and before it signs', { skip }, async () => {
  const a = await honest('a');
  await open([a], 1, [a]);
  await witnessed((await seal()).index);
  await gathering?.stop();
  await p.close();
  // A backup of everything, fence included.
  cpSync(join(folder, 'data'), join(folder, 'backup'), { recursive: true });
  p = await makeAgain();
  gathering = p.ledger.gather({ everyMs: 50 });
  await witnessed((await seal()).index);
  await gathering?.stop();
  await p.close();

  rmSync(join(folder, 'data'), { recursive: true });
  cpSync(join(folder, 'backup'), join(folder, 'data'), { recursive: true });
  p = await makeAgain();
  await assert.rejects(seal(), { code: 'fenced', message: /witness a has cosigned 2/ });
  assert.equal(parseCheckpoint(parseNote((await p.ledger.checkpoint(AUTHORITY_A)) as string).text).size, 1);
  await p.close();

  // While the witness cannot be reached, the platform starts; when it is back, it is heard.
  await a.running.stop();
  p = await makeAgain();
  await seal();
  const port = Number(new URL(a.url).port);
  witnesses = [await startWitness({ folder: a.own, host: '127.0.0.1', port })];
  gathering = p.ledger.gather({ everyMs: 50, pauseMostMs: 200 });
  await until('the fork is found', async () => {
    const refused = await seal().then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
    return refused === 'fenced' ? true : undefined;
  });
});

test('without witnesses nothing is gathered; a policy that cannot be met is refused at start', async () => {
  p = await makePlatform({ system: false, folder: join(folder, 'data') });
  const { index } = await seal();
  assert.equal(p.ledger.gather(), undefined);
  assert.deepEqual(await p.ledger.witnessed(AUTHORITY_A, index), { state: 'none' });
  await p.close();
  mkdirSync(join(folder, 'data', 'witnesses'));
  const key = generateKey('w.example', 'cosignature/v1').vkey;
  for (const policy of [
    `witness w ${key}\nquorum w\n`,
    `witness w ${key} ftp://w\nquorum w\n`,
    'quorum w\n',
  ]) {
    writeFileSync(join(folder, 'data', 'witnesses', 'policy'), policy);
    await assert.rejects(makeAgain(), { code: 'invalid-request' }, policy);
  }
  rmSync(join(folder, 'data', 'witnesses'), { recursive: true });
  p = await makeAgain();
});

function makeAgain(): Promise<TestPlatform> {
  return makePlatform({
    system: false,
    folder: join(folder, 'data'),
    authorities: false,
    publishEveryMs: 50,
  });
}
