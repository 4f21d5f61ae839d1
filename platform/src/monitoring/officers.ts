import { type Count, differenceBeyond, type Estimate, holm, newcombe, wilson } from '@taalil/fairness';
import type { StoredCell } from './cell-store.ts';

const SMALLEST = 30;
const ALPHA = 0.05;

/** One officer beside all others together. */
export interface OfficerFinding {
  readonly officer: string;
  /** Of adverse proposals decided, those overridden. */
  readonly overridden: Count;
  readonly others: Count;
  readonly difference: Estimate | undefined;
  /** Of all decided, those in a few seconds. */
  readonly hasty: Count;
  readonly othersHasty: Count;
  /** Adjusted by Holm over every officer and both questions. */
  readonly p: number | undefined;
  readonly because: readonly ('overrides-less' | 'overrides-more' | 'hasty')[];
}

export interface Officers {
  readonly officers: number;
  readonly overridden: Count & { readonly low: number; readonly high: number };
  readonly hasty: Count & { readonly low: number; readonly high: number };
  /** Only those who differ beyond what chance does among as many; nobody is told apart on noise. */
  readonly standOut: readonly OfficerFinding[];
}

/**
 * How officers use their judgement: how often they override, and how often they decide within seconds. Whoever does not
 * differ from the others beyond chance, after Holm's correction over all officers and both questions, is not named.
 *
 * @param cells of the cube `officers`: officer, month, proposal, decision, haste
 */
export function officersOf(cells: readonly StoredCell[], from?: string): Officers | undefined {
  const kept = cells.filter(({ values }) => from === undefined || String(values[1]) >= from);
  const ids = [...new Set(kept.map(({ values }) => values[0] as string))].sort();
  if (ids.length === 0) return undefined;
  const standOut: OfficerFinding[] = [];
  const left = new Set(ids);
  // The one who differs most is set aside before the others are compared: an outlier makes nobody else look like one.
  for (let found = mostDifferent(kept, left); found !== undefined; found = mostDifferent(kept, left)) {
    standOut.push(found);
    left.delete(found.officer);
  }
  const count = (of: Asked, success: Asked) => countOf(kept, of, success);
  const withInterval = (all: Count) => ({ ...all, ...(wilson(all) ?? { low: 0, high: 1 }) });
  return {
    officers: ids.length,
    overridden: withInterval(count(proposed, overrode)),
    hasty: withInterval(count(timed, quick)),
    standOut,
  };
}

type Asked = (values: StoredCell['values']) => boolean;
const proposed: Asked = (values) => values[2] === 1;
const overrode: Asked = (values) => values[3] === 0;
const timed: Asked = (values) => values[4] !== null;
const quick: Asked = (values) => values[4] === 1;

function countOf(cells: readonly StoredCell[], of: Asked, success: Asked): Count {
  return cells.reduce(
    (sum, { values, n }) =>
      of(values) ? { successes: sum.successes + (success(values) ? n : 0), total: sum.total + n } : sum,
    { successes: 0, total: 0 },
  );
}

/** The officer with the smallest p-value among those left, where it stands after correction for all of them. */
function mostDifferent(cells: readonly StoredCell[], left: ReadonlySet<string>): OfficerFinding | undefined {
  const among = cells.filter(({ values }) => left.has(values[0] as string));
  const findings = [...left].map((officer) => {
    const own: Asked = (values) => values[0] === officer;
    return {
      officer,
      overridden: countOf(among, (v) => own(v) && proposed(v), overrode),
      others: countOf(among, (v) => !own(v) && proposed(v), overrode),
      hasty: countOf(among, (v) => own(v) && timed(v), quick),
      othersHasty: countOf(among, (v) => !own(v) && timed(v), quick),
    };
  });
  const adjusted = holm(
    findings.flatMap((one) => [test(one.overridden, one.others), test(one.hasty, one.othersHasty)]),
  );
  const judged = findings.map((one, at) => ({
    one,
    overriding: adjusted[2 * at] as number,
    // Whoever takes more time than the others is no finding.
    haste: rate(one.hasty) > rate(one.othersHasty) ? (adjusted[2 * at + 1] as number) : 1,
  }));
  const [most] = judged.toSorted((a, b) => Math.min(a.overriding, a.haste) - Math.min(b.overriding, b.haste));
  if (most === undefined || Math.min(most.overriding, most.haste) >= ALPHA) return undefined;
  const { one, overriding, haste } = most;
  const interval = newcombe(one.overridden, one.others);
  const difference = rate(one.overridden) - rate(one.others);
  return {
    ...one,
    difference: interval === undefined ? undefined : { value: difference, ...interval, method: 'newcombe' },
    p: Math.min(overriding, haste),
    because: [
      ...(overriding < ALPHA
        ? [difference < 0 ? ('overrides-less' as const) : ('overrides-more' as const)]
        : []),
      ...(haste < ALPHA ? (['hasty'] as const) : []),
    ],
  };
}

function test(own: Count, others: Count): number {
  if (own.total < SMALLEST || others.total < SMALLEST) return 1;
  return differenceBeyond(own, others, 0) ?? 1;
}

function rate({ successes, total }: Count): number {
  return total === 0 ? 0 : successes / total;
}
