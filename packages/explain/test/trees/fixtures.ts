import { readFileSync } from 'node:fs';

export function fixture(path: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
}

export function answers<T>(path: string): T {
  return JSON.parse(new TextDecoder().decode(fixture(path))) as T;
}

/** Rows of a CSV fixture with a header; empty cells are missing. */
export function csvRows(path: string): number[][] {
  const [, ...lines] = new TextDecoder().decode(fixture(path)).trim().split('\n');
  return lines.map((line) => line.split(',').map((cell) => (cell === '' ? Number.NaN : Number(cell))));
}

/** Nested lists of numbers, null for NaN, as one flat list. */
export function flat(nested: unknown): number[] {
  if (Array.isArray(nested)) return nested.flatMap(flat);
  return [nested === null ? Number.NaN : Number(nested)];
}
