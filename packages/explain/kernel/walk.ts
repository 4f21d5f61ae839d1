// AssemblyScript. The walk of src/forest/quadrature.ts for 32 rows at a time, in float32.
//
// A frame belongs to one depth; all its lists hold 32 rows (128 bytes) per quadrature point:
//   left mask, met mask of the left edge, met mask of the right edge (128 bytes each), then g, C of the left child,
//   C of the right child, S of the left child, S of the right child.
// A record belongs to one inner node, see the offsets below. The program lists `record << 1` on the way down and
// `record << 1 | 1` on the way up; a node with two leaves is done on the way down.

const KIND: usize = 0; // bits: 1 left child is a leaf, 2 right child is a leaf, 4 repeated, 8 met masks are read below, 16 set
const FRAME: usize = 4;
const PRODUCT: usize = 8; // where C of this node lies
const SUM: usize = 12; // where S of this node goes
const RANKS: usize = 16; // offset of the feature's ranks, in the plane that sends missing values the right way
const CUT: usize = 20; // left when rank <= cut; for a set: address of the byte of rank 0, that of rank -1 before it
const PHI: usize = 24; // offset of the feature's contributions
const WEIGHT: usize = 28; // share of the left child
const ABOVE: usize = 32; // where the met mask of the edge above on the same feature lies
const ABOVE_WEIGHT: usize = 36;
const LEFT_VALUE: usize = 40;
const RIGHT_VALUE: usize = 44;
const RECORD: usize = 48;
/** Bytes of one list: 32 rows of float32, worked on in two halves. */
const LIST: usize = 128;
const HALF: usize = 64;
const MASKS: usize = 3 * LIST;

/** Flags of a generic function, settled when it is compiled. */
type Yes = i64;
type No = i32;

function is<Flag>(): bool {
  return sizeof<Flag>() === 8;
}

function address(record: usize, field: usize): usize {
  return load<u32>(record + field) as usize;
}

/** Writes the left mask of a node that splits on a set. */
function setMask(record: usize, from: usize): void {
  const frame = address(record, FRAME);
  const set = address(record, CUT);
  for (let i: usize = 0; i < 32; i++) {
    const rank = load<i16>(from + (i << 1)) as isize;
    store<i32>(frame + (i << 2), -(load<u8>(set + rank) as i32));
  }
}

function down<Repeated, ToLeft, ToRight>(
  record: usize,
  kind: i32,
  ranks: usize,
  points: usize,
  count: usize,
): void {
  const whole = address(record, FRAME);
  if (kind & 16) setMask(record, ranks + address(record, RANKS));
  const first = points;
  for (let half: usize = 0; half < LIST; half += HALF) {
    points = first;
    const frame = whole + half;
    const from = ranks + address(record, RANKS) + (half >> 1);
    let l0: v128, l1: v128, l2: v128, l3: v128;
    if (kind & 16) {
      l0 = v128.load(frame);
      l1 = v128.load(frame, 16);
      l2 = v128.load(frame, 32);
      l3 = v128.load(frame, 48);
    } else {
      const cut = v128.load32_splat(record, CUT);
      l0 = i32x4.le_s(v128.load16x4_s(from), cut);
      l1 = i32x4.le_s(v128.load16x4_s(from, 8), cut);
      l2 = i32x4.le_s(v128.load16x4_s(from, 16), cut);
      l3 = i32x4.le_s(v128.load16x4_s(from, 24), cut);
      v128.store(frame, l0);
      v128.store(frame, l1, 16);
      v128.store(frame, l2, 32);
      v128.store(frame, l3, 48);
    }
    const one = f32x4.splat(1);
    let a0 = one,
      a1 = one,
      a2 = one,
      a3 = one;
    if (is<Repeated>()) {
      const above = address(record, ABOVE) + half;
      a0 = v128.load(above);
      a1 = v128.load(above, 16);
      a2 = v128.load(above, 32);
      a3 = v128.load(above, 48);
      if (kind & 8) {
        v128.store(frame, v128.and(a0, l0), 128);
        v128.store(frame, v128.and(a1, l1), 144);
        v128.store(frame, v128.and(a2, l2), 160);
        v128.store(frame, v128.and(a3, l3), 176);
        v128.store(frame, v128.andnot(a0, l0), 256);
        v128.store(frame, v128.andnot(a1, l1), 272);
        v128.store(frame, v128.andnot(a2, l2), 288);
        v128.store(frame, v128.andnot(a3, l3), 304);
      }
    } else if (kind & 8) {
      v128.store(frame, l0, 128);
      v128.store(frame, l1, 144);
      v128.store(frame, l2, 160);
      v128.store(frame, l3, 176);
      v128.store(frame, v128.not(l0), 256);
      v128.store(frame, v128.not(l1), 272);
      v128.store(frame, v128.not(l2), 288);
      v128.store(frame, v128.not(l3), 304);
    }
    const w = v128.load32_splat(record, WEIGHT);
    const wa = v128.load32_splat(record, ABOVE_WEIGHT);
    const size = count * LIST;
    let product = address(record, PRODUCT) + half;
    let at = frame + MASKS;
    const end = at + size;
    while (at < end) {
      const t = v128.load32_splat(points);
      let step = t;
      let base = f32x4.sub(one, t);
      if (is<Repeated>()) {
        const rest = f32x4.mul(base, wa);
        const inverse = f32x4.div(one, f32x4.add(rest, t));
        base = f32x4.mul(f32x4.mul(rest, w), inverse);
        step = f32x4.mul(t, inverse);
      } else {
        base = f32x4.mul(base, w);
      }
      let g0 = f32x4.add(base, v128.and(l0, step)),
        g1 = f32x4.add(base, v128.and(l1, step));
      let g2 = f32x4.add(base, v128.and(l2, step)),
        g3 = f32x4.add(base, v128.and(l3, step));
      if (is<Repeated>()) {
        g0 = v128.bitselect(g0, w, a0);
        g1 = v128.bitselect(g1, w, a1);
        g2 = v128.bitselect(g2, w, a2);
        g3 = v128.bitselect(g3, w, a3);
      }
      v128.store(at, g0);
      v128.store(at, g1, 16);
      v128.store(at, g2, 32);
      v128.store(at, g3, 48);
      const c0 = v128.load(product),
        c1 = v128.load(product, 16),
        c2 = v128.load(product, 32),
        c3 = v128.load(product, 48);
      g0 = f32x4.mul(c0, g0);
      g1 = f32x4.mul(c1, g1);
      g2 = f32x4.mul(c2, g2);
      g3 = f32x4.mul(c3, g3);
      if (is<ToLeft>()) {
        const to = at + size;
        v128.store(to, g0);
        v128.store(to, g1, 16);
        v128.store(to, g2, 32);
        v128.store(to, g3, 48);
      }
      if (is<ToRight>()) {
        const to = at + 2 * size;
        v128.store(to, f32x4.sub(c0, g0));
        v128.store(to, f32x4.sub(c1, g1), 16);
        v128.store(to, f32x4.sub(c2, g2), 32);
        v128.store(to, f32x4.sub(c3, g3), 48);
      }
      at += LIST;
      product += LIST;
      points += 4;
    }
  }
}

/** Adds (s − w) Σ C (S_left − S_right) to phi and writes S = S_right + g (S_left − S_right). */
function up<LeftLeaf, RightLeaf, Repeated>(record: usize, points: usize, count: usize, phi: usize): void {
  const whole = address(record, FRAME);
  const first = points;
  for (let half: usize = 0; half < LIST; half += HALF) {
    points = first;
    const frame = whole + half;
    const size = count * LIST;
    let product = address(record, PRODUCT) + half;
    let out = address(record, SUM) + half;
    let at = frame + MASKS;
    const end = at + size;
    const lv = v128.load32_splat(record, LEFT_VALUE);
    const rv = v128.load32_splat(record, RIGHT_VALUE);
    const one = f32x4.splat(1);
    const wa = v128.load32_splat(record, ABOVE_WEIGHT);
    let s0 = f32x4.splat(0),
      s1 = s0,
      s2 = s0,
      s3 = s0;
    while (at < end) {
      const left = at + 3 * size,
        right = at + 4 * size;
      const r0 = is<RightLeaf>() ? rv : v128.load(right),
        r1 = is<RightLeaf>() ? rv : v128.load(right, 16);
      const r2 = is<RightLeaf>() ? rv : v128.load(right, 32),
        r3 = is<RightLeaf>() ? rv : v128.load(right, 48);
      let d0 = f32x4.sub(is<LeftLeaf>() ? lv : v128.load(left), r0),
        d1 = f32x4.sub(is<LeftLeaf>() ? lv : v128.load(left, 16), r1);
      let d2 = f32x4.sub(is<LeftLeaf>() ? lv : v128.load(left, 32), r2),
        d3 = f32x4.sub(is<LeftLeaf>() ? lv : v128.load(left, 48), r3);
      v128.store(out, f32x4.add(r0, f32x4.mul(v128.load(at), d0)));
      v128.store(out, f32x4.add(r1, f32x4.mul(v128.load(at, 16), d1)), 16);
      v128.store(out, f32x4.add(r2, f32x4.mul(v128.load(at, 32), d2)), 32);
      v128.store(out, f32x4.add(r3, f32x4.mul(v128.load(at, 48), d3)), 48);
      if (is<Repeated>()) {
        const t = v128.load32_splat(points);
        const inverse = f32x4.div(one, f32x4.add(f32x4.mul(f32x4.sub(one, t), wa), t));
        const kappa = f32x4.mul(wa, f32x4.mul(inverse, inverse));
        d0 = f32x4.mul(d0, kappa);
        d1 = f32x4.mul(d1, kappa);
        d2 = f32x4.mul(d2, kappa);
        d3 = f32x4.mul(d3, kappa);
        points += 4;
      }
      s0 = f32x4.add(s0, f32x4.mul(v128.load(product), d0));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(product, 16), d1));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(product, 32), d2));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(product, 48), d3));
      at += LIST;
      out += LIST;
      product += LIST;
    }
    const w = v128.load32_splat(record, WEIGHT);
    s0 = f32x4.mul(s0, f32x4.sub(v128.and(v128.load(frame), one), w));
    s1 = f32x4.mul(s1, f32x4.sub(v128.and(v128.load(frame, 16), one), w));
    s2 = f32x4.mul(s2, f32x4.sub(v128.and(v128.load(frame, 32), one), w));
    s3 = f32x4.mul(s3, f32x4.sub(v128.and(v128.load(frame, 48), one), w));
    if (is<Repeated>()) {
      const above = address(record, ABOVE) + half;
      s0 = v128.and(s0, v128.load(above));
      s1 = v128.and(s1, v128.load(above, 16));
      s2 = v128.and(s2, v128.load(above, 32));
      s3 = v128.and(s3, v128.load(above, 48));
    }
    const to = phi + address(record, PHI) + half;
    v128.store(to, f32x4.add(v128.load(to), s0));
    v128.store(to, f32x4.add(v128.load(to, 16), s1), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), s2), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), s3), 48);
  }
}

/** A node with two leaves: down and up at once, nothing kept. */
function both<Repeated>(
  record: usize,
  kind: i32,
  ranks: usize,
  points: usize,
  count: usize,
  phi: usize,
): void {
  const whole = address(record, FRAME);
  if (kind & 16) setMask(record, ranks + address(record, RANKS));
  const first = points;
  for (let half: usize = 0; half < LIST; half += HALF) {
    points = first;
    const from = ranks + address(record, RANKS) + (half >> 1);
    let l0: v128, l1: v128, l2: v128, l3: v128;
    if (kind & 16) {
      const frame = whole + half;
      l0 = v128.load(frame);
      l1 = v128.load(frame, 16);
      l2 = v128.load(frame, 32);
      l3 = v128.load(frame, 48);
    } else {
      const cut = v128.load32_splat(record, CUT);
      l0 = i32x4.le_s(v128.load16x4_s(from), cut);
      l1 = i32x4.le_s(v128.load16x4_s(from, 8), cut);
      l2 = i32x4.le_s(v128.load16x4_s(from, 16), cut);
      l3 = i32x4.le_s(v128.load16x4_s(from, 24), cut);
    }
    const one = f32x4.splat(1);
    let a0 = one,
      a1 = one,
      a2 = one,
      a3 = one;
    if (is<Repeated>()) {
      const above = address(record, ABOVE) + half;
      a0 = v128.load(above);
      a1 = v128.load(above, 16);
      a2 = v128.load(above, 32);
      a3 = v128.load(above, 48);
    }
    const w = v128.load32_splat(record, WEIGHT);
    const wa = v128.load32_splat(record, ABOVE_WEIGHT);
    const rv = v128.load32_splat(record, RIGHT_VALUE);
    const d = f32x4.sub(v128.load32_splat(record, LEFT_VALUE), rv);
    const wd = f32x4.add(rv, f32x4.mul(w, d));
    let product = address(record, PRODUCT) + half;
    let out = address(record, SUM) + half;
    const end = out + count * LIST;
    let s0 = f32x4.splat(0),
      s1 = s0,
      s2 = s0,
      s3 = s0;
    while (out < end) {
      const t = v128.load32_splat(points);
      let base = f32x4.sub(one, t);
      let step = t;
      let kappa = one;
      if (is<Repeated>()) {
        const rest = f32x4.mul(base, wa);
        const inverse = f32x4.div(one, f32x4.add(rest, t));
        base = f32x4.mul(f32x4.mul(rest, w), inverse);
        step = f32x4.mul(t, inverse);
        kappa = f32x4.mul(wa, f32x4.mul(inverse, inverse));
      } else {
        base = f32x4.mul(base, w);
      }
      const low = f32x4.add(rv, f32x4.mul(base, d));
      const jump = f32x4.mul(step, d);
      const g0 = f32x4.add(low, v128.and(l0, jump)),
        g1 = f32x4.add(low, v128.and(l1, jump));
      const g2 = f32x4.add(low, v128.and(l2, jump)),
        g3 = f32x4.add(low, v128.and(l3, jump));
      v128.store(out, is<Repeated>() ? v128.bitselect(g0, wd, a0) : g0);
      v128.store(out, is<Repeated>() ? v128.bitselect(g1, wd, a1) : g1, 16);
      v128.store(out, is<Repeated>() ? v128.bitselect(g2, wd, a2) : g2, 32);
      v128.store(out, is<Repeated>() ? v128.bitselect(g3, wd, a3) : g3, 48);
      const c0 = v128.load(product),
        c1 = v128.load(product, 16),
        c2 = v128.load(product, 32),
        c3 = v128.load(product, 48);
      s0 = f32x4.add(s0, is<Repeated>() ? f32x4.mul(c0, kappa) : c0);
      s1 = f32x4.add(s1, is<Repeated>() ? f32x4.mul(c1, kappa) : c1);
      s2 = f32x4.add(s2, is<Repeated>() ? f32x4.mul(c2, kappa) : c2);
      s3 = f32x4.add(s3, is<Repeated>() ? f32x4.mul(c3, kappa) : c3);
      out += LIST;
      product += LIST;
      points += 4;
    }
    // (s − w) d is d − w d for a left row and −w d for a right one
    const miss = f32x4.neg(f32x4.mul(w, d));
    s0 = f32x4.mul(s0, f32x4.add(miss, v128.and(l0, d)));
    s1 = f32x4.mul(s1, f32x4.add(miss, v128.and(l1, d)));
    s2 = f32x4.mul(s2, f32x4.add(miss, v128.and(l2, d)));
    s3 = f32x4.mul(s3, f32x4.add(miss, v128.and(l3, d)));
    if (is<Repeated>()) {
      s0 = v128.and(s0, a0);
      s1 = v128.and(s1, a1);
      s2 = v128.and(s2, a2);
      s3 = v128.and(s3, a3);
    }
    const to = phi + address(record, PHI) + half;
    v128.store(to, f32x4.add(v128.load(to), s0));
    v128.store(to, f32x4.add(v128.load(to, 16), s1), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), s2), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), s3), 48);
  }
}

/** Runs one tree for the 32 rows at `ranks`; adds 32 float32 per feature to `phi`. */
function walk(
  program: usize,
  end: usize,
  records: usize,
  ranks: usize,
  phi: usize,
  points: usize,
  count: usize,
): void {
  for (; program < end; program += 4) {
    const entry = load<u32>(program);
    const record = records + ((entry >> 1) as usize) * RECORD;
    const kind = load<i32>(record, KIND);
    switch (((entry & 1) << 3) | (kind & 7)) {
      case 0:
        down<No, Yes, Yes>(record, kind, ranks, points, count);
        break;
      case 1:
        down<No, No, Yes>(record, kind, ranks, points, count);
        break;
      case 2:
        down<No, Yes, No>(record, kind, ranks, points, count);
        break;
      case 3:
        both<No>(record, kind, ranks, points, count, phi);
        break;
      case 4:
        down<Yes, Yes, Yes>(record, kind, ranks, points, count);
        break;
      case 5:
        down<Yes, No, Yes>(record, kind, ranks, points, count);
        break;
      case 6:
        down<Yes, Yes, No>(record, kind, ranks, points, count);
        break;
      case 7:
        both<Yes>(record, kind, ranks, points, count, phi);
        break;
      case 8:
        up<No, No, No>(record, points, count, phi);
        break;
      case 9:
        up<Yes, No, No>(record, points, count, phi);
        break;
      case 10:
        up<No, Yes, No>(record, points, count, phi);
        break;
      case 12:
        up<No, No, Yes>(record, points, count, phi);
        break;
      case 13:
        up<Yes, No, Yes>(record, points, count, phi);
        break;
      case 14:
        up<No, Yes, Yes>(record, points, count, phi);
        break;
    }
  }
}

/** Adds 32 float32 per listed feature to the float64 totals (`stride` bytes per feature) and clears them. */
function flush(features: usize, count: usize, phi: usize, totals: usize, stride: usize): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < count; i++) {
    const feature = load<u32>(features + (i << 2)) as usize;
    const from = phi + feature * LIST;
    const to = totals + feature * stride;
    for (let r: usize = 0; r < LIST; r += 16) {
      const v = v128.load(from + r);
      const t = to + (r << 1);
      v128.store(t, f64x2.add(v128.load(t), f64x2.promote_low_f32x4(v)));
      v128.store(t, f64x2.add(v128.load(t, 16), f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1))), 16);
      v128.store(from + r, zero);
    }
  }
}

// One tree of the table that `explain` runs: program, end, records, points, count, features, feature count, totals.
const TREE: usize = 32;

/**
 * Explains `blocks` × 32 rows: every tree over all blocks, so that a tree's records stay close.
 * @param ranks the first row's ranks; those of a block take 64 bytes of every list
 * @param offset from the totals that a tree names to those of the first row
 * @param stride bytes between the float64 totals of two features
 */
export function explain(
  trees: usize,
  count: i32,
  blocks: i32,
  ranks: usize,
  phi: usize,
  offset: usize,
  stride: usize,
): void {
  for (let tree = 0; tree < count; tree++, trees += TREE) {
    const program = load<u32>(trees) as usize,
      end = load<u32>(trees, 4) as usize,
      records = load<u32>(trees, 8) as usize;
    const points = load<u32>(trees, 12) as usize,
      degree = load<u32>(trees, 16) as usize;
    const features = load<u32>(trees, 20) as usize,
      listed = load<u32>(trees, 24) as usize;
    const totals = (load<u32>(trees, 28) as usize) + offset;
    for (let block = 0; block < blocks; block++) {
      walk(program, end, records, ranks + ((block as usize) << 6), phi, points, degree);
      flush(features, listed, phi, totals + ((block as usize) << 8), stride);
    }
  }
}
