// AssemblyScript. Adds the leaf of every tree for many rows, in the order of the trees, in float32 and in float64.
//
// A node takes 16 bytes: offset of the feature's ranks (in the list that sends missing values the right way), cut, left
// and right node. A leaf is its own left and right child, so that every row takes as many steps as the tree is deep and
// four rows can go side by side. The values of the nodes are float64, 8 bytes a node, in a list of their own.
// A tree takes 16 bytes: root, steps, 1 when it has sets, place of its output in the lists of sums.

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

function add(at: usize, row: usize, value: f64, exact: usize): void {
  const f = at + (row << 2);
  store<f32>(f, load<f32>(f) + (value as f32));
  const e = exact + (row << 3);
  store<f64>(e, load<f64>(e) + value);
}

/**
 * @param nodes the pool of nodes, which the values follow in parallel
 * @param rows a multiple of 4
 * @param own float32 sums, `exact` float64 sums: one list per output, both added to
 */
export function margins(
  trees: usize,
  count: i32,
  nodes: usize,
  values: usize,
  rows: usize,
  ranks: usize,
  own: usize,
  exact: usize,
): void {
  for (let tree = 0; tree < count; tree++, trees += 16) {
    const root = load<u32>(trees) as usize;
    const steps = load<i32>(trees, 4);
    const sets = load<u32>(trees, 8);
    const list = load<u32>(trees, 12) as usize;
    const sums = own + (list << 2);
    const exactSums = exact + (list << 3);
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
      add(sums, row, load<f64>(values + ((a - nodes) >> 1)), exactSums);
      add(sums, row + 1, load<f64>(values + ((b - nodes) >> 1)), exactSums);
      add(sums, row + 2, load<f64>(values + ((c - nodes) >> 1)), exactSums);
      add(sums, row + 3, load<f64>(values + ((d - nodes) >> 1)), exactSums);
    }
  }
}
