import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../store/index.ts';
import type { Hold, SweptRule } from './rule.ts';
import { NO_SYSTEM } from './rules.ts';

/** The rows of a rule that are meant: of one system or of what belongs to none, or all of the platform's. */
export interface Scope {
  readonly authorityId?: string | undefined;
  readonly systemId?: string | undefined;
}

/** How many rows there are, how many would go, and how many are over their time and stay, by what holds them. */
export interface Counted {
  readonly total: number;
  readonly due: number;
  readonly held: Readonly<Partial<Record<Hold, number>>>;
}

type Condition = RawBuilder<unknown>;

const column = (name: string) => sql.ref(`x.${name}`);
const all = (conditions: readonly Condition[]) => sql.join(conditions, sql` and `);
const fromTable = ({ table }: SweptRule) => sql`from ${sql.table(table)} as x`;

/** What a rule would do: rows older than `before` are over their time; undefined where none ever is. */
export async function countRows(
  db: Db,
  rule: SweptRule,
  scope: Scope,
  before: string | undefined,
): Promise<Counted> {
  const total = await count(db, rule, belonging(rule, scope));
  if (before === undefined) return { total, due: 0, held: {} };
  const over = [...belonging(rule, scope), older(rule, before)];
  const held: Partial<Record<Hold, number>> = {};
  for (const hold of rule.holds) {
    const n = await count(db, rule, [...over, holding(rule, hold)]);
    if (n > 0) held[hold] = n;
  }
  return { total, due: await count(db, rule, [...over, ...free(rule)]), held };
}

async function count(db: Db, rule: SweptRule, where: readonly Condition[]): Promise<number> {
  const query = sql<{ n: number }>`select count(*) as n ${fromTable(rule)} where ${all(where)}`;
  return Number((await query.execute(db)).rows[0]?.n);
}

/**
 * The instants of the oldest row that would go and of the last of `most` such rows, in the order of their time; undefined
 * where none would.
 */
export async function nextRows(
  db: Db,
  rule: SweptRule,
  scope: Scope,
  before: string,
  most: number,
): Promise<string | undefined> {
  const where = [...belonging(rule, scope), older(rule, before), ...free(rule)];
  const { rows } = await sql<{ last: string | null }>`select max(batch.at) as last from (
    select ${column(rule.from)} as at ${fromTable(rule)} where ${all(where)}
    order by at limit ${sql.lit(most)}) as batch`.execute(db);
  return rows[0]?.last ?? undefined;
}

/** Takes out what would go, up to and with the instant `last`. Returns how many rows went. */
export async function removeRows(
  db: Db,
  rule: SweptRule,
  scope: Scope,
  before: string,
  last = before,
): Promise<number> {
  const where = [
    ...belonging(rule, scope),
    older(rule, before),
    sql`${column(rule.from)} <= ${last}`,
    ...free(rule),
  ];
  const { numAffectedRows } = await sql`delete ${fromTable(rule)} where ${all(where)}`.execute(db);
  return Number(numAffectedRows);
}

const older = (rule: SweptRule, before: string): Condition => sql`${column(rule.from)} < ${before}`;
const free = (rule: SweptRule) => rule.holds.map((hold) => sql`not ${holding(rule, hold)}`);

function belonging(rule: SweptRule, { authorityId, systemId }: Scope): Condition[] {
  const only = rule.only === undefined ? sql`1 = 1` : sql`${column(rule.only[0])} = ${rule.only[1]}`;
  if (rule.of === 'platform') return [only];
  const own = sql`${column('authority_id')} = ${authorityId}`;
  if (rule.of === 'system') return [only, own, sql`${column('system_id')} = ${systemId}`];
  const [owners, key] = OWNERS[rule.of];
  const owner = sql`select 1 from ${sql.table(owners)} as o
    where o.authority_id = x.authority_id and ${sql.ref(`o.${key}`)} = ${column(key)}`;
  const of =
    systemId === NO_SYSTEM
      ? sql`not exists (${owner})`
      : sql`exists (${owner} and o.system_id = ${systemId})`;
  return [only, own, of];
}

/** The table by which a row belongs to a system, and the column that both have. */
const OWNERS = {
  case: ['cases', 'case_id'],
  decision: ['decisions', 'decision_id'],
  event: ['case_events', 'log_index'],
} as const;

function holding(rule: SweptRule, hold: Hold): Condition {
  if (hold === 'review') {
    return sql`exists (select 1 from reviews as r
      where r.authority_id = x.authority_id and r.case_id = x.case_id and (r.status <> 'decided' or r.contested = 1))`;
  }
  const key = rule.of === 'decision' ? 'decision_id' : 'case_id';
  return sql`exists (select 1 from decisions as d
    where d.authority_id = x.authority_id and ${sql.ref(`d.${key}`)} = ${column(key)} and d.status = 'awaiting-person')`;
}
