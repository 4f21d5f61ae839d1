/** Files into cells, by DuckDB: `@taalil/fairness/files`. */
export type { FileColumns, YesNoColumn } from './asked.ts';
export type { ReadProgress } from './engine.ts';
export { MOST_CELLS, MOST_GROUPS } from './fetch.ts';
export { type FileCells, type ReadOptions, readCells } from './read.ts';
