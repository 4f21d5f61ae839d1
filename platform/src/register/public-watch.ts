import type { Context } from '../context.ts';
import { labelsOf } from '../monitoring/pages/labels.ts';
import { watched } from '../monitoring/plan.ts';
import type { Lang } from '../web/index.ts';
import type { PublicWatch } from './groups-section.tsx';
import type { PublicSystem } from './public-register.ts';

/** What the public page says of how a system is watched; undefined where nothing is declared. Never an officer's name. */
export async function publicWatch(
  ctx: Context,
  { authorityId, systemId, record }: PublicSystem,
  lang: Lang,
): Promise<PublicWatch | undefined> {
  const found = await watched(ctx, authorityId, systemId);
  if (found === undefined) return undefined;
  return {
    declared: found.declared,
    labels: labelsOf(found, record, lang, () => ''),
    order: found.dimensions.map(({ name, values }) => ({
      attribute: name,
      values: values.map(({ value }) => value),
    })),
  };
}
