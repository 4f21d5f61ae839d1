import { concatBytes, utf8 } from './bytes.ts';
import { canonicalBytes, type JsonValue } from './canonical-json.ts';
import { LogError } from './error.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';

export const SALT_LENGTH = 32;
export const COMMITMENT_TAG = utf8('taalil/commitment/v1\0');

/** One committed fact. Decimals are strings: see {@link assertFact}. */
export interface Fact {
  readonly name: string;
  readonly value: JsonValue;
}

/** What opens a commitment: the fact and its salt (base64 of 32 bytes). */
export interface Opening extends Fact {
  readonly salt: string;
}

/**
 * SHA-256("taalil/commitment/v1" || 0x00 || salt || JCS({name, value})) (docs/formats.md, "Commitment"). The salt makes
 * guessing hopeless, and with the salt destroyed the commitment says nothing.
 * Throws `malformed-json` for a value without canonical form, `invalid-argument` for a salt of another length.
 */
export function commitmentOf(fact: Fact, salt: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  if (salt.length !== SALT_LENGTH) {
    throw new LogError('invalid-argument', `A salt has ${SALT_LENGTH} bytes, not ${salt.length}.`);
  }
  return sha256(concatBytes(COMMITMENT_TAG, salt, canonicalBytes({ name: fact.name, value: fact.value })));
}

export const MAX_FACT_DEPTH = 16;

/**
 * A fact has a name of 1 to 200 characters, nests at most {@link MAX_FACT_DEPTH} lists and objects, and its numbers are
 * whole and at most 2^53 - 1 in size: anything with a decimal point is a string, so that no language's floating point
 * changes it. Throws `malformed-json`.
 */
export function assertFact(fact: Fact): void {
  if (typeof fact.name !== 'string' || fact.name.length < 1 || fact.name.length > 200) {
    throw new LogError('malformed-json', 'A fact has a name of 1 to 200 characters.');
  }
  assertValue(fact.value, fact.name, 0);
}

function assertValue(value: JsonValue, name: string, depth: number): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new LogError(
      'malformed-json',
      `The fact "${name}" holds a number that is not whole: write decimals as strings.`,
      {
        name,
      },
    );
  }
  if (value !== null && typeof value === 'object') {
    if (depth >= MAX_FACT_DEPTH) {
      throw new LogError(
        'malformed-json',
        `The fact "${name}" nests more than ${MAX_FACT_DEPTH} levels deep.`,
        { name },
      );
    }
    for (const inner of Object.values(value)) assertValue(inner, name, depth + 1);
  }
}
