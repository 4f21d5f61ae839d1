import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import test from 'node:test';
import {
  addCheckpoint,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  parseNote,
  parseVerifierKey,
  portableRuntime,
  type Runtime,
  signedMessage,
  subtreeMessage,
  verifyCheckpoint,
  verifyNote,
} from '../src/index.ts';
import { createSigner, generateKey, nodeRuntime, signCheckpoint } from '../src/writer.ts';
import { MemoryWitnessStore } from './memory.ts';

const ROOT = new Uint8Array(Buffer.from('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'base64'));
const CHECKPOINT = { origin: 'example.com/behind-the-sofa', size: 20852163, root: ROOT };
const ed = createSigner(generateKey('witness.example/ed', 'cosignature/v1').skey);
const pq = createSigner(generateKey('witness.example/pq', 'ml-dsa-44').skey);
const log = createSigner(generateKey(CHECKPOINT.origin).skey);

test('the Ed25519 message is the specification’s', () => {
  const text = formatCheckpoint(CHECKPOINT);
  const message = signedMessage('cosignature/v1', 'any', text, 1679315147);
  assert.equal(
    new TextDecoder().decode(message),
    'cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
  );
});

test('the ML-DSA-44 message is the specification’s structure, and the signature is over it', () => {
  const text = formatCheckpoint({ ...CHECKPOINT, extensions: ['not covered'] });
  const expected = Buffer.concat([
    Buffer.from('subtree/v1\n\0', 'latin1'),
    Buffer.from([18]),
    Buffer.from('witness.example/pq'),
    Buffer.from('00000000641850cb', 'hex'),
    Buffer.from([27]),
    Buffer.from('example.com/behind-the-sofa'),
    Buffer.from('0000000000000000', 'hex'),
    Buffer.from('00000000013e2dc3', 'hex'),
    ROOT,
  ]);
  assert.equal(
    Buffer.from(signedMessage('ml-dsa-44', pq.key.name, text, 1679315147)).toString('hex'),
    expected.toString('hex'),
  );
  const { signature } = pq.sign(text, 1679315147);
  assert.equal(signature.length, 8 + 2420);
  const pub = Buffer.from(pq.key.publicKey).toString('base64url');
  const jwk: Record<string, string> = { kty: 'AKP', alg: 'ML-DSA-44', pub };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  assert.ok(verify(null, expected, key, signature.subarray(8)));
  assert.throws(
    () => subtreeMessage({ cosigner: 'a', origin: 'b', timestamp: 5, start: 8, end: 16, hash: ROOT }),
    {
      code: 'invalid-argument',
    },
  );
});

test('keys of every type survive text form, and differ by type', () => {
  for (const { key, vkey } of [ed, pq, log]) {
    assert.deepEqual(parseVerifierKey(vkey), key);
  }
  assert.match(ed.vkey, /\+B[A-Za-z0-9+/]{43}$/);
  const asLog = ed.vkey.replace(/\+B/, '+A');
  assert.throws(() => parseVerifierKey(asLog), { code: 'malformed-key' });
});

const without = (algorithm: string): Runtime => ({
  sha256: nodeRuntime.sha256,
  checkSignature: (check) =>
    check.algorithm === algorithm ? 'unsupported' : nodeRuntime.checkSignature(check),
});

test('cosignatures of both types verify, here and with WebCrypto; where ML-DSA-44 is missing its key is unknown', async () => {
  const note = signCheckpoint(CHECKPOINT, [log, ed, pq], 1_800_000_000);
  const witnesses = [ed, pq].map(({ key }) => ({ name: key.name, key }));
  const policy = { logs: [{ key: log.key }], witnesses, quorum: { kind: 'none' } as const };
  for (const runtime of [nodeRuntime, portableRuntime]) {
    assert.equal((await verifyCheckpoint(note, { policy }, runtime)).cosignatures.length, 2);
  }
  const old = await verifyCheckpoint(note, { policy }, without('ml-dsa-44'));
  assert.deepEqual(
    old.cosignatures.map(({ witness }) => witness),
    ['witness.example/ed'],
  );
  await assert.rejects(verifyNote(note, [pq.key], without('ml-dsa-44')), {
    code: 'unsupported-algorithm',
    kind: 'unsupported',
  });

  const needed = { kind: 'witness', name: 'pq', witness: witnesses[1] as (typeof witnesses)[0] } as const;
  await verifyCheckpoint(note, { policy: { ...policy, quorum: needed } });
  await assert.rejects(
    verifyCheckpoint(note, { policy: { ...policy, quorum: needed } }, without('ml-dsa-44')),
    {
      code: 'quorum-not-met',
    },
  );
});

test('a cosignature commits to timestamp, checkpoint and (ML-DSA-44) the cosigner’s name', async () => {
  const text = formatCheckpoint(CHECKPOINT);
  for (const signer of [ed, pq]) {
    const line = signer.sign(text, 1000);
    const check = (changed: typeof line, over = text) =>
      verifyNote(formatNote({ text: over, signatures: [changed] }), [signer.key], nodeRuntime);
    assert.equal((await check(line)).signatures[0]?.timestamp, 1000);
    const flip = (at: number) => ({
      ...line,
      signature: line.signature.map((byte, i) => (i === at ? byte ^ 1 : byte)),
    });
    for (const at of [0, 7, 8, 40, line.signature.length - 1]) {
      await assert.rejects(check(flip(at)), { code: 'bad-signature' }, `${signer.key.type} byte ${at}`);
    }
    await assert.rejects(check({ ...line, signature: line.signature.slice(0, -1) }), {
      code: 'bad-signature',
    });
    await assert.rejects(check({ ...line, signature: line.signature.slice(0, 3) }), {
      code: 'bad-signature',
    });
    await assert.rejects(check(line, text.replace('20852163', '20852164')), { code: 'bad-signature' });
    assert.throws(() => signer.sign(text), { code: 'invalid-argument' });
    assert.throws(() => signer.sign(text, 1.5), { code: 'invalid-argument' });
  }
  const long = formatCheckpoint({ ...CHECKPOINT, origin: 'o'.repeat(256) });
  assert.throws(() => pq.sign(long, 1), { code: 'malformed-checkpoint' });
});

test('a witness with both keys answers with both cosignatures', async () => {
  const store = new MemoryWitnessStore();
  const witness = {
    keysOf: () => [log.key],
    cosigners: [ed, pq],
    store,
    now: () => 77,
    runtime: nodeRuntime,
  };
  const note = signCheckpoint(CHECKPOINT, [log]);
  const { status, body } = await addCheckpoint(formatAddCheckpoint({ oldSize: 0, proof: [], note }), witness);
  assert.equal(status, 200);
  const { signatures } = await verifyNote(note + body, [ed.key, pq.key, log.key], nodeRuntime);
  assert.deepEqual(
    signatures.map(({ timestamp }) => timestamp),
    [undefined, 77, 77],
  );
  assert.equal(parseNote(store.records.get(CHECKPOINT.origin)?.note ?? '').signatures.length, 3);
});
