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
  const count = (
    of: (values: StoredCell['values']) => boolean,
    success: (values: StoredCell['values']) => boolean,
  ): Count =>
    kept.reduce(
      (sum, { values, n }) =>
        of(values) ? { successes: sum.successes + (success(values) ? n : 0), total: sum.total + n } : sum,
      { successes: 0, total: 0 },
    );
  const proposed = (values: StoredCell['values']) => values[2] === 1;
  const overrode = (values: StoredCell['values']) => values[3] === 0;
  const timed = (values: StoredCell['values']) => values[4] !== null;
  const quick = (values: StoredCell['values']) => values[4] === 1;
  const findings = ids.map((officer) => {
    const own = (values: StoredCell['values']) => values[0] === officer;
    const overridden = count((v) => own(v) && proposed(v), overrode);
    const others = count((v) => !own(v) && proposed(v), overrode);
    const hasty = count((v) => own(v) && timed(v), quick);
    const othersHasty = count((v) => !own(v) && timed(v), quick);
    return { officer, overridden, others, hasty, othersHasty };
  });
  const tests = findings.flatMap((one) => [
    test(one.overridden, one.others),
    test(one.hasty, one.othersHasty),
  ]);
  const adjusted = holm(tests);
  const standOut = findings.flatMap((one, at): OfficerFinding[] => {
    const [p, q] = [adjusted[2 * at] as number, adjusted[2 * at + 1] as number];
    const differs = p < ALPHA;
    const less = rate(one.overridden) < rate(one.others);
    const because = [
      ...(differs ? [less ? ('overrides-less' as const) : ('overrides-more' as const)] : []),
      ...(q < ALPHA && rate(one.hasty) > rate(one.othersHasty) ? (['hasty'] as const) : []),
    ];
    if (because.length === 0) return [];
    const interval = newcombe(one.overridden, one.others);
    return [
      {
        ...one,
        difference:
          interval === undefined
            ? undefined
            : { value: rate(one.overridden) - rate(one.others), ...interval, method: 'newcombe' },
        p: Math.min(p, q),
        because,
      },
    ];
  });
  const withInterval = (all: Count) => ({ ...all, ...(wilson(all) ?? { low: 0, high: 1 }) });
  return {
    officers: ids.length,
    overridden: withInterval(count(proposed, overrode)),
    hasty: withInterval(count(timed, quick)),
    standOut,
  };
}

function test(own: Count, others: Count): number {
  if (own.total < SMALLEST || others.total < SMALLEST) return 1;
  return differenceBeyond(own, others, 0) ?? 1;
}

function rate({ successes, total }: Count): number {
  return total === 0 ? 0 : successes / total;
}
