import { toBase64, utf8 } from './bytes.ts';
import { assertFact, commitmentOf, type Fact, type Opening, SALT_LENGTH } from './commitment.ts';
import { assertPeriod, COMMITMENTS_PER_ENTRY, ENTRY_TYPES, type EntryType, entryText } from './entry.ts';
import { LogError } from './error.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';

export interface EntryDraft {
  readonly type: EntryType;
  /** Month, "YYYY-MM". */
  readonly period: string;
  /** At most 16, each name once. */
  readonly facts: readonly Fact[];
  /** Cryptographically secure random bytes; asked once for 512 of them. */
  readonly random: (length: number) => Uint8Array;
}

export interface BuiltEntry {
  /** What is appended to the log. */
  readonly entry: Uint8Array;
  /** What the person's receipt holds, in the order of `facts`; secret. */
  readonly openings: readonly Opening[];
}

/**
 * Builds an entry of version 1: a salted commitment for each fact, random bytes in the places that remain, all sorted, so
 * that neither number nor position of the facts shows. Throws `malformed-entry`, `malformed-json`.
 */
export function buildEntry(draft: EntryDraft, sha256: Sha256 = portableSha256): BuiltEntry {
  const { type, period, facts } = draft;
  if (!ENTRY_TYPES.includes(type)) throw malformed(`its type must be one of ${ENTRY_TYPES.join(', ')}`);
  assertPeriod(period);
  if (facts.length > COMMITMENTS_PER_ENTRY) throw malformed(`it has ${facts.length} facts, at most 16 fit`);
  if (new Set(facts.map(({ name }) => name)).size !== facts.length) throw malformed('a fact is given twice');

  const random = draft.random(COMMITMENTS_PER_ENTRY * SALT_LENGTH);
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
      commitments.push(toBase64(commitmentOf(fact, bytes, sha256)));
      openings.push({ name: fact.name, value: fact.value, salt: toBase64(bytes) });
    }
  }
  commitments.sort();
  return { entry: utf8(entryText(type, period, commitments)), openings };
}

function malformed(why: string): LogError {
  return new LogError('malformed-entry', `No entry can be built: ${why}.`);
}
