/** Every choice of `size` items, in their order. */
export function* combinations<T>(items: readonly T[], size: number, start = 0): Generator<T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = start; first <= items.length - size; first++) {
    for (const rest of combinations(items, size - 1, first + 1)) yield [items[first] as T, ...rest];
  }
}
