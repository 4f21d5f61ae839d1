import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  canonicalize,
  type Fact,
  formatProof,
  formatReceipt,
  formatReceiptBundle,
  leafHash,
  parseEntry,
  parseProof,
  parseReceipt,
  parseStrictJson,
  proveInclusion,
  type Receipt,
  verifyProof,
  verifyReceipt,
  verifyReceiptFile,
} from '../src/index.ts';
import {
  appendLeaves,
  buildEntry,
  createSigner,
  EMPTY_EDGE,
  generateKey,
  nodeRuntime,
  signCheckpoint,
} from '../src/writer.ts';

const log = createSigner(generateKey('agency.example/log').skey);
const trust = { vkey: log.vkey };

async function seal(facts: Fact[][]): Promise<Receipt[]> {
  const built = facts.map((list) => buildEntry({ type: 'case', period: '2026-03', facts: list }));
  const { edge, root, tiles } = appendLeaves(
    EMPTY_EDGE,
    built.map(({ entry }) => leafHash(entry)),
  );
  const read = (level: number, index: number) =>
    tiles.find((tile) => tile.level === level && tile.index === index)?.hashes;
  const checkpoint = signCheckpoint({ origin: log.key.name, size: edge.size, root }, [log]);
  return Promise.all(
    built.map(async ({ entry, openings }, index) => ({
      entry,
      openings,
      proof: formatProof({ index, hashes: await proveInclusion(index, edge.size, read), checkpoint }),
    })),
  );
}

const FACTS: Fact[] = [
  { name: 'case', value: 'AB-2026-000123' },
  { name: 'outcome', value: { granted: false, score: '9.743' } },
  { name: 'household', value: ['سلا', 'Tamazight ⵜⴰⵎⴰⵣⵉⵖⵜ', 5, null, true] },
];

test('a receipt verifies with the log’s key alone and gives its facts back', async () => {
  const [, receipt] = await seal([[{ name: 'x', value: 1 }], FACTS, []]);
  assert.ok(receipt);
  for (const runtime of [undefined, nodeRuntime]) {
    const verified = await verifyReceipt(formatReceipt(receipt), trust, runtime);
    assert.equal(verified.index, 1);
    assert.equal(verified.size, 3);
    assert.equal(verified.origin, 'agency.example/log');
    assert.equal(verified.type, 'case');
    assert.equal(verified.period, '2026-03');
    assert.deepEqual(verified.facts, Object.fromEntries(FACTS.map(({ name, value }) => [name, value])));
  }
  const less = { ...receipt, openings: receipt.openings.slice(0, 1) };
  assert.deepEqual((await verifyReceipt(formatReceipt(less), trust)).facts, { case: 'AB-2026-000123' });
});

test('a receipt with another fact, salt, entry, index, proof, checkpoint or key does not', async () => {
  const [first, receipt] = await seal([[{ name: 'x', value: 1 }], FACTS]);
  assert.ok(first && receipt);
  const [opening, ...rest] = receipt.openings;
  assert.ok(opening);
  const refused = async (changed: Partial<Receipt>, code: string) =>
    assert.rejects(verifyReceipt(formatReceipt({ ...receipt, ...changed }), trust), { code }, code);
  await refused({ openings: [{ ...opening, value: 'AB-2026-000124' }, ...rest] }, 'bad-commitment');
  await refused({ openings: [{ ...opening, name: 'file' }, ...rest] }, 'bad-commitment');
  await refused({ openings: [{ ...opening, salt: rest[0]?.salt ?? '' }, ...rest] }, 'bad-commitment');
  await refused({ entry: first.entry }, 'bad-commitment');
  await refused({ entry: first.entry, openings: first.openings }, 'bad-inclusion-proof');
  await refused({ proof: receipt.proof.replace('index 1', 'index 0') }, 'bad-inclusion-proof');
  await refused({ proof: first.proof }, 'bad-inclusion-proof');
  await refused({ proof: receipt.proof.replace('\n2\n', '\n3\n') }, 'bad-signature');
  const other = { vkey: createSigner(generateKey('agency.example/log').skey).vkey };
  await assert.rejects(verifyReceipt(receipt, other), { code: 'no-accepted-signature', kind: 'untrusted' });
});

test('every changed character of a receipt is refused or changes nothing that it says', async () => {
  const [, receipt] = await seal([[{ name: 'x', value: 1 }], FACTS]);
  assert.ok(receipt);
  const text = formatReceipt(receipt);
  const truth = await verifyReceipt(text, trust, nodeRuntime);
  let refused = 0;
  for (let i = 0; i < text.length; i++) {
    const changed = text.slice(0, i) + (text[i] === 'A' ? 'B' : 'A') + text.slice(i + 1);
    try {
      const verified = await verifyReceipt(changed, trust, nodeRuntime);
      assert.deepEqual({ ...verified, checkpoint: 0 }, { ...truth, checkpoint: 0 }, `position ${i}`);
    } catch (error) {
      assert.equal((error as Error).name, 'LogError', `position ${i}: ${error}`);
      refused++;
    }
  }
  assert.ok(refused > 0.98 * text.length, `${refused} of ${text.length}`);
});

test('what a receipt may not be', async () => {
  const [receipt] = await seal([FACTS]);
  assert.ok(receipt);
  const text = formatReceipt(receipt);
  const object = JSON.parse(text);
  const refuse = (value: unknown, code: string) =>
    assert.throws(() => parseReceipt(typeof value === 'string' ? value : JSON.stringify(value)), {
      code,
      kind: 'malformed',
    });
  refuse('', 'malformed-json');
  refuse('[]', 'malformed-receipt');
  refuse('null', 'malformed-receipt');
  refuse({ ...object, v: 2 }, 'malformed-receipt');
  refuse({ ...object, more: 1 }, 'malformed-receipt');
  refuse({ ...object, openings: [] }, 'malformed-receipt');
  refuse({ ...object, openings: [object.openings[0], object.openings[0]] }, 'malformed-receipt');
  refuse({ ...object, openings: [{ ...object.openings[0], value: 0.5 }] }, 'malformed-json');
  refuse({ ...object, openings: [{ ...object.openings[0], salt: 'AAAA' }] }, 'malformed-receipt');
  refuse({ ...object, entry: 'e30=' }, 'malformed-entry');
  refuse({ ...object, proof: 'c2sp.org/tlog-proof@v2\n' }, 'malformed-proof');
  refuse(text.replace('"v":1', '"v":1,"v":1'), 'malformed-json');
  refuse(text.replace('"v":1', '"v":1,"\\u0076":1'), 'malformed-json');
  refuse(text.replace('"v":1', '"v":1e999'), 'malformed-json');
  refuse(text.replace('AB-2026', '\\ud800'), 'malformed-json');
  refuse(`{"v":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'malformed-json');
  refuse(text + ' '.repeat(256 * 1024), 'malformed-receipt');
});

test('a bundle ties the receipts of one case together', async () => {
  const steps = ['decision', 'confirmation', 'notification'].map((step) => [
    { name: 'case', value: 'AB-1' },
    { name: 'step', value: step },
  ]);
  const receipts = await seal([...steps, [{ name: 'case', value: 'AB-2' }]]);
  const chain = receipts.slice(0, 3);
  const verified = await verifyReceiptFile(formatReceiptBundle(chain), trust, { linkedBy: 'case' });
  assert.deepEqual(
    verified.map(({ facts }) => facts.step),
    ['decision', 'confirmation', 'notification'],
  );
  assert.equal(
    (await verifyReceiptFile(formatReceipt(chain[0] as Receipt), trust, { linkedBy: 'case' })).length,
    1,
  );
  await assert.rejects(verifyReceiptFile(formatReceiptBundle(receipts), trust, { linkedBy: 'case' }), {
    code: 'bad-chain',
  });
  const twice = formatReceiptBundle([...chain, chain[0] as Receipt]);
  await assert.rejects(verifyReceiptFile(twice, trust), { code: 'bad-chain', kind: 'broken' });
  const wrong = formatReceiptBundle(chain).replace('confirmation', 'override');
  await assert.rejects(verifyReceiptFile(wrong, trust), {
    code: 'bad-commitment',
    details: { name: 'step', receipt: 1 },
  });
});

test('an entry shows neither how many facts it holds nor where', () => {
  const lengths = new Set<number>();
  for (let count = 0; count <= 16; count++) {
    const facts = Array.from({ length: count }, (_, i) => ({ name: `fact ${i}`, value: i }));
    const { entry, openings } = buildEntry({ type: 'register', period: '2026-12', facts });
    const parsed = parseEntry(entry);
    lengths.add(entry.length);
    assert.equal(parsed.commitments.length, 16);
    assert.deepEqual(parsed.commitments, [...parsed.commitments].sort());
    assert.equal(openings.length, count);
    assert.equal(canonicalize(parsed), new TextDecoder().decode(entry));
  }
  assert.deepEqual([...lengths].length, 1);
  const one =
    (facts: Fact[], type = 'case', period = '2026-01') =>
    () =>
      buildEntry({ type: type as 'case', period, facts });
  assert.throws(one(Array.from({ length: 17 }, (_, i) => ({ name: `${i}`, value: 0 }))), {
    code: 'malformed-entry',
  });
  assert.throws(one([FACTS[0] as Fact, FACTS[0] as Fact]), { code: 'malformed-entry' });
  assert.throws(one([], 'decision'), { code: 'malformed-entry' });
  assert.throws(one([], 'case', '2026-13'), { code: 'malformed-entry' });
  assert.throws(one([{ name: 'score', value: 0.1 }]), { code: 'malformed-json' });
  const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  assert.doesNotThrow(one([{ name: 'deep', value: nested(16) }]));
  assert.throws(one([{ name: 'deep', value: nested(17) }]), { code: 'malformed-json' });
});

test('a random source that repeats itself, or gives too little, builds nothing', () => {
  const draft = { type: 'case', period: '2026-01', facts: [] } as const;
  assert.throws(() => buildEntry({ ...draft, random: (n) => new Uint8Array(n) }), {
    code: 'malformed-entry',
  });
  assert.throws(() => buildEntry({ ...draft, random: () => new Uint8Array(511) }), {
    code: 'malformed-entry',
  });
});

test('only the canonical bytes of an entry are an entry', () => {
  const { entry } = buildEntry({ type: 'case', period: '2026-01', facts: [] });
  const text = new TextDecoder().decode(entry);
  const parsed = parseEntry(entry);
  const commitments = [...parsed.commitments];
  const changed = [
    ` ${text}`,
    JSON.stringify(parsed),
    text.replace('"v":1', '"v":2'),
    text.replace('"case"', '"cases"'),
    canonicalize({ ...parsed, commitments: commitments.reverse() }),
    canonicalize({ ...parsed, commitments: commitments.slice(1) }),
    canonicalize({ ...parsed, commitments: commitments.map(() => commitments[0]) }),
    canonicalize({ ...parsed, more: 1 }),
  ];
  for (const bad of changed) {
    assert.throws(
      () => parseEntry(new TextEncoder().encode(bad)),
      { code: 'malformed-entry' },
      bad.slice(0, 60),
    );
  }
});

test('canonical JSON is RFC 8785', () => {
  const sample = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0],
    string: '\u20ac$\u000f\u000aA\'B"\\\\"/',
    literals: [null, true, false],
  };
  assert.equal(
    canonicalize(sample),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  assert.deepEqual(Object.values(JSON.parse(canonicalize(names))), [4, 2, 6, 7, 1, 5, 3]);
  assert.equal(canonicalize(names).indexOf('"1":4') > canonicalize(names).indexOf('"\\r":2'), true);
  for (const bad of [
    Number.NaN,
    Infinity,
    undefined,
    { a: undefined },
    '\ud800',
    { '\udc00': 1 },
    1n,
    new Date(0),
    () => 1,
  ]) {
    assert.throws(() => canonicalize(bad), { code: 'malformed-json' });
  }
  const cycle: unknown[] = [];
  cycle.push(cycle);
  assert.throws(() => canonicalize(cycle), { code: 'malformed-json' });
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = canonicalize(value);
      assert.equal(canonicalize(parseStrictJson(text)), text);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a proof reads and writes, with extra data and without', async () => {
  const [receipt] = await seal([FACTS, []]);
  assert.ok(receipt);
  const proof = parseProof(receipt.proof);
  assert.equal(formatProof(proof), receipt.proof);
  const extra = formatProof({ ...proof, extra: Uint8Array.of(1, 2, 3) });
  assert.match(extra, /^c2sp\.org\/tlog-proof@v1\nextra AQID\nindex 0\n/);
  assert.equal((await verifyProof(extra, leafHash(receipt.entry), trust)).index, 0);
  const bad = [
    receipt.proof.replace('@v1', '@v2'),
    receipt.proof.replace('index 0', 'index 00'),
    receipt.proof.replace('index 0\n', ''),
    receipt.proof.replace('index 0', 'extra \nindex 0'),
    receipt.proof.replace('index 0', `index 0\n${'A'.repeat(42)}A=`.repeat(1)),
    receipt.proof.replace('index 0', 'index 0\nAAAA'),
    receipt.proof.replace('\n\nagency', '\nagency'),
  ];
  for (const [i, text] of bad.entries()) {
    await assert.rejects(verifyProof(text, leafHash(receipt.entry), trust), { name: 'LogError' }, `${i}`);
  }
});
