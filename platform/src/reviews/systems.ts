import type { Context } from '../context.ts';
import type { Localized } from '../register/record.ts';
import { listSystemIds, loadSystem, systemState } from '../register/systems.ts';

/** The names of an authority's systems by id, as published now. */
export async function namesOf(ctx: Context, authorityId: string): Promise<ReadonlyMap<string, Localized>> {
  const ids = await listSystemIds(ctx.store.read, authorityId);
  const names = await Promise.all(
    ids.map(async (systemId) => {
      const state = await systemState(ctx.store, authorityId, systemId);
      if (state === undefined || state.version === 0) return undefined;
      const { record } = await loadSystem(ctx.store.read, authorityId, systemId, state.version);
      return [systemId, record.name] as const;
    }),
  );
  return new Map(names.filter((one) => one !== undefined));
}
