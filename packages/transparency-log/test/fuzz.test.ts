import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  appendLeaves,
  canonicalize,
  EMPTY_EDGE,
  type Entry,
  formatAddCheckpoint,
  formatBundle,
  formatCheckpoint,
  formatNote,
  formatPolicy,
  formatProof,
  formatReceipt,
  formatSignatureLine,
  formatTilePath,
  formatVerifierKey,
  type JsonValue,
  LogError,
  leafHash,
  type NoteSignature,
  parseAddCheckpoint,
  parseBundle,
  parseCheckpoint,
  parseEntry,
  parseNote,
  parsePolicy,
  parseProof,
  parseReceipt,
  parseReceiptFile,
  parseSignatureLines,
  parseStrictJson,
  parseTilePath,
  parseVerifierKey,
  toBase64,
  utf8,
  verifyReceipt,
} from '../src/index.ts';
import { buildEntry, createSigner, generateKey, nodeRuntime, signCheckpoint } from '../src/writer.ts';

const log = createSigner(generateKey('log.example').skey);
const witness = createSigner(generateKey('w.example', 'cosignature/v1').skey);
const ROOT = new Uint8Array(32).fill(3);
const NOTE = signCheckpoint({ origin: 'log.example', size: 2, root: ROOT }, [log, witness], 5);
const PROOF = formatProof({ index: 1, hashes: [ROOT], checkpoint: NOTE, extra: Uint8Array.of(1) });
const { entry, openings } = buildEntry({
  type: 'case',
  period: '2026-01',
  facts: [{ name: 'a', value: [1, 'é'] }],
});
const RECEIPT = formatReceipt({ entry, openings, proof: PROOF });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Each parser with a sample that it reads, and its inverse where the format has one spelling. */
interface Parser {
  readonly sample: string | Uint8Array;
  readonly parse: (input: never) => unknown;
  readonly format?: (value: never) => string | Uint8Array;
}
const PARSERS: Record<string, Parser> = {
  note: { sample: NOTE, parse: parseNote, format: formatNote },
  checkpoint: { sample: parseNote(NOTE).text, parse: parseCheckpoint, format: formatCheckpoint },
  'verifier key': { sample: log.vkey, parse: parseVerifierKey, format: formatVerifierKey },
  proof: { sample: PROOF, parse: parseProof, format: formatProof },
  'tile path': { sample: 'tile/2/x001/x234/067.p/9', parse: parseTilePath, format: formatTilePath },
  bundle: {
    sample: formatBundle([utf8('one'), utf8('two'), new Uint8Array(0)]),
    parse: (bytes: Uint8Array) => parseBundle(bytes, 3),
    format: formatBundle,
  },
  request: {
    sample: formatAddCheckpoint({ oldSize: 1, proof: [ROOT], note: NOTE }),
    parse: parseAddCheckpoint,
    format: formatAddCheckpoint,
  },
  'witness answer': {
    sample: NOTE.split('\n\n')[1] ?? '',
    parse: parseSignatureLines,
    format: (lines: NoteSignature[]) => lines.map(formatSignatureLine).join(''),
  },
  policy: {
    sample: `log ${log.vkey}\nwitness w ${witness.vkey}\ngroup g 1 w\nquorum g\n`,
    parse: parsePolicy,
  },
  entry: {
    sample: text(entry),
    parse: (input: string) => parseEntry(utf8(input)),
    format: (value: Entry) => canonicalize(value as unknown as JsonValue),
  },
  json: { sample: RECEIPT, parse: parseStrictJson },
  receipt: { sample: RECEIPT, parse: parseReceipt },
  'receipt file': { sample: `{"v":1,"receipts":[${RECEIPT},${RECEIPT}]}`, parse: parseReceiptFile },
  'signer key': { sample: generateKey('log.example').skey, parse: createSigner },
};

type Edit = readonly [
  kind: 'cut' | 'insert' | 'replace' | 'repeat',
  at: number,
  length: number,
  insert: string,
];
const EDITS: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.tuple(
    fc.constantFrom('cut', 'insert', 'replace', 'repeat'),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(20),
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\n\n',
        ' ',
        '+',
        '=',
        '/',
        '0',
        '1',
        'A',
        '\u0000',
        '— ',
        '"',
        '{',
        '[',
        '\\u0000',
        '\u00e9',
      ),
      fc.constantFrom(
        '\ud800',
        '\r',
        '\t',
        'x000/',
        '.p/',
        '-1',
        '9007199254740993',
        '1e999',
        '\u2003',
        '__proto__',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  ),
  { minLength: 1, maxLength: 4 },
);

function edited(sample: string | Uint8Array, edits: readonly Edit[]): string | Uint8Array {
  let units = typeof sample === 'string' ? sample : Buffer.from(sample).toString('latin1');
  for (const [kind, where, length, insert] of edits) {
    const at = Math.floor(where * units.length);
    const [head, tail] = [units.slice(0, at), units.slice(at)];
    if (kind === 'cut') units = head + tail.slice(length);
    else if (kind === 'insert') units = head + insert + tail;
    else if (kind === 'replace') units = head + insert + tail.slice(insert.length);
    else units = head + tail.slice(0, length).repeat(3) + tail;
  }
  return typeof sample === 'string' ? units : new Uint8Array(Buffer.from(units, 'latin1'));
}

const spelled = (value: string | Uint8Array) => (typeof value === 'string' ? value : toBase64(value));

for (const [name, { sample, parse, format }] of Object.entries(PARSERS)) {
  const attempt = (input: string | Uint8Array): 'read' | 'refused' => {
    let value: unknown;
    try {
      value = parse(input as never);
    } catch (error) {
      assert.ok(error instanceof LogError, `${name}: ${error}`);
      assert.equal(error.kind, 'malformed', `${name}: ${error.code}`);
      return 'refused';
    }
    if (format !== undefined)
      assert.equal(spelled(format(value as never)), spelled(input), `${name}: two spellings`);
    return 'read';
  };

  test(`${name}: nothing crashes the parser, and what it reads it writes back`, () => {
    assert.equal(attempt(sample), 'read');
    const bytes = typeof sample === 'string' ? utf8(sample) : sample;
    fc.assert(
      fc.property(EDITS, (edits) => void attempt(edited(sample, edits))),
      { numRuns: 1500 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (input) => void attempt(typeof sample === 'string' ? input : utf8(input)),
      ),
    );
    if (typeof sample !== 'string') return;
    for (const cut of [1, 2, 3, 5, 8, 13]) attempt(text(bytes.subarray(0, bytes.length - cut)));
  });
}

test('policy: what is read can be written and read again as the same', () => {
  const keys = Array.from({ length: 6 }, (_, i) => generateKey(`w${i}.example`, 'cosignature/v1').vkey);
  const sample = [
    `log ${log.vkey} https://log.example/é`,
    ...keys.map((key, i) => `witness w${i} ${key}${i % 2 === 0 ? ` https://w${i}.example` : ''}`),
    'group inner any w0 w1',
    'group other 2 w2 w3 w4',
    'group all all inner other w5',
    'quorum all',
    '',
  ].join('\n');
  const same = (input: string) => {
    const policy = parsePolicy(input);
    const again = formatPolicy(policy);
    assert.deepEqual(parsePolicy(again), policy);
    assert.equal(formatPolicy(parsePolicy(again)), again);
  };
  same(sample);
  fc.assert(
    fc.property(EDITS, (edits) => {
      try {
        same(edited(sample, edits) as string);
      } catch (error) {
        assert.ok(error instanceof LogError && error.kind === 'malformed', `${error}`);
      }
    }),
    { numRuns: 1000 },
  );
});

test('parsers of bytes take any bytes', () => {
  const parsers = [
    parseNote,
    parseProof,
    parsePolicy,
    parseAddCheckpoint,
    parseReceipt,
    parseReceiptFile,
    parseEntry,
  ];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...parsers), (bytes, parse) => {
      assert.throws(
        () => parse(bytes),
        (error) => error instanceof LogError && error.kind === 'malformed',
      );
    }),
    { numRuns: 2000 },
  );
});

test('long hostile input ends quickly', () => {
  const started = performance.now();
  const inputs = [
    '\n',
    ' ',
    '"',
    '\\',
    '[',
    '{"a":',
    '— a AAAAAAE=\n',
    'A',
    '=',
    'x000/',
    '9',
    '+',
    '\n\n',
    'group a 1 b\n',
  ];
  for (const unit of inputs) {
    const input = unit.repeat(Math.ceil(250_000 / unit.length));
    for (const [name, { parse }] of Object.entries(PARSERS)) {
      if (name === 'bundle') continue;
      const before = performance.now();
      assert.throws(() => parse(input as never), LogError, `${name} of ${JSON.stringify(unit)}`);
      const took = performance.now() - before;
      assert.ok(took < 2000, `${name} of ${JSON.stringify(unit)}: ${took} ms`);
    }
  }
  assert.ok(performance.now() - started < 20_000);
});

test('no changed receipt verifies with other facts', async () => {
  const { root } = appendLeaves(EMPTY_EDGE, [leafHash(entry)]);
  const checkpoint = signCheckpoint({ origin: 'log.example', size: 1, root }, [log]);
  const receipt = formatReceipt({
    entry,
    openings,
    proof: formatProof({ index: 0, hashes: [], checkpoint }),
  });
  assert.deepEqual((await verifyReceipt(receipt, { vkey: log.vkey })).facts, { a: [1, 'é'] });
  await fc.assert(
    fc.asyncProperty(EDITS, async (edits) => {
      const changed = edited(receipt, edits) as string;
      const outcome = await verifyReceipt(changed, { vkey: log.vkey }, nodeRuntime).catch(
        (error: unknown) => error,
      );
      if (outcome instanceof LogError) return;
      assert.ok(!(outcome instanceof Error), `${outcome}`);
      assert.deepEqual((outcome as { facts: unknown }).facts, { a: [1, 'é'] });
    }),
    { numRuns: 1500 },
  );
});
