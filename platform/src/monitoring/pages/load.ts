import { findStaff, type Staff } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { type OwnSystem, readSystemState } from '../../register/own-systems.ts';
import { type AttributeBasis, basisInForce } from '../../vault/attribute-basis.ts';
import type { Lang } from '../../web/index.ts';
import { type AlertRow, listAlerts } from '../alerts.ts';
import { readCube, type StoredCell } from '../cell-store.ts';
import { legalDayOf } from '../counts.ts';
import { newestVersion } from '../measure.ts';
import { type Watched, watched } from '../plan.ts';
import { type CountState, countState, type Lag, lagOf } from '../state.ts';
import { type Labels, labelsOf } from './labels.ts';

/** Everything that the pages of one watched system share. */
export interface MonitorView {
  readonly staff: Staff;
  readonly system: OwnSystem;
  readonly watched: Watched;
  readonly labels: Labels;
  readonly state: CountState | undefined;
  readonly lag: Lag;
  readonly basis: AttributeBasis | undefined;
  readonly cells: readonly StoredCell[];
  readonly newest: ReturnType<typeof newestVersion>;
  readonly alerts: readonly AlertRow[];
  /** Address of this system's pages. */
  readonly here: string;
}

export interface UnwatchedView {
  readonly staff: Staff;
  readonly system: OwnSystem;
  readonly watched: undefined;
  readonly here: string;
}

/** Reads a system for its pages. Throws `not-found` for a system of another authority. */
export async function loadMonitor(
  ctx: Context,
  staff: Staff,
  systemId: string,
  lang: Lang,
): Promise<MonitorView | UnwatchedView> {
  const { authorityId } = staff;
  const system = await readSystemState(ctx, authorityId, systemId);
  const here = `/${lang}/staff/${authorityId}/monitoring/${systemId}`;
  const found = await watched(ctx, authorityId, systemId);
  if (found === undefined) return { staff, system, watched: undefined, here };
  const db = ctx.store.read;
  const [state, lag, cells, alerts, basis] = await Promise.all([
    countState(db, found),
    lagOf(db, found),
    readCube(db, authorityId, systemId, 'groups'),
    listAlerts(db, authorityId, systemId),
    basisInForce(db, authorityId, systemId, legalDayOf(ctx.clock.now())),
  ]);
  const names = await officerNames(ctx, authorityId, alerts);
  return {
    staff,
    system,
    watched: found,
    labels: labelsOf(found, system.record, lang, (staffId) => names.get(staffId) ?? staffId),
    state,
    lag,
    basis,
    cells,
    newest: newestVersion(found, cells),
    alerts,
    here,
  };
}

/** Names of the officers whom an alert is about: nobody else is named. */
async function officerNames(ctx: Context, authorityId: string, alerts: readonly AlertRow[]) {
  const ids = alerts
    .filter(({ evidence }) => evidence.watch.kind === 'officer')
    .map(({ evidence }) => evidence.watch.value);
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, await officerName(ctx, authorityId, id));
  return names;
}

export async function officerName(ctx: Context, authorityId: string, staffId: string): Promise<string> {
  try {
    return (await findStaff(ctx, authorityId, staffId)).name || staffId;
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'not-found') return staffId;
    throw error;
  }
}

/** Protected attributes that the plan declares and no basis in force names. */
export function unopened({ watched: { declared }, basis }: MonitorView): readonly string[] {
  return declared.plan.attributes.map(({ name }) => name).filter((name) => !basis?.attributes.includes(name));
}
