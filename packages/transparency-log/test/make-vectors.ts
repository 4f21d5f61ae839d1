import { createHash } from 'node:crypto';
import {
  canonicalize,
  commitmentOf,
  type Fact,
  formatProof,
  formatReceipt,
  formatReceiptBundle,
  proveInclusions,
  toBase64,
  toHex,
} from '../src/index.ts';
import {
  appendLeaves,
  buildEntry,
  createSigner,
  EMPTY_EDGE,
  leafHash,
  signCheckpoint,
} from '../src/writer.ts';

/** Public on purpose: the seed is 32 times 0x42, the key signs nothing but these vectors. */
const SKEY = 'PRIVATE+KEY+log.specimen.example/vectors+32f924f7+AUJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJC';

/** SHA-256(label || 0x00 || counter as one byte), repeated: bytes that every language can make again. */
function stream(label: string): (length: number) => Uint8Array {
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
      createHash('sha256').update(`${label}\0`).update(Uint8Array.of(i)).digest(),
    );
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  };
}

const COMMITTED: readonly Fact[] = [
  { name: 'outcome', value: 'refused' },
  { name: 'score', value: '9.7430' },
  { name: 'household_size', value: 5 },
  { name: 'reasons', value: ['تعليل', 'motivation', 'ⵜⵉⵎⵏⵜⵉⵍⵉⵏ', '"quoted" \\ and \u0007'] },
  { name: 'order', value: { '\ufb33': 1, '😀': 2, b: null, a: [true, false], '': {} } },
  { name: 'long', value: 'é'.repeat(3000) },
];

const ENTRIES: readonly {
  type: 'case' | 'register' | 'authority';
  period: string;
  facts: readonly Fact[];
}[] = [
  { type: 'register', period: '2026-01', facts: [{ name: 'system', value: 'specimen' }] },
  { type: 'authority', period: '2026-01', facts: [] },
  {
    type: 'case',
    period: '2026-02',
    facts: [
      { name: 'case', value: 'SPECIMEN-1' },
      { name: 'step', value: 'decision' },
      { name: 'outcome', value: { granted: false, score: '9.7430' } },
    ],
  },
  { type: 'case', period: '2026-02', facts: [{ name: 'case', value: 'SPECIMEN-2' }] },
  {
    type: 'case',
    period: '2026-03',
    facts: [
      { name: 'case', value: 'SPECIMEN-1' },
      { name: 'step', value: 'confirmation' },
    ],
  },
];

/** Everything docs/formats.vectors.json holds, made again from its inputs. */
export async function makeVectors() {
  const signer = createSigner(SKEY);
  const built = ENTRIES.map((entry, i) => ({
    ...entry,
    ...buildEntry({ ...entry, random: stream(`entry ${i}`) }),
  }));
  const leaves = built.map(({ entry }) => leafHash(entry));
  const { newSize, root, tiles } = appendLeaves(EMPTY_EDGE, leaves);
  const checkpoint = signCheckpoint({ origin: signer.key.name, size: newSize, root }, [signer]);
  const proofs = await proveInclusions([...leaves.keys()], newSize, (level) => tiles[level]?.hashes);
  const receipts = built.flatMap(({ entry, openings }, index) =>
    openings.length === 0
      ? []
      : [{ entry, openings, proof: formatProof({ index, hashes: proofs[index] ?? [], checkpoint }) }],
  );
  const receipt = receipts[1];
  const later = receipts[3];
  if (receipt === undefined || later === undefined)
    throw new Error('the entries of the vectors have changed');
  return {
    note: 'Vectors of docs/formats.md. Frozen: these bytes never change; new versions add files.',
    key: { skey: SKEY, vkey: signer.vkey },
    commitments: COMMITTED.map((fact, i) => {
      const salt = stream(`salt ${i}`)(32);
      const canonical = canonicalize({ name: fact.name, value: fact.value });
      return { ...fact, salt: toBase64(salt), canonical, commitment: toBase64(commitmentOf(fact, salt)) };
    }),
    entries: built.map(({ type, period, facts, entry, openings }, i) => ({
      type,
      period,
      facts,
      random: toBase64(stream(`entry ${i}`)(512)),
      openings,
      entry: new TextDecoder().decode(entry),
      leafHash: toHex(leaves[i] as Uint8Array),
    })),
    checkpoint,
    receipt: formatReceipt(receipt),
    bundle: formatReceiptBundle([receipt, later]),
  };
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await makeVectors(), null, 1));
