import { equalBytes } from './bytes.ts';
import { LogError, type LogErrorCode } from './error.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';

export const HASH_SIZE = 32;

/** MTH({}) = SHA-256 of nothing (RFC 6962, section 2.1; RFC 9162, section 2.1.1). */
export function emptyRoot(sha256: Sha256 = portableSha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** Leaf hash SHA-256(0x00 || entry) (RFC 6962, section 2.1). */
export function leafHash(entry: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  const input = new Uint8Array(entry.length + 1);
  input.set(entry, 1);
  return sha256(input);
}

/** Interior node SHA-256(0x01 || left || right) of two 32-byte hashes (RFC 6962, section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  const input = new Uint8Array(65);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 33);
  return sha256(input);
}

export interface InclusionClaim {
  /** Zero-based position of the leaf. */
  readonly index: number;
  /** Number of leaves of the tree. */
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  /** Sibling hashes from the leaf up. */
  readonly proof: readonly Uint8Array[];
}

/**
 * Checks a Merkle inclusion proof (RFC 9162, section 2.1.3.2; RFC 6962, section 2.1.1).
 * Returns nothing; throws `bad-inclusion-proof`.
 */
export function verifyInclusion(claim: InclusionClaim, sha256: Sha256 = portableSha256): void {
  const { index, size, proof } = claim;
  const fail: Fail = (why) => {
    throw new LogError('bad-inclusion-proof', `Inclusion of entry ${index} in a tree of ${size}: ${why}.`, {
      index,
      size,
    });
  };
  if (!isSize(index) || !isSize(size) || index >= size) fail('the index is not below the size');
  checkHashes(fail, claim.leafHash, claim.root, ...proof);
  let fn = index;
  let sn = size - 1;
  let hash = claim.leafHash;
  for (const sibling of proof) {
    if (sn === 0) fail('the proof is too long');
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash, sha256);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  if (sn !== 0) fail('the proof is too short');
  if (!equalBytes(hash, claim.root)) fail('the computed root is another one');
}

export interface ConsistencyClaim {
  readonly size1: number;
  readonly size2: number;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Checks that the tree (size1, root1) is a prefix of (size2, root2) (RFC 9162, section 2.1.4.2).
 *
 * Size 0: both RFCs define consistency proofs for 0 < size1 only. Every tree extends the empty one, so such a "proof"
 * would hold for any root2 and say nothing; to keep nobody falsely assured, size1 = 0 is always refused here. Who starts
 * from nothing trusts a signed checkpoint instead (a witness asked with `old 0` requires an empty proof and never calls
 * this: C2SP tlog-witness).
 *
 * Equal sizes take an empty proof and equal roots. Returns nothing; throws `bad-consistency-proof`.
 */
export function verifyConsistency(claim: ConsistencyClaim, sha256: Sha256 = portableSha256): void {
  const { size1, size2, root1, root2 } = claim;
  const fail: Fail = (why) => {
    throw new LogError('bad-consistency-proof', `Consistency from size ${size1} to ${size2}: ${why}.`, {
      size1,
      size2,
    });
  };
  if (!isSize(size1) || !isSize(size2) || size1 > size2) fail('the sizes are not in order');
  if (size1 === 0)
    fail('every tree extends the empty one, there is nothing to prove; trust a signed checkpoint instead');
  checkHashes(fail, root1, root2, ...claim.proof);
  if (size1 === size2) {
    if (claim.proof.length > 0) fail('equal sizes take an empty proof');
    if (!equalBytes(root1, root2)) fail('two trees of one size have different roots');
    return;
  }
  if (claim.proof.length === 0) fail('the proof is empty');
  const proof = isPowerOfTwo(size1) ? [root1, ...claim.proof] : claim.proof;
  let fn = size1 - 1;
  let sn = size2 - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = proof[0] as Uint8Array;
  let sr = fr;
  for (const hash of proof.slice(1)) {
    if (sn === 0) fail('the proof is too long');
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(hash, fr, sha256);
      sr = nodeHash(hash, sr, sha256);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, hash, sha256);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  if (sn !== 0) fail('the proof is too short');
  if (!equalBytes(fr, root1)) fail('the proof does not lead to the old root');
  if (!equalBytes(sr, root2)) fail('the proof does not lead to the new root');
}

type Fail = (why: string) => never;

function checkHashes(fail: Fail, ...hashes: readonly Uint8Array[]): void {
  for (const hash of hashes)
    if (hash.length !== HASH_SIZE) fail(`a hash has ${hash.length} bytes instead of 32`);
}

function isPowerOfTwo(n: number): boolean {
  return 2 ** Math.round(Math.log2(n)) === n;
}

export function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

/** Throws `invalid-argument` unless `n` is a whole number from 0 to 2^53 - 1. */
export function assertSize(n: number, what: string, code: LogErrorCode = 'invalid-argument'): void {
  if (!isSize(n))
    throw new LogError(code, `The ${what} must be a whole number from 0 to 2^53 - 1, not ${n}.`);
}
