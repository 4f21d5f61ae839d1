// AssemblyScript. Adds the leaf of every tree for many rows, in the order of the trees, in float32 and in float64.
//
// A node takes 16 bytes: offset of the feature's ranks (in the list that sends missing values the right way), cut, left
// and right node. A leaf is its own left and right child, so that every row takes as many steps as the tree is deep and
// four rows can go side by side. The values of the nodes are float64, 8 bytes a node, in a list of their own.
// A tree takes 16 bytes: root, steps, 1 when it has sets, place of its output in the lists of sums.
// The top of a tree takes 184 bytes: the 15 splits of its first four levels in the order of a heap, 8 bytes each as a node
// begins, then the 16 nodes below them. Where the tree ends earlier, the split sends all rows left.

const TOP_SPLITS: usize = 15 * 8;
const TOP: usize = TOP_SPLITS + 16 * 4;

function step(node: usize, ranks: usize): usize {
  const rank = load<i16>(ranks + (load<u32>(node) as usize)) as i32;
  const left = load<u32>(node, 8);
  const right = load<u32>(node, 12);
  return select<u32>(left, right, rank <= load<i32>(node, 4)) as usize;
}

/** As `step` where a node may split on a set: then the cut is the address of the byte of rank 0, and the low bit of the left child is 1. */
function stepSet(node: usize, ranks: usize): usize {
  const rank = load<i16>(ranks + (load<u32>(node) as usize)) as i32;
  const left = load<u32>(node, 8);
  const toLeft =
    left & 1 ? (load<u8>((load<u32>(node, 4) as i32) + rank) as i32) : ((rank <= load<i32>(node, 4)) as i32);
  return select<u32>(left & ~1, load<u32>(node, 12), toLeft) as usize;
}

/** All ones where eight rows go right at a split of the top. */
function goRight(top: usize, place: usize, ranks: usize): v128 {
  const split = top + (place << 3);
  return i16x8.gt_s(v128.load(ranks + (load<u32>(split) as usize)), v128.load16_splat(split, 4));
}

/** The number from 0 to 15 of the node below the top that each of eight rows reaches. */
function throughTop(top: usize, ranks: usize): v128 {
  const first = goRight(top, 0, ranks);
  const second = v128.bitselect(goRight(top, 2, ranks), goRight(top, 1, ranks), first);
  const third = v128.bitselect(
    v128.bitselect(goRight(top, 6, ranks), goRight(top, 5, ranks), second),
    v128.bitselect(goRight(top, 4, ranks), goRight(top, 3, ranks), second),
    first,
  );
  const leftHalf = v128.bitselect(
    v128.bitselect(goRight(top, 10, ranks), goRight(top, 9, ranks), third),
    v128.bitselect(goRight(top, 8, ranks), goRight(top, 7, ranks), third),
    second,
  );
  const rightHalf = v128.bitselect(
    v128.bitselect(goRight(top, 14, ranks), goRight(top, 13, ranks), third),
    v128.bitselect(goRight(top, 12, ranks), goRight(top, 11, ranks), third),
    second,
  );
  const fourth = v128.bitselect(rightHalf, leftHalf, first);
  return v128.or(
    v128.or(v128.and(first, i16x8.splat(8)), v128.and(second, i16x8.splat(4))),
    v128.or(v128.and(third, i16x8.splat(2)), v128.and(fourth, i16x8.splat(1))),
  );
}

/** Adds the values of four nodes to four rows. */
function addFour(a: usize, b: usize, c: usize, d: usize, values: isize, own: usize, exact: usize): void {
  const ab = v128.load64_lane(values + (b >> 1), v128.load64_zero(values + (a >> 1)), 1);
  const cd = v128.load64_lane(values + (d >> 1), v128.load64_zero(values + (c >> 1)), 1);
  v128.store(exact, f64x2.add(v128.load(exact), ab));
  v128.store(exact, f64x2.add(v128.load(exact, 16), cd), 16);
  const narrow = v128.shuffle<f32>(f32x4.demote_f64x2_zero(ab), f32x4.demote_f64x2_zero(cd), 0, 1, 4, 5);
  v128.store(own, f32x4.add(v128.load(own), narrow));
}

/**
 * @param tops the tops of the trees without sets; 0 for none
 * @param nodes the pool of nodes, which the values follow in parallel
 * @param rows a multiple of 8
 * @param own float32 sums, `exact` float64 sums: one list per output, both added to
 */
export function margins(
  trees: usize,
  count: i32,
  tops: usize,
  nodes: usize,
  values: usize,
  rows: usize,
  ranks: usize,
  own: usize,
  exact: usize,
): void {
  const base = (values as isize) - ((nodes >> 1) as isize);
  for (let tree = 0; tree < count; tree++, trees += 16, tops += TOP) {
    const root = load<u32>(trees) as usize;
    const steps = load<i32>(trees, 4);
    const sets = load<u32>(trees, 8);
    const list = load<u32>(trees, 12) as usize;
    const sums = own + (list << 2);
    const exactSums = exact + (list << 3);
    if (sets || steps < 4) {
      for (let row: usize = 0; row < rows; row += 4) {
        const at = ranks + (row << 1);
        let a = root,
          b = root,
          c = root,
          d = root;
        if (sets) {
          for (let s = 0; s < steps; s++) {
            a = stepSet(a, at);
            b = stepSet(b, at + 2);
            c = stepSet(c, at + 4);
            d = stepSet(d, at + 6);
          }
        } else {
          for (let s = 0; s < steps; s++) {
            a = step(a, at);
            b = step(b, at + 2);
            c = step(c, at + 4);
            d = step(d, at + 6);
          }
        }
        addFour(a, b, c, d, base, sums + (row << 2), exactSums + (row << 3));
      }
    } else {
      const below = tops + TOP_SPLITS;
      for (let row: usize = 0; row < rows; row += 8) {
        const at = ranks + (row << 1);
        const places = i16x8.shl(throughTop(tops, at), 2);
        let a = load<u32>(below + i16x8.extract_lane_u(places, 0)) as usize,
          b = load<u32>(below + i16x8.extract_lane_u(places, 1)) as usize;
        let c = load<u32>(below + i16x8.extract_lane_u(places, 2)) as usize,
          d = load<u32>(below + i16x8.extract_lane_u(places, 3)) as usize;
        let e = load<u32>(below + i16x8.extract_lane_u(places, 4)) as usize,
          f = load<u32>(below + i16x8.extract_lane_u(places, 5)) as usize;
        let g = load<u32>(below + i16x8.extract_lane_u(places, 6)) as usize,
          h = load<u32>(below + i16x8.extract_lane_u(places, 7)) as usize;
        for (let s = 4; s < steps; s++) {
          a = step(a, at);
          b = step(b, at + 2);
          c = step(c, at + 4);
          d = step(d, at + 6);
          e = step(e, at + 8);
          f = step(f, at + 10);
          g = step(g, at + 12);
          h = step(h, at + 14);
        }
        addFour(a, b, c, d, base, sums + (row << 2), exactSums + (row << 3));
        addFour(e, f, g, h, base, sums + (row << 2) + 16, exactSums + (row << 3) + 32);
      }
    }
  }
}
