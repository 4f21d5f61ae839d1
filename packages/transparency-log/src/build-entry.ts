import { hash } from 'node:crypto';
import { toBase64, utf8 } from './bytes.ts';
import { canonicalize } from './canonical-json.ts';
import { assertFact, COMMITMENT_TAG, type Fact, type Opening, SALT_LENGTH } from './commitment.ts';
import { assertPeriod, COMMITMENTS_PER_ENTRY, ENTRY_TYPES, type EntryType, entryText } from './entry.ts';
import { LogError } from './error.ts';
import { pooledRandom } from './node-runtime.ts';

export interface EntryDraft {
  readonly type: EntryType;
  /** Month, "YYYY-MM". */
  readonly period: string;
  /** At most 16, each name once. */
  readonly facts: readonly Fact[];
  /** Cryptographically secure random bytes, asked once for 512 of them; the system's unless given. */
  readonly random?: (length: number) => Uint8Array;
}

export interface BuiltEntry {
  /** What is appended to the log. */
  readonly entry: Uint8Array;
  /** What the person's receipt holds, in the order of `facts`; secret. */
  readonly openings: readonly Opening[];
}

/**
 * Builds an entry of version 1 (docs/formats.md, "Entry, version 1"): a salted commitment for each fact, random bytes in the places that remain, all sorted, so
 * that neither number nor position of the facts shows. Throws `malformed-entry`, `malformed-json`.
 */
export function buildEntry(draft: EntryDraft): BuiltEntry {
  const { type, period, facts, random: draw = pooledRandom } = draft;
  if (!ENTRY_TYPES.includes(type)) throw malformed(`its type must be one of ${ENTRY_TYPES.join(', ')}`);
  assertPeriod(period);
  if (facts.length > COMMITMENTS_PER_ENTRY) throw malformed(`it has ${facts.length} facts, at most 16 fit`);
  if (new Set(facts.map(({ name }) => name)).size !== facts.length) throw malformed('a fact is given twice');

  const random = draw(COMMITMENTS_PER_ENTRY * SALT_LENGTH);
  if (random.length !== COMMITMENTS_PER_ENTRY * SALT_LENGTH)
    throw malformed('the random source gave too few bytes');
  const commitments: string[] = [];
  const openings: Opening[] = [];
  for (let i = 0; i < COMMITMENTS_PER_ENTRY; i++) {
    const bytes = random.subarray(i * SALT_LENGTH, (i + 1) * SALT_LENGTH);
    const fact = facts[i];
    if (fact === undefined) {
      commitments.push(toBase64(bytes));
    } else {
      assertFact(fact);
      commitments.push(commit(fact, bytes));
      openings.push({ name: fact.name, value: fact.value, salt: toBase64(bytes) });
    }
  }
  commitments.sort();
  for (let i = 1; i < commitments.length; i++) {
    if (commitments[i] === commitments[i - 1]) throw malformed('the random source repeats itself');
  }
  return { entry: utf8(entryText(type, period, commitments)), openings };
}

const INPUT_HEAD = COMMITMENT_TAG.length + SALT_LENGTH;
let scratch = Buffer.from(COMMITMENT_TAG);

/** Base64 of `commitmentOf`, in one reused buffer: an entry a decision makes this the hottest code of the writer. */
function commit(fact: Fact, salt: Uint8Array): string {
  const text = canonicalize({ name: fact.name, value: fact.value });
  const enough = INPUT_HEAD + 3 * text.length;
  if (scratch.length < enough) scratch = Buffer.concat([COMMITMENT_TAG], 2 * enough);
  scratch.set(salt, COMMITMENT_TAG.length);
  const length = INPUT_HEAD + scratch.write(text, INPUT_HEAD, 'utf8');
  return hash('sha256', scratch.subarray(0, length), 'base64');
}

function malformed(why: string): LogError {
  return new LogError('malformed-entry', `No entry can be built: ${why}.`);
}
