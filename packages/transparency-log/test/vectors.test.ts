import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  canonicalize,
  commitmentOf,
  fromBase64,
  leafHash,
  parseEntry,
  toBase64,
  toHex,
  utf8,
  verifyReceipt,
  verifyReceiptFile,
} from '../src/index.ts';
import { buildEntry, createSigner } from '../src/writer.ts';
import { makeVectors } from './make-vectors.ts';

const frozen = JSON.parse(
  readFileSync(new URL('../../../docs/formats.vectors.json', import.meta.url), 'utf8'),
);

test('what is written today is byte for byte what was frozen', async () => {
  assert.deepEqual(JSON.parse(JSON.stringify(await makeVectors())), frozen);
});

test('frozen commitments', () => {
  assert.equal(frozen.commitments.length, 6);
  for (const { name, value, salt, canonical, commitment } of frozen.commitments) {
    assert.equal(canonicalize({ name, value }), canonical);
    assert.equal(toBase64(commitmentOf({ name, value }, fromBase64(salt))), commitment);
    const { entry, openings } = buildEntry({
      type: 'case',
      period: '2026-01',
      facts: [{ name, value }],
      random: (length) => new Uint8Array(length).map((_, i) => 7 + (i >> 5)),
    });
    const expected = toBase64(commitmentOf({ name, value }, new Uint8Array(32).fill(7)));
    assert.equal(openings[0]?.salt, toBase64(new Uint8Array(32).fill(7)));
    assert.ok(
      new TextDecoder().decode(entry).includes(expected),
      'the writer’s fast path computes another commitment',
    );
  }
});

test('frozen entries', () => {
  for (const { entry, leafHash: expected, type, period } of frozen.entries) {
    const parsed = parseEntry(utf8(entry));
    assert.deepEqual([parsed.v, parsed.type, parsed.period], [1, type, period]);
    assert.equal(toHex(leafHash(utf8(entry))), expected);
  }
});

test('frozen receipt and bundle', async () => {
  const trust = { vkey: frozen.key.vkey };
  assert.equal(createSigner(frozen.key.skey).vkey, frozen.key.vkey);
  const verified = await verifyReceipt(frozen.receipt, trust);
  assert.deepEqual([verified.origin, verified.index, verified.size], ['log.specimen.example/vectors', 2, 5]);
  assert.deepEqual(verified.facts, {
    case: 'SPECIMEN-1',
    step: 'decision',
    outcome: { granted: false, score: '9.7430' },
  });
  const bundle = await verifyReceiptFile(frozen.bundle, trust, { linkedBy: 'case' });
  assert.deepEqual(
    bundle.map(({ facts, period }) => [facts.step, period]),
    [
      ['decision', '2026-02'],
      ['confirmation', '2026-03'],
    ],
  );
});
