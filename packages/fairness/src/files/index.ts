/** Files into cells, by DuckDB: `@taalil/fairness/files`. */
export type { FileColumns, YesNoColumn } from './asked.ts';
export type { ReadProgress } from './engine.ts';
export { type FileCells, MOST_CELLS, MOST_GROUPS, type ReadOptions, readCells } from './read.ts';
