/** A synchronous SHA-256: bytes in, 32 fresh bytes out. On Node pass the one of the `./writer` entry, it is faster. */
export type Sha256 = (data: Uint8Array) => Uint8Array;

/** First 32 bits of the fractional parts of the n-th root of the first primes (FIPS 180-4, sections 4.2.2, 5.3.3). */
function primeRoots(count: number, power: number): Uint32Array {
  const out = new Uint32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let prime = true;
    for (let d = 2; d * d <= candidate; d++) if (candidate % d === 0) prime = false;
    if (prime) out[found++] = (candidate ** power % 1) * 0x1_0000_0000;
  }
  return out;
}

const K = primeRoots(64, 1 / 3);
const H0 = primeRoots(8, 1 / 2);
const W = new Uint32Array(64);

function compress(h: Uint32Array, view: DataView, at: number): void {
  for (let i = 0; i < 16; i++) W[i] = view.getUint32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15] as number;
    const y = W[i - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[i] = ((W[i - 16] as number) + s0 + (W[i - 7] as number) + s1) | 0;
  }
  let [a, b, c, d, e, f, g, hh] = h as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (hh + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (W[i] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    hh = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const sums = [a, b, c, d, e, f, g, hh];
  for (let i = 0; i < 8; i++) h[i] = (h[i] as number) + (sums[i] as number);
}

/** SHA-256 (FIPS 180-4) in plain script, for browsers: no await, no dependency, about 50 MB/s. */
export function sha256(data: Uint8Array): Uint8Array {
  const h = Uint32Array.from(H0);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const whole = data.length - (data.length % 64);
  for (let at = 0; at < whole; at += 64) compress(h, view, at);

  const tail = new Uint8Array(data.length - whole > 55 ? 128 : 64);
  tail.set(data.subarray(whole));
  tail[data.length - whole] = 0x80;
  const tailView = new DataView(tail.buffer);
  tailView.setUint32(tail.length - 8, Math.floor(data.length / 0x2000_0000));
  tailView.setUint32(tail.length - 4, data.length << 3);
  for (let at = 0; at < tail.length; at += 64) compress(h, tailView, at);

  const out = new Uint8Array(32);
  const outView = new DataView(out.buffer);
  for (let i = 0; i < 8; i++) outView.setUint32(4 * i, h[i] as number);
  return out;
}
