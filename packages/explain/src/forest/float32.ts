const bits = new DataView(new ArrayBuffer(4));

function neighbour(x: number, up: boolean): number {
  if (x === 0) return up ? 2 ** -149 : -(2 ** -149);
  if (!Number.isFinite(x)) return x;
  bits.setFloat32(0, x);
  bits.setInt32(0, bits.getInt32(0) + (x > 0 === up ? 1 : -1));
  return bits.getFloat32(0);
}

/** The greatest float32 below x. */
export function greatestFloat32Below(x: number): number {
  const near = Math.fround(x);
  return near < x ? near : neighbour(near, false);
}

/** The least float32 that is not below x. */
export function leastFloat32From(x: number): number {
  const near = Math.fround(x);
  return near >= x ? near : neighbour(near, true);
}
