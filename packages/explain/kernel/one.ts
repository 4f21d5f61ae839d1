// AssemblyScript. The walk of src/forest/quadrature.ts for one row in float64, two quadrature points in a vector.
//
// A record belongs to one inner node. Every level of the recursion has a frame of four lists of `bytes` bytes, one
// float64 per quadrature point: g, C of a child, S of the left child, S of the right child.

const KIND: usize = 0; // bits: 1 left child is a leaf, 2 right child is a leaf, 4 repeated, 8 met flags are read below, 16 set
const RANK: usize = 4; // address of the row's rank (int32; a missing value as the node wants it)
const CUT: usize = 8; // left when rank <= cut; for a set: address of the byte of rank 0, that of rank -1 before it
const PHI: usize = 12; // address of the feature's contribution
const MET: usize = 16; // where the met flags of the two edges go: left, then right (32 bits each)
const ABOVE: usize = 20; // address of the met flag of the edge above on the same feature
const LEFT: usize = 24; // record of the left child
const RIGHT: usize = 28; // record of the right child
const WEIGHT: usize = 32;
const ABOVE_WEIGHT: usize = 40;
const LEFT_VALUE: usize = 48;
const RIGHT_VALUE: usize = 56;

let points: usize = 0;
let bytes: usize = 0;

/** @param product C above the node @param out where its S goes @param frame free memory */
function visit(record: usize, product: usize, out: usize, frame: usize): void {
  const kind = load<i32>(record, KIND);
  const rank = load<i32>(load<u32>(record, RANK) as usize);
  let left: i32;
  if (kind & 16) left = load<u8>((load<u32>(record, CUT) as usize) + (rank as usize)) as i32;
  else left = (rank <= load<i32>(record, CUT)) as i32;
  let above: i32 = 1;
  if (kind & 4) above = load<i32>(load<u32>(record, ABOVE) as usize);
  if (kind & 8) {
    const met = load<u32>(record, MET) as usize;
    store<i32>(met, above & left);
    store<i32>(met, above & (1 - left), 4);
  }
  const one = f64x2.splat(1);
  const weight = load<f64>(record, WEIGHT);
  const w = f64x2.splat(weight);
  const wa = v128.load64_splat(record, ABOVE_WEIGHT);
  const mask = i64x2.splat(-(left as i64));
  let total = f64x2.splat(0);

  if ((kind & 3) === 3) {
    const r = v128.load64_splat(record, RIGHT_VALUE);
    const d = f64x2.sub(v128.load64_splat(record, LEFT_VALUE), r);
    for (let i: usize = 0; i < bytes; i += 16) {
      const t = v128.load(points + i);
      let g = f64x2.mul(f64x2.sub(one, t), w);
      let c = v128.load(product + i);
      if (kind & 4) {
        if (above) {
          const rest = f64x2.mul(f64x2.sub(one, t), wa);
          const inverse = f64x2.div(one, f64x2.add(rest, t));
          g = f64x2.mul(f64x2.add(f64x2.mul(rest, w), v128.and(t, mask)), inverse);
          c = f64x2.mul(c, f64x2.mul(wa, f64x2.mul(inverse, inverse)));
        } else {
          g = w;
        }
      } else {
        g = f64x2.add(g, v128.and(t, mask));
      }
      v128.store(out + i, f64x2.add(r, f64x2.mul(g, d)));
      total = f64x2.add(total, c);
    }
    total = f64x2.mul(total, d);
  } else {
    const child = frame + bytes;
    const leftSum = child + bytes;
    const rightSum = leftSum + bytes;
    const next = rightSum + bytes;
    for (let i: usize = 0; i < bytes; i += 16) {
      const t = v128.load(points + i);
      let g = f64x2.mul(f64x2.sub(one, t), w);
      if (kind & 4) {
        if (above) {
          const rest = f64x2.mul(f64x2.sub(one, t), wa);
          g = f64x2.div(f64x2.add(f64x2.mul(rest, w), v128.and(t, mask)), f64x2.add(rest, t));
        } else {
          g = w;
        }
      } else {
        g = f64x2.add(g, v128.and(t, mask));
      }
      v128.store(frame + i, g);
      v128.store(child + i, f64x2.mul(v128.load(product + i), g));
    }
    if (kind & 1) {
      const value = v128.load64_splat(record, LEFT_VALUE);
      for (let i: usize = 0; i < bytes; i += 16) v128.store(leftSum + i, value);
    } else {
      visit(load<u32>(record, LEFT) as usize, child, leftSum, next);
    }
    if (kind & 2) {
      const value = v128.load64_splat(record, RIGHT_VALUE);
      for (let i: usize = 0; i < bytes; i += 16) v128.store(rightSum + i, value);
    } else {
      for (let i: usize = 0; i < bytes; i += 16)
        v128.store(child + i, f64x2.sub(v128.load(product + i), v128.load(child + i)));
      visit(load<u32>(record, RIGHT) as usize, child, rightSum, next);
    }
    for (let i: usize = 0; i < bytes; i += 16) {
      const r = v128.load(rightSum + i);
      const d = f64x2.sub(v128.load(leftSum + i), r);
      v128.store(out + i, f64x2.add(r, f64x2.mul(v128.load(frame + i), d)));
      let part = f64x2.mul(v128.load(product + i), d);
      if (kind & 4) {
        const t = v128.load(points + i);
        const edge = f64x2.add(f64x2.mul(f64x2.sub(one, t), wa), t);
        part = f64x2.div(f64x2.mul(part, wa), f64x2.mul(edge, edge));
      }
      total = f64x2.add(total, part);
    }
  }
  if (above) {
    const to = load<u32>(record, PHI) as usize;
    const sum = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
    store<f64>(to, load<f64>(to) + ((left as f64) - weight) * sum);
  }
}

/** As `visit` for trees of up to eight different features on a path: two vectors, C in registers, S at `out`. */
function visitTwo(record: usize, c0: v128, c1: v128, out: usize): void {
  const kind = load<i32>(record, KIND);
  const rank = load<i32>(load<u32>(record, RANK) as usize);
  let left: i32;
  if (kind & 16) left = load<u8>((load<u32>(record, CUT) as usize) + (rank as usize)) as i32;
  else left = (rank <= load<i32>(record, CUT)) as i32;
  const t0 = v128.load(points),
    t1 = v128.load(points, 16);
  const u0 = f64x2.sub(f64x2.splat(1), t0),
    u1 = f64x2.sub(f64x2.splat(1), t1);
  const weight = load<f64>(record, WEIGHT);
  const w = f64x2.splat(weight);
  const mask = i64x2.splat(-(left as i64));
  let g0 = v128.and(t0, mask),
    g1 = v128.and(t1, mask);
  let k0 = c0,
    k1 = c1;
  let above: i32 = 1;
  if (kind & 4) {
    above = load<i32>(load<u32>(record, ABOVE) as usize);
    const wa = v128.load64_splat(record, ABOVE_WEIGHT);
    const r0 = f64x2.mul(u0, wa),
      r1 = f64x2.mul(u1, wa);
    const i0 = f64x2.div(f64x2.splat(1), f64x2.add(r0, t0)),
      i1 = f64x2.div(f64x2.splat(1), f64x2.add(r1, t1));
    const met = i64x2.splat(-(above as i64));
    g0 = v128.bitselect(f64x2.mul(f64x2.add(f64x2.mul(r0, w), g0), i0), w, met);
    g1 = v128.bitselect(f64x2.mul(f64x2.add(f64x2.mul(r1, w), g1), i1), w, met);
    k0 = f64x2.mul(c0, f64x2.mul(wa, f64x2.mul(i0, i0)));
    k1 = f64x2.mul(c1, f64x2.mul(wa, f64x2.mul(i1, i1)));
  } else {
    g0 = f64x2.add(f64x2.mul(u0, w), g0);
    g1 = f64x2.add(f64x2.mul(u1, w), g1);
  }
  if (kind & 8) {
    const met = load<u32>(record, MET) as usize;
    store<i32>(met, above & left);
    store<i32>(met, above & (1 - left), 4);
  }
  const next = out + 64;
  const p0 = f64x2.mul(c0, g0),
    p1 = f64x2.mul(c1, g1);
  if (kind & 1) {
    const value = v128.load64_splat(record, LEFT_VALUE);
    v128.store(next, value);
    v128.store(next, value, 16);
  } else {
    visitTwo(load<u32>(record, LEFT) as usize, p0, p1, next);
  }
  if (kind & 2) {
    const value = v128.load64_splat(record, RIGHT_VALUE);
    v128.store(next, value, 32);
    v128.store(next, value, 48);
  } else {
    visitTwo(load<u32>(record, RIGHT) as usize, f64x2.sub(c0, p0), f64x2.sub(c1, p1), next + 32);
  }
  const s0 = v128.load(next, 32),
    s1 = v128.load(next, 48);
  const d0 = f64x2.sub(v128.load(next), s0),
    d1 = f64x2.sub(v128.load(next, 16), s1);
  v128.store(out, f64x2.add(s0, f64x2.mul(g0, d0)));
  v128.store(out, f64x2.add(s1, f64x2.mul(g1, d1)), 16);
  if (above) {
    const total = f64x2.add(f64x2.mul(k0, d0), f64x2.mul(k1, d1));
    const to = load<u32>(record, PHI) as usize;
    const sum = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
    store<f64>(to, load<f64>(to) + ((left as f64) - weight) * sum);
  }
}

/** Explains one row. A tree of the table has its first record, its points, its weights and the bytes of its lists. */
export function explain(trees: usize, count: i32, frames: usize): void {
  for (let tree = 0; tree < count; tree++, trees += 16) {
    const record = load<u32>(trees) as usize;
    if (record === 0) continue;
    points = load<u32>(trees, 4) as usize;
    bytes = load<u32>(trees, 12) as usize;
    const weights = load<u32>(trees, 8) as usize;
    if (bytes === 32) visitTwo(record, v128.load(weights), v128.load(weights, 16), frames);
    else visit(record, weights, frames, frames + bytes);
  }
}
