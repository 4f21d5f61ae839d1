// AssemblyScript. Adds the table rows of units (src/forest/units.ts) to the contributions of many rows, in float32.
//
// The program of a unit, 32-bit words: number of steps, state at the lowest ranks, number of 4-column groups, bytes of a
// table row, address of the table; per step the offset of the feature's ranks, then (from − 1) | step << 16; per column
// the offset of the feature's contributions (columns without a feature go to a spare list).

/**
 * @param program the first unit; `units` follow one another
 * @param ranks int16 lists of ranks
 * @param phi float32 lists of contributions, added to
 * @param states scratch for `rows` 32-bit numbers
 * @param rows a multiple of 32
 * @returns where the program of the next unit begins
 */
export function add(program: usize, units: i32, ranks: usize, phi: usize, states: usize, rows: usize): usize {
  for (let unit = 0; unit < units; unit++) {
    const steps = load<u32>(program) as usize;
    const base = load<i32>(program, 4) as i16;
    const groups = load<u32>(program, 8) as usize;
    const width = load<i32>(program, 12);
    const table = load<u32>(program, 16) as usize;
    const first = program + 20;
    const last = first + (steps << 3);
    number(first, last, base, width, ranks, states, rows);
    let columns = last;
    let from = table;
    let group: usize = 0;
    for (; group + 2 <= groups; group += 2, columns += 32, from += 32)
      gatherTwo(columns, from, phi, states, rows);
    if (group < groups) gatherOne(columns, from, phi, states, rows);
    program = last + (groups << 4);
  }
  return program;
}

/** Writes the offset of every row's table row: state × width. */
function number(
  first: usize,
  last: usize,
  base: i16,
  width: i32,
  ranks: usize,
  states: usize,
  rows: usize,
): void {
  const start = i16x8.splat(base);
  const wide = i32x4.splat(width);
  for (let row: usize = 0; row < rows; row += 32) {
    let s0 = start,
      s1 = start,
      s2 = start,
      s3 = start;
    const at = ranks + (row << 1);
    for (let step = first; step < last; step += 8) {
      const list = at + (load<u32>(step) as usize);
      const before = v128.load16_splat(step, 4);
      const grows = v128.load16_splat(step, 6);
      s0 = i16x8.add(s0, v128.and(i16x8.gt_s(v128.load(list), before), grows));
      s1 = i16x8.add(s1, v128.and(i16x8.gt_s(v128.load(list, 16), before), grows));
      s2 = i16x8.add(s2, v128.and(i16x8.gt_s(v128.load(list, 32), before), grows));
      s3 = i16x8.add(s3, v128.and(i16x8.gt_s(v128.load(list, 48), before), grows));
    }
    const to = states + (row << 2);
    v128.store(to, i32x4.mul(i32x4.extend_low_i16x8_u(s0), wide));
    v128.store(to, i32x4.mul(i32x4.extend_high_i16x8_u(s0), wide), 16);
    v128.store(to, i32x4.mul(i32x4.extend_low_i16x8_u(s1), wide), 32);
    v128.store(to, i32x4.mul(i32x4.extend_high_i16x8_u(s1), wide), 48);
    v128.store(to, i32x4.mul(i32x4.extend_low_i16x8_u(s2), wide), 64);
    v128.store(to, i32x4.mul(i32x4.extend_high_i16x8_u(s2), wide), 80);
    v128.store(to, i32x4.mul(i32x4.extend_low_i16x8_u(s3), wide), 96);
    v128.store(to, i32x4.mul(i32x4.extend_high_i16x8_u(s3), wide), 112);
  }
}

/** Turns 4 table rows of 4 columns into 4 columns of 4 rows and adds them. */
function transposeAdd(a: v128, b: v128, c: v128, d: v128, f0: usize, f1: usize, f2: usize, f3: usize): void {
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5),
    ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5),
    cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(f0, f32x4.add(v128.load(f0), v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5)));
  v128.store(f1, f32x4.add(v128.load(f1), v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7)));
  v128.store(f2, f32x4.add(v128.load(f2), v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5)));
  v128.store(f3, f32x4.add(v128.load(f3), v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7)));
}

function gatherOne(columns: usize, table: usize, phi: usize, states: usize, rows: usize): void {
  let f0 = phi + (load<u32>(columns) as usize),
    f1 = phi + (load<u32>(columns, 4) as usize);
  let f2 = phi + (load<u32>(columns, 8) as usize),
    f3 = phi + (load<u32>(columns, 12) as usize);
  const end = states + (rows << 2);
  for (; states < end; states += 16, f0 += 16, f1 += 16, f2 += 16, f3 += 16) {
    const a = table + (load<u32>(states) as usize),
      b = table + (load<u32>(states, 4) as usize);
    const c = table + (load<u32>(states, 8) as usize),
      d = table + (load<u32>(states, 12) as usize);
    transposeAdd(v128.load(a), v128.load(b), v128.load(c), v128.load(d), f0, f1, f2, f3);
  }
}

function gatherTwo(columns: usize, table: usize, phi: usize, states: usize, rows: usize): void {
  const f0 = phi + (load<u32>(columns) as usize),
    f1 = phi + (load<u32>(columns, 4) as usize);
  const f2 = phi + (load<u32>(columns, 8) as usize),
    f3 = phi + (load<u32>(columns, 12) as usize);
  const f4 = phi + (load<u32>(columns, 16) as usize),
    f5 = phi + (load<u32>(columns, 20) as usize);
  const f6 = phi + (load<u32>(columns, 24) as usize),
    f7 = phi + (load<u32>(columns, 28) as usize);
  const bytes = rows << 2;
  for (let r: usize = 0; r < bytes; r += 16) {
    const at = states + r;
    const a = table + (load<u32>(at) as usize),
      b = table + (load<u32>(at, 4) as usize);
    const c = table + (load<u32>(at, 8) as usize),
      d = table + (load<u32>(at, 12) as usize);
    transposeAdd(v128.load(a), v128.load(b), v128.load(c), v128.load(d), f0 + r, f1 + r, f2 + r, f3 + r);
    transposeAdd(
      v128.load(a, 16),
      v128.load(b, 16),
      v128.load(c, 16),
      v128.load(d, 16),
      f4 + r,
      f5 + r,
      f6 + r,
      f7 + r,
    );
  }
}

/** Adds `rows` float32 of each of `features` lists to the float64 totals and clears them; both lists are `stride` rows apart. */
export function flush(features: i32, phi: usize, totals: usize, stride: usize, rows: usize): void {
  const zero = f32x4.splat(0);
  for (let feature = 0; feature < features; feature++, phi += stride << 2, totals += stride << 3) {
    let to = totals;
    const end = phi + (rows << 2);
    for (let from = phi; from < end; from += 16, to += 32) {
      const v = v128.load(from);
      v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(v)));
      v128.store(
        to,
        f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1))),
        16,
      );
      v128.store(from, zero);
    }
  }
}
