import type { Watched } from './plan.ts';
import { ALPHA_OF, type Watch } from './watch.ts';

/** Columns of a cell of people after those of the dimensions. */
export const COLUMNS = [
  'opened',
  'settled',
  'version',
  'adverse',
  'changed',
  'person',
  'objected',
  'upheld',
  'truth',
  'random',
  'bin',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Where a column stands in a cell of people. */
export function columnAt({ dimensions }: Watched, column: Column): number {
  return dimensions.length + COLUMNS.indexOf(column);
}

/** Everything that is watched of people: each group against all others, over all strata together and within each. */
export function groupWatches({ declared, dimensions }: Watched): readonly Watch[] {
  const { plan } = declared;
  const strata = strataOf({ declared, dimensions });
  const watches = (['group', 'change'] as const).map((kind) =>
    dimensions
      .filter(({ name }) => !plan.within.includes(name))
      .flatMap(({ name, values }) =>
        values.flatMap(({ value }) =>
          [undefined, ...(strata.length > 1 ? strata.keys() : [])].map(
            (stratum): Omit<Watch, 'alpha'> => ({
              kind,
              id: [kind, name, value, ...(stratum === undefined ? [] : (strata[stratum] as string[]))].join(
                '|',
              ),
              dimension: name,
              value,
              within: stratum === undefined ? undefined : strata[stratum],
              tolerance: Number(plan.tolerances[name] ?? plan.tolerance),
            }),
          ),
        ),
      ),
  );
  return watches.flatMap((own) =>
    own.map((watch) => ({ ...watch, alpha: ALPHA_OF[watch.kind] / own.length })),
  );
}

/** Every combination of groups within which people are compared; one empty combination where nothing is declared. */
export function strataOf({
  declared,
  dimensions,
}: Pick<Watched, 'declared' | 'dimensions'>): readonly string[][] {
  return declared.plan.within.reduce<string[][]>(
    (all, name) => {
      const values = dimensions.find((one) => one.name === name)?.values ?? [];
      return all.flatMap((before) => values.map(({ value }) => [...before, value]));
    },
    [[]],
  );
}
