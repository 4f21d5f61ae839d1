import {
  type Audit,
  assemble,
  audit,
  type Cells,
  FairnessError,
  type Funnel,
  funnel,
  MOST_ATTRIBUTES,
  type RawCells,
  type SubgroupSearch,
  searchSubgroups,
} from '@taalil/fairness';
import type { StoredCell } from './cell-store.ts';
import { toleranceOf, type Watched } from './plan.ts';
import { type Column, columnAt, strataOf } from './watches.ts';

/** Which cases a page is about. */
export interface Selection {
  /** First legal month in which they were opened. */
  readonly from?: string | undefined;
  /** The groups within which they are compared, in the order of the declaration. */
  readonly within?: readonly string[] | undefined;
}

/** The newest version of the model that decided, and the month in which it began. */
export function newestVersion(
  watched: Watched,
  cells: readonly StoredCell[],
): { readonly version: number; readonly from: string } | undefined {
  const [versionAt, openedAt] = [columnAt(watched, 'version'), columnAt(watched, 'opened')];
  const version = Math.max(0, ...cells.map(({ values }) => values[versionAt] as number));
  if (version === 0) return undefined;
  const months = cells
    .filter(({ values }) => values[versionAt] === version)
    .map(({ values }) => values[openedAt]);
  return { version, from: (months as string[]).reduce((least, month) => (month < least ? month : least)) };
}

/** Cells of people as the audit reads them: the positive prediction is the one against the person. */
export function auditCells(
  watched: Watched,
  stored: readonly StoredCell[],
  { from, within }: Selection = {},
  attributes: readonly string[] = watched.dimensions.map(({ name }) => name),
): Cells {
  const { dimensions, declared } = watched;
  const openedAt = columnAt(watched, 'opened');
  const places = declared.plan.within.map((name) => dimensions.findIndex((one) => one.name === name));
  const cells = stored.filter(
    ({ values }) =>
      (from === undefined || (values[openedAt] as string) >= from) &&
      (within === undefined || within.every((value, at) => values[places[at] as number] === value)),
  );
  const column = (name: string, place: number): RawColumn => ({
    name,
    values: cells.map(({ values }) => (values[place] ?? null) as string | null),
  });
  const yesNo = (name: Column): RawColumn => ({
    name,
    values: cells.map(({ values }) => {
      const value = values[columnAt(watched, name)];
      return value === null || value === undefined ? null : value === 1 ? 'yes' : 'no';
    }),
  });
  const bin = columnAt(watched, 'bin');
  const scored = cells.some(({ values }) => values[bin] !== null);
  const known = (name: Column) =>
    cells.some(({ values }) => (values[columnAt(watched, name)] ?? null) !== null);
  return assemble({
    attributes: attributes.map((name) =>
      column(
        name,
        dimensions.findIndex((one) => one.name === name),
      ),
    ),
    roles: {
      prediction: yesNo('adverse'),
      human: yesNo('person'),
      objection: yesNo('objected'),
      remedy: yesNo('upheld'),
      period: column('period', openedAt),
      ...(known('truth') ? { truth: yesNo('truth'), random: yesNo('random') } : {}),
      ...(scored ? { bin: { name: 'bin', values: cells.map(({ values }) => binText(values[bin])) } } : {}),
    },
    count: cells.map(({ n }) => n),
    scores: scored
      ? {
          sum: cells.map(({ scores }) => scores / 1e3),
          squares: cells.map(({ squares }) => squares / 1e6),
        }
      : undefined,
  });
}

type RawColumn = RawCells['attributes'][number];

const binText = (bin: unknown) => (typeof bin === 'number' ? String(bin) : null);

/** One audit: of everybody, or of those within one stratum. */
export interface Part {
  /** `undefined` for everybody. */
  readonly within: readonly string[] | undefined;
  readonly audits: readonly Audit[];
}

/**
 * Holds every group against the declared tolerance, within each declared stratum and, without a verdict on what people are
 * compared within, over all. Dimensions with the same tolerance are judged together. A dimension with fewer than two
 * groups is left out.
 */
export function auditParts(watched: Watched, stored: readonly StoredCell[], from?: string): readonly Part[] {
  const { plan } = watched.declared;
  const judged = watched.dimensions.filter(({ name }) => !plan.within.includes(name));
  const strata = plan.within.length === 0 ? [] : strataOf(watched);
  return [undefined, ...strata].map((within) => ({
    within,
    audits: [...Map.groupBy(judged, ({ name }) => toleranceOf(plan, name))].flatMap(
      ([tolerance, dimensions]) =>
        auditOf(
          watched,
          stored,
          { from, within },
          dimensions.map(({ name }) => name),
          tolerance,
        ),
    ),
  }));
}

function auditOf(
  watched: Watched,
  stored: readonly StoredCell[],
  selection: Selection,
  names: readonly string[],
  tolerance: number,
): readonly Audit[] {
  const all = auditCells(watched, stored, selection, names);
  const divided = all.attributes.filter(({ values }) => values.length > 1).map(({ name }) => name);
  if (divided.length === 0) return [];
  const cells = divided.length === names.length ? all : auditCells(watched, stored, selection, divided);
  try {
    return [audit(cells, { tolerance })];
  } catch (error) {
    if (error instanceof FairnessError) return [];
    throw error;
  }
}

const DEPTH = 3;

/**
 * Searches all groups and intersections of a part of the cases; `undefined` before anything is counted. What people are
 * compared within is no group there: it is chosen, not searched.
 */
export function subgroupsOf(
  watched: Watched,
  stored: readonly StoredCell[],
  selection: Selection,
): SubgroupSearch | undefined {
  const { within } = watched.declared.plan;
  const names = watched.dimensions.map(({ name }) => name).filter((name) => !within.includes(name));
  const all = auditCells(watched, stored, selection, names);
  const divided = all.attributes.filter(({ values }) => values.length > 1).map(({ name }) => name);
  if (all.length === 0 || divided.length === 0) return undefined;
  const searched = divided.slice(0, MOST_ATTRIBUTES);
  return searchSubgroups(auditCells(watched, stored, selection, searched), {
    favourable: 'no',
    depth: DEPTH,
  });
}

/** The whole procedure by group; `undefined` before anything is counted. */
export function procedureOf(
  watched: Watched,
  stored: readonly StoredCell[],
  selection: Selection,
): Funnel | undefined {
  const all = auditCells(watched, stored, selection);
  const divided = all.attributes.filter(({ values }) => values.length > 1).map(({ name }) => name);
  if (all.length === 0 || divided.length === 0) return undefined;
  return funnel(auditCells(watched, stored, selection, divided), { favourable: 'no' });
}
