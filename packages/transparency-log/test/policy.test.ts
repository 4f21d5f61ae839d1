import assert from 'node:assert/strict';
import test from 'node:test';
import { formatSignatureLine, parseNote, parsePolicy, verifyCheckpoint } from '../src/index.ts';
import { createSigner, generateKey, signCheckpoint } from '../src/writer.ts';

const log = createSigner(generateKey('log.example').skey);
const [x1, x2, x3, y1, y2] = ['x1', 'x2', 'x3', 'y1', 'y2'].map((name) =>
  createSigner(generateKey(`${name}.example`, 'cosignature/v1').skey),
);
assert.ok(x1 && x2 && x3 && y1 && y2);

/** The shape of the specification's example policy. */
const EXAMPLE = `log ${log.vkey} https://log.example/

witness X1 ${x1.vkey}
 \twitness\tX2   ${x2.vkey} \t
witness شاهد ${x3.vkey} https://x3.example/
group X-witnesses 2 X1 X2 شاهد
  # a comment
witness Y1 ${y1.vkey}
witness Y2 ${y2.vkey}
group Y-witnesses any Y1 Y2
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;
const ROOT = new Uint8Array(32).fill(9);
const cosigned = (...signers: (typeof log)[]) =>
  signCheckpoint({ origin: 'log.example', size: 5, root: ROOT }, signers, 1_800_000_000);

test('the quorum of groups decides', async () => {
  const policy = parsePolicy(EXAMPLE);
  const met = await verifyCheckpoint(cosigned(log, x1, x3, y2), { policy });
  assert.deepEqual(
    met.cosignatures.map(({ witness }) => witness),
    ['X1', 'شاهد', 'Y2'],
  );
  assert.equal(met.cosignatures[0]?.timestamp, 1_800_000_000);
  for (const signers of [[log], [log, x1, y1], [log, x1, x2, x3], [log, y1, y2]]) {
    await assert.rejects(verifyCheckpoint(cosigned(...signers), { policy }), {
      code: 'quorum-not-met',
      kind: 'untrusted',
    });
  }
  await assert.rejects(verifyCheckpoint(cosigned(x1, x2, y1), { policy }), { code: 'no-accepted-signature' });
  const twice = cosigned(log, x1, x1, y1);
  assert.equal(parseNote(twice).signatures.length, 4);
  await assert.rejects(
    verifyCheckpoint(twice, { policy }),
    { code: 'quorum-not-met' },
    'one witness counted twice',
  );
});

test('one witness, none, and a policy without logs', async () => {
  const one = parsePolicy(`log ${log.vkey}\nwitness w ${x1.vkey}\nquorum w\n`);
  await verifyCheckpoint(cosigned(log, x1), { policy: one });
  await assert.rejects(verifyCheckpoint(cosigned(log, x2), { policy: one }), { code: 'quorum-not-met' });
  const none = parsePolicy(`log ${log.vkey}\nquorum none\n`);
  await verifyCheckpoint(cosigned(log), { policy: none });
  const empty = parsePolicy('quorum none\n');
  await assert.rejects(verifyCheckpoint(cosigned(log), { policy: empty, origin: 'log.example' }), {
    code: 'invalid-argument',
  });
});

test('one log of a policy cannot speak for another', async () => {
  const other = createSigner(generateKey('other.example').skey);
  const policy = parsePolicy(`log ${log.vkey}\nlog ${other.vkey}\nquorum none\n`);
  const note = signCheckpoint({ origin: 'log.example', size: 5, root: ROOT }, [other]);
  for (const trust of [{ policy }, { policy, origin: 'log.example' }]) {
    await assert.rejects(verifyCheckpoint(note, trust), { code: 'no-accepted-signature', kind: 'untrusted' });
  }
  await assert.rejects(verifyCheckpoint(cosigned(log), { policy, origin: 'other.example' }), {
    code: 'unknown-origin',
  });
});

test('a forged cosignature of a listed witness rejects the checkpoint even when the quorum is met without it', async () => {
  const policy = parsePolicy(EXAMPLE);
  const good = cosigned(log, x1, x2, y1);
  const line = parseNote(cosigned(y2)).signatures[0];
  assert.ok(line);
  const flipped = line.signature.map((byte, i) => (i === 70 ? byte ^ 1 : byte));
  const forged = good + formatSignatureLine({ ...line, signature: flipped });
  await assert.rejects(verifyCheckpoint(forged, { policy }), { code: 'bad-signature', kind: 'broken' });
});

test('names are bytes: a look-alike is another name', () => {
  const kelvin = `witness \u212a ${x1.vkey}\nquorum K\n`;
  assert.throws(() => parsePolicy(kelvin), { code: 'malformed-policy', details: { line: 2 } });
  const latin1 = Buffer.from(`witness \xe9 ${x1.vkey}\nquorum \xe9\n`, 'latin1');
  assert.equal(parsePolicy(new Uint8Array(latin1)).quorum.kind, 'witness');
  const mixed = Buffer.concat([
    Buffer.from(`witness é ${x1.vkey}\n`),
    Buffer.from('quorum \xe9\n', 'latin1'),
  ]);
  assert.throws(() => parsePolicy(new Uint8Array(mixed)), { code: 'malformed-policy' });
});

test('what a policy may not be, with the line', () => {
  const w1 = `witness a ${x1.vkey}\n`;
  const w2 = `witness b ${x2.vkey}\n`;
  const renamed = createSigner(generateKey('log.example').skey);
  const bad: [string, number][] = [
    ['', 1],
    [w1, 1],
    ['quorum none', 1],
    ['quorum none\nquorum none\n', 2],
    ['quorum a\n', 1],
    [`${w1}${w1}`, 2],
    [`${w1}witness b ${x1.vkey}\nquorum a\n`, 2],
    [`witness none ${x1.vkey}\nquorum none\n`, 1],
    [`witness a ${log.vkey}\nquorum a\n`, 1],
    [`log ${log.vkey}\nlog ${log.vkey}\nquorum none\n`, 2],
    [`log ${renamed.vkey.replace('example', 'invalid')}\nquorum none\n`, 1],
    [`${w1}${w2}group g 3 a b\nquorum g\n`, 3],
    [`${w1}${w2}group g 0 a b\nquorum g\n`, 3],
    [`${w1}${w2}group g 01 a b\nquorum g\n`, 3],
    [`${w1}${w2}group g most a b\nquorum g\n`, 3],
    [`${w1}group g any\nquorum g\n`, 2],
    [`${w1}group g any a a\nquorum g\n`, 2],
    [`${w1}group g any a\ngroup h any a\nquorum g\n`, 3],
    [`${w1}group g any g\nquorum g\n`, 2],
    [`${w1}group g any none\nquorum g\n`, 2],
    [`${w1}group a any a\nquorum a\n`, 2],
    [`group g any a\n${w1}quorum g\n`, 1],
    [`${w1}quorum a b\n`, 2],
    [`${w1}quorum\u00a0a\n`, 2],
    [`${w1}quorum a # why\n`, 2],
    ['quorum none\r\n', 1],
    ['# \u0000\nquorum none\n', 1],
    ['witnes a b\nquorum none\n', 1],
    [`log ${log.vkey} https://a https://b\nquorum none\n`, 1],
  ];
  for (const [text, line] of bad) {
    assert.throws(
      () => parsePolicy(text),
      { code: 'malformed-policy', details: { line } },
      JSON.stringify(text),
    );
  }
});

test('32 logs, witnesses and groups are supported', () => {
  const lines: string[] = [];
  for (let i = 0; i < 32; i++) {
    lines.push(`log ${generateKey(`log${i}.example`).vkey}`);
    lines.push(`witness w${i} ${generateKey(`w${i}.example`, 'cosignature/v1').vkey}`);
    lines.push(`group g${i} any w${i}`);
  }
  const policy = parsePolicy(`${lines.join('\n')}\nquorum g31\n`);
  assert.deepEqual([policy.logs.length, policy.witnesses.length], [32, 32]);
});
