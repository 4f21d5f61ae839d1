import type { Forest } from '../forest/forest.ts';
import { makeRanker, type Ranker } from '../forest/ranks.ts';
import type { Link } from './link.ts';

export type TreesFormat = 'xgboost-json' | 'xgboost-ubjson' | 'lightgbm-text' | 'sklearn-json' | 'onnx';

/** A tree ensemble that was read from a file. */
export interface TreesModel {
  readonly kind: 'trees';
  readonly format: TreesFormat;
  /** SHA-256 of the file's bytes, lower-case hexadecimal. */
  readonly sha256: string;
  /** Column names; `f0`, `f1`, … when the file has none. */
  readonly features: readonly string[];
  /** Whether the file names its features: then columns are matched by name, else by position. */
  readonly named: boolean;
  readonly forest: Forest;
  readonly ranker: Ranker;
  readonly link: Link;
  /** The objective or model type as the file names it. */
  readonly objective: string;
}

export function treesModel(parts: Omit<TreesModel, 'kind' | 'ranker'>): TreesModel {
  return { kind: 'trees', ...parts, ranker: makeRanker(parts.forest) };
}

/** The file's names, or positional ones. */
export function featureNames(
  names: readonly string[],
  count: number,
): { features: string[]; named: boolean } {
  if (names.length === count && count > 0 && new Set(names).size === count)
    return { features: [...names], named: true };
  return { features: Array.from({ length: count }, (_, index) => `f${index}`), named: false };
}
