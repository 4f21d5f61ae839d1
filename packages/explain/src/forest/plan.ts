import { type Forest, treeCount } from './forest.ts';
import { pathsOf } from './paths.ts';
import { fillTables, type Table } from './tables.ts';
import { type Unit, unitsOf } from './units.ts';

/** Which trees of a forest are walked, and which are added from tables. */
export interface Plan {
  readonly walked: readonly number[];
  readonly tables: readonly Table[];
}

export function planWithoutTables(forest: Forest): Plan {
  return { walked: [...forest.treeOutput.keys()], tables: [] };
}

/** Most joint states of a unit; deeper trees need more for a leaf alone. */
const CAPS = [512, 1024];

/**
 * Divides the trees for which tables are faster, as far as `maxBytes` of tables reach, by gain per byte.
 *
 * The cost model is in nanoseconds a row on one core of 2024, measured by bench/explain.ts; only its proportions matter:
 * walking takes 0.7 + 0.37 per quadrature point for each inner node; a group of 4 table columns takes 0.8, and up to 1.7
 * more as its table outgrows the first-level cache; a step of the state's number takes 0.1.
 */
export function planWithTables(forest: Forest, maxBytes: number): Plan {
  const choices = Array.from({ length: treeCount(forest) }, (_, tree) => bestDivision(forest, tree));
  const order = [...choices.keys()].sort(
    (a, b) => (choices[b]?.gainPerByte ?? 0) - (choices[a]?.gainPerByte ?? 0),
  );
  const taken = new Set<number>();
  let bytes = 0;
  for (const tree of order) {
    const choice = choices[tree];
    if (choice === undefined || bytes + choice.bytes > maxBytes) continue;
    taken.add(tree);
    bytes += choice.bytes;
  }
  const units = [...taken].sort((a, b) => a - b).flatMap((tree) => choices[tree]?.units ?? []);
  return {
    walked: [...forest.treeOutput.keys()].filter((tree) => !taken.has(tree)),
    tables: units.length === 0 ? [] : fillTables(forest, units),
  };
}

interface Division {
  readonly units: readonly Unit[];
  readonly bytes: number;
  readonly gainPerByte: number;
}

function bestDivision(forest: Forest, tree: number): Division | undefined {
  const inner = ((forest.roots[tree + 1] as number) - (forest.roots[tree] as number) - 1) / 2;
  const points = Math.max(1, ((pathsOf(forest).distinct[tree] as number) + 1) >> 1);
  const walking = inner * (0.7 + 0.37 * points);
  for (const cap of CAPS) {
    const units = unitsOf(forest, tree, cap);
    if (units === null) continue;
    const bytes = units.reduce((sum, unit) => sum + tableBytes(unit), 0);
    const gain = walking - units.reduce((sum, unit) => sum + tableCost(unit), 0);
    return gain > 0 ? { units, bytes, gainPerByte: gain / (bytes + 1) } : undefined;
  }
  return undefined;
}

function tableBytes({ features, states }: Unit): number {
  return 16 * Math.ceil(features.length / 4) * states;
}

function tableCost(unit: Unit): number {
  const groups = Math.ceil(unit.features.length / 4);
  const steps = unit.features.reduce((sum, { steps: own }) => sum + own.length, 0);
  return groups * (0.8 + 1.7 * Math.min(1, tableBytes(unit) / 24_576)) + 0.1 * steps;
}
