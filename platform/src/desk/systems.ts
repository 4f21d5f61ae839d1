import type { Context } from '../context.ts';
import type { SystemRecord, SystemStatus } from '../register/record.ts';
import { listSystemIds, loadSystem, systemState } from '../register/systems.ts';

/** A system as its published record says it, and whether it may decide now. */
export interface DeskSystem {
  readonly systemId: string;
  readonly status: SystemStatus;
  readonly record: SystemRecord;
}

/** The systems of an authority by id, in alphabetical order. */
export async function deskSystems(
  ctx: Context,
  authorityId: string,
): Promise<ReadonlyMap<string, DeskSystem>> {
  const ids = await listSystemIds(ctx.store.read, authorityId);
  const found = await Promise.all(ids.map((systemId) => readDeskSystem(ctx, authorityId, systemId)));
  return new Map(found.filter((s) => s !== undefined).map((system) => [system.systemId, system]));
}

export async function readDeskSystem(
  ctx: Context,
  authorityId: string,
  systemId: string,
): Promise<DeskSystem | undefined> {
  const state = await systemState(ctx.store, authorityId, systemId);
  if (state === undefined) return undefined;
  const { record } = await loadSystem(ctx.store.read, authorityId, systemId, state.version);
  return { systemId, status: state.status, record };
}
