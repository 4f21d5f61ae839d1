import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  addCheckpoint,
  addSignatures,
  appendLeaves,
  EMPTY_EDGE,
  emptyRoot,
  formatAddCheckpoint,
  formatVerifierKey,
  originHash,
  parseNote,
  parseVerifierKey,
  proveConsistency,
  requestCosignatures,
  rootOf,
  verifyCheckpoint,
  type Witness,
  type WitnessAnswer,
  witnessedCheckpoint,
} from '../src/index.ts';
import { createSigner, generateKey, nodeRuntime, signCheckpoint } from '../src/writer.ts';
import { MemoryWitnessStore } from './memory.ts';
import { leavesOf } from './reference.ts';

const log = createSigner(generateKey('log.example').skey);
const tiles = appendLeaves(EMPTY_EDGE, leavesOf(600)).tiles;
const readTile = (level: number, index: number) =>
  tiles.find((tile) => tile.level === level && tile.index === index)?.hashes;
const prove = (size1: number, size2: number) => proveConsistency(size1, size2, readTile);
const signed = async (size: number, signer = log) =>
  signCheckpoint({ origin: 'log.example', size, root: await rootOf(size, readTile) }, [signer]);

function makeWitness(names = ['w1.example'], now = () => 1_800_000_000) {
  const cosigners = names.map((name) => createSigner(generateKey(name, 'cosignature/v1').skey));
  const store = new MemoryWitnessStore();
  const keysOf = (origin: string) => (origin === 'log.example' ? [log.key] : undefined);
  const witness: Witness = { keysOf, cosigners, store, now, runtime: nodeRuntime };
  return { witness, store, keys: cosigners.map(({ key }) => key) };
}

test('the requests of another implementation’s tests get the answers it expects', async () => {
  const fixture = JSON.parse(
    readFileSync(new URL('fixtures/witness-requests.json', import.meta.url), 'utf8'),
  );
  const publicKey = new Uint8Array(Buffer.from(fixture.logPublicKeyHex, 'hex'));
  const key = parseVerifierKey(formatVerifierKey({ name: fixture.origin, type: 'ed25519', publicKey }));
  const { witness } = makeWitness();
  const known = { ...witness, keysOf: (origin: string) => (origin === fixture.origin ? [key] : undefined) };
  assert.equal(fixture.requests.length, 9);
  for (const [i, { body, status, answer }] of fixture.requests.entries()) {
    const response = await addCheckpoint(body, known);
    assert.equal(response.status, status, `request ${i}: ${response.body}`);
    if (answer !== undefined) assert.equal(response.body, answer);
    if (status === 200) assert.match(response.body, /^— w1\.example [A-Za-z0-9+/=]+\n$/);
  }
});

test('a log grows under its witnesses, and a client needs nothing but the checkpoint to show it', async () => {
  const { witness, store, keys } = makeWitness(['w1.example', 'w2.example']);
  let cosigned = '';
  for (const size of [0, 0, 1, 255, 256, 256, 600]) {
    const note = await signed(size);
    const oldSize = store.records.get('log.example')?.size ?? 0;
    const proof = oldSize === 0 ? [] : await prove(oldSize, size);
    const response = await addCheckpoint(formatAddCheckpoint({ oldSize, proof, note }), witness);
    assert.deepEqual([response.status, response.contentType], [200, 'text/plain; charset=utf-8'], `${size}`);
    cosigned = note + response.body;
  }
  assert.equal(parseNote(cosigned).signatures.length, 3);
  const policy = {
    logs: [{ key: log.key }],
    witnesses: keys.map((key, i) => ({ name: `w${i}`, key })),
    quorum: { kind: 'none' } as const,
  };
  const verified = await verifyCheckpoint(cosigned, { policy });
  assert.deepEqual(
    verified.cosignatures.map(({ witness: name, timestamp }) => [name, timestamp]),
    [
      ['w0', 1_800_000_000],
      ['w1', 1_800_000_000],
    ],
  );
  const served = await witnessedCheckpoint('log.example', store);
  assert.deepEqual([served.status, served.body], [200, cosigned]);
  assert.equal((await witnessedCheckpoint('other.example', store)).status, 404);
  assert.equal((await witnessedCheckpoint(undefined, store)).status, 404);
  assert.match(originHash('log.example', nodeRuntime), /^[0-9a-f]{64}$/);
});

test('every refusal of the specification, and nothing is recorded', async () => {
  const { witness, store } = makeWitness();
  const forks: (readonly [string, number | undefined])[] = [];
  const onFork: Witness['onFork'] = (note, recorded) => void forks.push([note, recorded?.size]);
  const ask = async (body: string) => addCheckpoint(body, { ...witness, onFork });
  const post = async (oldSize: number, size: number, note?: string, proof?: Uint8Array[]) =>
    ask(
      formatAddCheckpoint({
        oldSize,
        proof: proof ?? (oldSize === 0 || oldSize > size ? [] : await prove(oldSize, size)),
        note: note ?? (await signed(size)),
      }),
    );
  assert.equal((await post(0, 100)).status, 200);
  const before = store.records.get('log.example');
  const stranger = createSigner(generateKey('log.example').skey);
  const good = await signed(300);
  const root = await rootOf(300, readTile);

  const conflict = await post(0, 300);
  assert.deepEqual(
    [conflict.status, conflict.contentType, conflict.body],
    [409, 'text/x.tlog.size', '100\n'],
  );
  assert.equal((await post(99, 300)).status, 409, 'an old size it never had');
  assert.equal((await post(100, 99)).status, 400, 'old above new');
  assert.equal((await post(101, 300)).status, 409);
  assert.equal((await post(100, 300, undefined, [])).status, 422, 'no proof');
  assert.equal((await post(100, 300, undefined, await prove(99, 300))).status, 422, 'proof from elsewhere');
  const forked = signCheckpoint({ origin: 'log.example', size: 300, root: new Uint8Array(32) }, [log]);
  assert.equal((await post(100, 300, forked)).status, 422, 'a fork');
  const same = signCheckpoint({ origin: 'log.example', size: 100, root }, [log]);
  const fork = await post(100, 100, same, []);
  assert.equal(fork.status, 422, 'same size, other root');
  assert.deepEqual(forks.pop(), [same, 100], 'the evidence of a fork is handed on');
  assert.equal((await post(100, 100, undefined, [root])).status, 422, 'same size, proof not empty');
  assert.equal((await post(100, 300, await signed(300, stranger))).status, 403, 'no trusted signature');
  assert.equal((await post(100, 300, good.replace('\n300\n', '\n301\n'))).status, 403, 'signature fails');
  const other = signCheckpoint({ origin: 'other.example', size: 300, root }, [log]);
  assert.equal((await post(100, 300, other)).status, 404, 'unknown origin');
  assert.deepEqual(store.records.get('log.example'), before);

  const body = formatAddCheckpoint({ oldSize: 100, proof: await prove(100, 300), note: good });
  const malformed = [
    '',
    body.replace('old 100', 'old 0100'),
    body.replace('old 100', 'new 100'),
    body.replace('old 100\n', ''),
    body.replace('old 100', `old 100\n${'A'.repeat(44)}`),
    body.replace('old 100\n', `old 100\n${`${Buffer.from(root).toString('base64')}\n`.repeat(64)}`),
    body.slice(0, -1),
    body.replace('\n300\n', '\n0300\n'),
    body.replace(/\n\n.*$/s, '\n\n'),
    `${body}\n`,
  ];
  for (const bad of malformed) assert.equal((await ask(bad)).status, 400, JSON.stringify(bad.slice(0, 40)));
  assert.equal((await addCheckpoint(Uint8Array.of(0xff), witness)).status, 400);
  assert.deepEqual(store.records.get('log.example'), before);
  assert.equal((await ask(body)).status, 200);

  const fresh = makeWitness();
  const empty = (emptyTree: Uint8Array, proof: Uint8Array[] = []) =>
    addCheckpoint(
      formatAddCheckpoint({
        oldSize: 0,
        proof,
        note: signCheckpoint({ origin: 'log.example', size: 0, root: emptyTree }, [log]),
      }),
      fresh.witness,
    );
  assert.equal((await empty(root)).status, 422, 'size 0 with another root');
  assert.equal((await empty(emptyRoot(), [root])).status, 422, 'a proof from 0');
  assert.equal(fresh.store.records.size, 0);
  assert.equal((await empty(emptyRoot())).status, 200);
});

test('of two requests at once from one record, one is cosigned and the other told the new size', async () => {
  const { witness, store } = makeWitness();
  await addCheckpoint(formatAddCheckpoint({ oldSize: 0, proof: [], note: await signed(10) }), witness);
  const bodies = await Promise.all(
    [20, 30, 40, 50].map(async (size) =>
      formatAddCheckpoint({ oldSize: 10, proof: await prove(10, size), note: await signed(size) }),
    ),
  );
  const answers = await Promise.all(bodies.map((body) => addCheckpoint(body, witness)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  const size = store.records.get('log.example')?.size;
  for (const { status, body } of answers)
    if (status !== 200) assert.deepEqual([status, body], [409, `${size}\n`]);
});

test('a clock that jumps back does not take a statement back', async () => {
  let seconds = 1000;
  const { witness, store } = makeWitness(['w1.example'], () => seconds);
  await addCheckpoint(formatAddCheckpoint({ oldSize: 0, proof: [], note: await signed(10) }), witness);
  seconds = 5;
  await addCheckpoint(
    formatAddCheckpoint({ oldSize: 10, proof: await prove(10, 11), note: await signed(11) }),
    witness,
  );
  assert.deepEqual(
    [store.records.get('log.example')?.size, store.records.get('log.example')?.timestamp],
    [11, 1000],
  );
});

test('a store that cannot make a record durable gets no cosignature out', async () => {
  const { witness, store } = makeWitness();
  store.replace = async () => {
    throw new Error('disk full');
  };
  const body = formatAddCheckpoint({ oldSize: 0, proof: [], note: await signed(10) });
  await assert.rejects(addCheckpoint(body, witness), /disk full/);
});

test('the client finds the witness’s size by itself', async () => {
  const { witness, store, keys } = makeWitness();
  let posts = 0;
  const post = async (body: string) => {
    posts++;
    return addCheckpoint(body, witness);
  };
  const submit = async (size: number, oldSize: number) =>
    requestCosignatures({ note: await signed(size), keys, oldSize, prove, post });
  assert.equal((await submit(100, 0)).length, 1);
  const lines = await submit(300, 0);
  assert.equal(posts, 3, 'one conflict');
  const merged = addSignatures(addSignatures(await signed(300), lines), lines);
  assert.equal(parseNote(merged).signatures.length, 2);
  assert.equal(merged, store.records.get('log.example')?.note);
  await assert.rejects(submit(200, 200), { code: 'witness-ahead', kind: 'refused', details: { size: 300 } });
  await assert.rejects(submit(200, 0), { code: 'witness-ahead' });
});

test('a slow, lying or broken witness ends in an error that says which', async () => {
  const { witness, keys } = makeWitness();
  const note = await signed(50);
  const submit = (post: (body: string) => Promise<WitnessAnswer>) =>
    requestCosignatures({ note, keys, oldSize: 0, prove, post, runtime: nodeRuntime });
  const say = (status: number, body: string | Uint8Array, contentType = 'text/plain') =>
    submit(async () => ({ status, body, contentType }));
  const truth = (await addCheckpoint(formatAddCheckpoint({ oldSize: 0, proof: [], note }), witness)).body;
  const impostor = makeWitness();
  const foreign = (
    await addCheckpoint(formatAddCheckpoint({ oldSize: 0, proof: [], note }), impostor.witness)
  ).body;
  const smaller = makeWitness();
  const forged = { ...smaller.witness, cosigners: witness.cosigners };
  const stale = await addCheckpoint(
    formatAddCheckpoint({ oldSize: 0, proof: [], note: await signed(49) }),
    forged,
  );

  assert.equal((await say(200, truth)).length, 1);
  assert.equal((await say(200, foreign + truth)).length, 1, 'unknown keys are ignored');
  await assert.rejects(say(200, foreign), { code: 'no-accepted-signature', kind: 'untrusted' });
  await assert.rejects(say(200, stale.body), { code: 'bad-signature', kind: 'broken' });
  await assert.rejects(say(200, ''), { code: 'malformed-response' });
  await assert.rejects(say(200, '<html>'), { code: 'malformed-response', kind: 'malformed' });
  await assert.rejects(say(200, Uint8Array.of(0xff)), { code: 'malformed-response' });
  await assert.rejects(say(503, 'later'), { code: 'witness-refused', details: { status: 503 } });
  await assert.rejects(say(409, '20\n', 'text/x.tlog.size'), {
    code: 'witness-refused',
    details: { status: 409 },
  });
  await assert.rejects(say(409, '51\n', 'text/x.tlog.size'), {
    code: 'witness-ahead',
    details: { size: 51 },
  });
  await assert.rejects(say(409, '20\n', 'text/html'), { code: 'malformed-response' });
  const disagrees = { code: 'witness-disagrees', kind: 'refused', details: { size: 50 } };
  await assert.rejects(say(409, '50\n', 'text/x.tlog.size'), disagrees);
  for (const status of [409, 422]) {
    const answers = [{ status: 409, contentType: 'text/x.tlog.size', body: '50\n' }];
    const other = { status, contentType: 'text/plain', body: 'the root is another\n' };
    await assert.rejects(
      submit(async () => answers.pop() ?? other),
      disagrees,
    );
  }
  for (const size of ['20', '-1\n', '020\n', '20\n\n', 'many\n', '99999999999999999999\n']) {
    await assert.rejects(say(409, size, 'text/x.tlog.size'), { code: 'malformed-response' }, size);
  }
  await assert.rejects(
    submit(() => Promise.reject(new Error('timeout'))),
    /timeout/,
  );
});
