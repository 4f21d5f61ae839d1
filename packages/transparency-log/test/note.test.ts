import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  verifyCheckpoint,
  verifyNote,
} from '../src/index.ts';
import {
  createSigner,
  generateKey,
  nodeRuntime,
  signCheckpoint,
  signNote,
  verifyCheckpointSync,
} from '../src/writer.ts';

/** Example of C2SP signed-note, "Verifier keys". */
const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const EXAMPLE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

for (const runtime of [undefined, nodeRuntime]) {
  const where = runtime === undefined ? 'WebCrypto' : 'Node';

  test(`the specification’s example verifies (${where})`, async () => {
    const note = await verifyNote(EXAMPLE, [parseVerifierKey(VKEY)], runtime);
    assert.equal(note.text, 'This is an example message.\n');
    assert.equal(note.signatures[0]?.key.name, 'example.com/foo');
    await assert.rejects(verifyNote(EXAMPLE.replace('This', 'this'), [parseVerifierKey(VKEY)], runtime), {
      code: 'bad-signature',
      kind: 'broken',
    });
  });

  test(`unknown keys are ignored; a known key that fails rejects the note (${where})`, async () => {
    const [a, b, c] = ['a.example', 'b.example', 'a.example'].map((name) =>
      createSigner(generateKey(name).skey),
    );
    assert.ok(a && b && c);
    const text = 'Ognuno sta solo\n\nsul cuor della terra\n';
    const signed = signNote(text, [a, b]);
    assert.deepEqual((await verifyNote(signed, [b.key], runtime)).ignored.length, 1);
    assert.deepEqual((await verifyNote(signed, [a.key, b.key], runtime)).signatures.length, 2);
    await assert.rejects(verifyNote(signed, [c.key], runtime), {
      code: 'no-accepted-signature',
      kind: 'untrusted',
    });
    const [first, second] = parseNote(signed).signatures;
    assert.ok(first && second);
    const forged = formatNote({ text, signatures: [first, { ...second, signature: first.signature }] });
    await assert.rejects(verifyNote(forged, [a.key, b.key], runtime), { code: 'bad-signature' });
    assert.equal((await verifyNote(forged, [a.key], runtime)).signatures.length, 1);
    const cut = formatNote({ text, signatures: [{ ...first, signature: first.signature.slice(0, 63) }] });
    await assert.rejects(verifyNote(cut, [a.key], runtime), { code: 'bad-signature' });
  });
}

test('keys survive text form; a changed name, key ID or key does not', () => {
  const { skey, vkey } = generateKey('log.example/42');
  assert.equal(createSigner(skey).vkey, vkey);
  assert.equal(formatVerifierKey(parseVerifierKey(vkey)), vkey);
  assert.match(skey, /^PRIVATE\+KEY\+log\.example\/42\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);
  for (const bad of [
    vkey.replace('/42', '/43'),
    vkey.slice(0, -4),
    `${vkey} `,
    vkey.toUpperCase(),
    '',
    'a+b',
    skey,
  ]) {
    assert.throws(() => parseVerifierKey(bad), { code: 'malformed-key' }, bad);
  }
  assert.throws(() => createSigner(skey.replace('/42', '/43')), { code: 'malformed-key' });
  assert.throws(() => generateKey('with space'), { code: 'malformed-key' });
  assert.throws(() => generateKey('with+plus'), { code: 'malformed-key' });
  assert.throws(() => generateKey('wide\u2003space'), { code: 'malformed-key' });
});

test('what a note may not be', () => {
  const line = '— a AAAAAAE=\n';
  assert.equal(parseNote(`text\n\n${line}`).signatures[0]?.keyId, 0);
  const bad = {
    'no blank line': `text\n${line}`,
    'no signature': 'text\n\n',
    'text after the signatures': `text\n\n${line}more`,
    'a control character': `te\txt\n\n${line}`,
    'carriage returns': `text\r\n\r\n${line}`,
    'a hyphen for the dash': `text\n\n- a AAAAAAE=\n`,
    'two spaces': `text\n\n—  a AAAAAAE=\n`,
    'an empty name': `text\n\n—  AAAAAAE=\n`,
    'a plus in the name': `text\n\n— a+b AAAAAAE=\n`,
    'no padding': `text\n\n— a AAAAAAE\n`,
    'loose base64 bits': `text\n\n— a AAAAAAF=\n`,
    'only a key ID': `text\n\n— a AAAAAA==\n`,
    'too many signatures': `text\n\n${line.repeat(65)}`,
    'a lone surrogate': `\ud800\n\n${line}`,
  };
  for (const [what, text] of Object.entries(bad))
    assert.throws(() => parseNote(text), { code: 'malformed-note' }, what);
  assert.throws(() => parseNote(Uint8Array.of(0xff, 10, 10)), { code: 'malformed-note' });
  assert.doesNotThrow(() => parseNote(`text\n\n${line.repeat(16)}`));
});

const ROOT = new Uint8Array(Buffer.from('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'base64'));
const TEXT = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';

test('the specification’s checkpoint reads and writes', () => {
  const checkpoint = parseCheckpoint(TEXT);
  assert.deepEqual(checkpoint, {
    origin: 'example.com/behind-the-sofa',
    size: 20852163,
    root: ROOT,
    extensions: [],
  });
  assert.equal(formatCheckpoint(checkpoint), TEXT);
  for (const bad of [
    '',
    TEXT.slice(0, -1),
    TEXT.replace('2085', '02085'),
    TEXT.replace('20852163', '-1'),
    `${TEXT}\n`,
  ]) {
    assert.throws(() => parseCheckpoint(bad), { code: 'malformed-checkpoint' }, JSON.stringify(bad));
  }
  assert.throws(() => parseCheckpoint(TEXT.replace('20852163', '9007199254740993')), {
    code: 'malformed-checkpoint',
  });
  assert.throws(() => parseCheckpoint(TEXT.replace('YapG', 'YapG'.repeat(2))), {
    code: 'malformed-checkpoint',
  });
  assert.throws(() => formatCheckpoint({ ...checkpoint, origin: 'two\nlines' }), {
    code: 'malformed-checkpoint',
  });
});

test('a checkpoint is accepted by key and origin only', async () => {
  const log = createSigner(generateKey('log.example').skey);
  const other = createSigner(generateKey('other.example').skey);
  const note = signCheckpoint({ origin: 'log.example', size: 7, root: ROOT }, [log]);
  for (const verified of [
    await verifyCheckpoint(note, { vkey: log.vkey }),
    verifyCheckpointSync(note, { vkey: [log.key, other.vkey] }),
  ]) {
    assert.equal(verified.size, 7);
    assert.deepEqual(
      verified.logKeys.map(({ name }) => name),
      ['log.example'],
    );
  }
  await assert.rejects(verifyCheckpoint(note, { vkey: other.vkey }), {
    code: 'unknown-origin',
    kind: 'untrusted',
  });
  const stolen = signCheckpoint({ origin: 'other.example', size: 7, root: ROOT }, [log]);
  await assert.rejects(verifyCheckpoint(stolen, { vkey: log.vkey }), { code: 'unknown-origin' });
  await assert.rejects(verifyCheckpoint(stolen, { vkey: [log.vkey, other.vkey] }), {
    code: 'no-accepted-signature',
  });
  assert.equal(
    (await verifyCheckpoint(stolen, { vkey: log.vkey, origin: 'other.example' })).origin,
    'other.example',
  );
  await assert.rejects(verifyCheckpoint(note.replace('\n7\n', '\n8\n'), { vkey: log.vkey }), {
    code: 'bad-signature',
  });
  assert.throws(() => verifyCheckpointSync(note.replace('\n7\n', '\n8\n'), { vkey: log.vkey }), {
    code: 'bad-signature',
  });
});

test('any note that reads writes back as the same bytes', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array())),
      (text, lines) => {
        const block = lines
          .map(([name, sig]) => `— ${name} ${Buffer.from(sig).toString('base64')}\n`)
          .join('');
        const whole = `${text}\n\n${block}`;
        try {
          assert.equal(formatNote(parseNote(whole)), whole);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'malformed-note');
        }
      },
    ),
  );
});
