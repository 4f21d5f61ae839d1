import type { JsonValue } from '@taalil/transparency-log';
import { assertStillAllowed, BY_SETUP } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { loadSystem, systemState } from '../register/systems.ts';
import { type Db, typed } from '../store/index.ts';
import { dimensionsOf, type PlanDimension } from './dimensions.ts';
import { type MonitoringPlan, monitoringPlan } from './plan-schema.ts';
import type { MonitoringTables } from './tables.ts';

export interface DeclaredPlan {
  readonly revision: number;
  readonly plan: MonitoringPlan;
  readonly declaredAt: string;
  readonly declaredBy: string;
}

export interface PlanDeclaration {
  readonly authorityId: string;
  readonly systemId: string;
  readonly plan: unknown;
  /** Staff id of the supervisor. */
  readonly by?: string;
}

/**
 * Declares how a system is watched: which groups, within what, how large an excess is tolerated, what a breach does. The
 * declaration is an entry of the authority's log and public with the register; evidence gathered under an earlier one
 * stays, what comes is held to the new one. Throws `not-found`, `forbidden`, `invalid-request`.
 */
export async function declarePlan(
  ctx: Context,
  { authorityId, systemId, plan, by = BY_SETUP }: PlanDeclaration,
): Promise<DeclaredPlan> {
  const parsed = parsePlan(plan);
  const state = await systemState(ctx.store, authorityId, systemId);
  if (state === undefined)
    throw new PlatformError('not-found', `There is no system "${systemId}" in this authority.`);
  const { record } = await loadSystem(ctx.store.read, authorityId, systemId, state.version);
  for (const [i, { name, bands }] of parsed.facts.entries()) {
    const input = record.inputs.find((one) => one.name === name);
    const banded = bands !== undefined;
    if (input !== undefined && banded === (input.type === 'integer' || input.type === 'decimal')) continue;
    throw invalid([
      {
        where: `/facts/${i}`,
        what: input === undefined ? 'is no input of this system' : 'numbers take bands, other inputs none',
      },
    ]);
  }
  const before = await currentPlan(ctx.store.read, authorityId, systemId);
  const revision = (before?.revision ?? 0) + 1;
  const { at } = await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'monitoring-declared',
    facts: { system: systemId, revision, plan: parsed as unknown as JsonValue, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'monitoring.declare');
      const now = await currentPlan(tx.db, authorityId, systemId);
      if ((now?.revision ?? 0) + 1 === revision) return;
      throw new PlatformError('conflict', 'Somebody else has just declared how this system is watched.', {
        mend: 'Look at the present declaration first.',
      });
    },
    write(tx, index, when) {
      tx.append('monitor_plans', {
        authority_id: authorityId,
        system_id: systemId,
        revision,
        plan: JSON.stringify(parsed),
        declared_by: by,
        declared_at: when,
        log_index: index,
      });
    },
  });
  return { revision, plan: parsed, declaredAt: at, declaredBy: by };
}

function parsePlan(plan: unknown): MonitoringPlan {
  const parsed = monitoringPlan.safeParse(plan);
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues
      .slice(0, 20)
      .map((i) => ({ where: `/${i.path.map(String).join('/')}`, what: i.message })),
  );
}

function invalid(faults: readonly { where: string; what: string }[]): PlatformError {
  return new PlatformError('invalid-request', 'The declaration of how the system is watched is not valid.', {
    where: faults[0]?.where,
    faults: [...faults],
    mend: 'Correct what "faults" names.',
  });
}

/** The declaration in force, if any. */
export async function currentPlan(
  db: Db,
  authorityId: string,
  systemId: string,
): Promise<DeclaredPlan | undefined> {
  const row = await typed<MonitoringTables>(db)
    .selectFrom('monitor_plans')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    revision: row.revision,
    plan: JSON.parse(row.plan) as MonitoringPlan,
    declaredAt: row.declared_at,
    declaredBy: row.declared_by,
  };
}

/** The systems of an authority that are watched. */
export async function watchedSystems(db: Db, authorityId: string): Promise<string[]> {
  const rows = await typed<MonitoringTables>(db)
    .selectFrom('monitor_plans')
    .select('system_id')
    .distinct()
    .where('authority_id', '=', authorityId)
    .orderBy('system_id')
    .execute();
  return rows.map((row) => row.system_id);
}

export interface Watched {
  readonly authorityId: string;
  readonly systemId: string;
  readonly declared: DeclaredPlan;
  readonly dimensions: readonly PlanDimension[];
}

/** A system with its declaration, ready to count; `undefined` where nothing is declared. */
export async function watched(
  ctx: Context,
  authorityId: string,
  systemId: string,
): Promise<Watched | undefined> {
  const declared = await currentPlan(ctx.store.read, authorityId, systemId);
  const state = await systemState(ctx.store, authorityId, systemId);
  if (declared === undefined || state === undefined) return undefined;
  const { record } = await loadSystem(ctx.store.read, authorityId, systemId, state.version);
  return { authorityId, systemId, declared, dimensions: dimensionsOf(declared.plan, record) };
}

/** The tolerance of a dimension, as a share. */
export function toleranceOf(plan: MonitoringPlan, dimension: string): number {
  return Number(plan.tolerances[dimension] ?? plan.tolerance);
}
