import { createHash } from 'node:crypto';

const sha = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** The recursive definitions of RFC 6962, section 2.1, word for word and slow: what the fast code is compared with. */
export const reference = {
  leaf: (entry: Uint8Array) => sha(Uint8Array.of(0), entry),

  mth(leaves: readonly Uint8Array[]): Uint8Array {
    if (leaves.length === 0) return sha();
    if (leaves.length === 1) return leaves[0] as Uint8Array;
    const k = largestPowerBelow(leaves.length);
    return sha(Uint8Array.of(1), reference.mth(leaves.slice(0, k)), reference.mth(leaves.slice(k)));
  },

  path(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
    if (leaves.length === 1) return [];
    const k = largestPowerBelow(leaves.length);
    return m < k
      ? [...reference.path(m, leaves.slice(0, k)), reference.mth(leaves.slice(k))]
      : [...reference.path(m - k, leaves.slice(k)), reference.mth(leaves.slice(0, k))];
  },

  proof(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
    return subproof(m, leaves, true);
  },
};

function subproof(m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [reference.mth(leaves)];
  const k = largestPowerBelow(leaves.length);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), whole), reference.mth(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), reference.mth(leaves.slice(0, k))];
}

function largestPowerBelow(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

export const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => reference.leaf(new TextEncoder().encode(`entry ${i}`)));
