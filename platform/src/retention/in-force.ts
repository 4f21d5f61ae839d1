import { listSystemIds } from '../register/systems.ts';
import { type Db, typed } from '../store/index.ts';
import type { Basis, SweptRule } from './rule.ts';
import { NO_SYSTEM, SWEPT } from './rules.ts';
import type { RetentionTables } from './tables.ts';

/** A rule as it holds for one system, for what belongs to none (`*`), or for the platform. */
export interface RuleInForce {
  readonly rule: SweptRule;
  readonly authorityId?: string | undefined;
  readonly systemId?: string | undefined;
  /** Whole days; undefined: kept. */
  readonly days: number | undefined;
  readonly basis: Basis;
}

/** Which rules a system has, and which of them hold for what belongs to none. */
const OF_NO_SYSTEM = SWEPT.filter(({ of }) => of === 'case' || of === 'decision');
const OF_A_SYSTEM = SWEPT.filter(({ of }) => of !== 'platform');

/** The rules in force for each system of an authority and for what belongs to none. */
export async function rulesInForce(db: Db, authorityId: string): Promise<readonly RuleInForce[]> {
  const rows = await typed<RetentionTables>(db)
    .selectFrom('retention_rules')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('log_index')
    .execute();
  const set = new Map(rows.map((row) => [`${row.system_id}/${row.rule}`, row]));
  const systems = [...(await listSystemIds(db, authorityId)), NO_SYSTEM];
  return systems.flatMap((systemId) =>
    (systemId === NO_SYSTEM ? OF_NO_SYSTEM : OF_A_SYSTEM).map((rule): RuleInForce => {
      const own = set.get(`${systemId}/${rule.id}`);
      const scope = { rule, authorityId, systemId };
      if (own === undefined) return { ...scope, days: rule.days, basis: rule.basis };
      const because = `Set by the authority at ${own.set_at}.`;
      const days = own.days === null ? undefined : Number(own.days);
      return { ...scope, days, basis: { source: own.basis, certainty: own.certainty, because } };
    }),
  );
}
