import { type Clock, legalDay, stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type RuleInForce, rulesInForce } from './in-force.ts';
import { type Counted, countRows, nextRows, removeRows, type Scope } from './rows.ts';
import type { SweptRule } from './rule.ts';
import { SWEPT } from './rules.ts';

/** Rows that go in one transaction: nobody who seals waits for more. */
const BATCH = 2_000;

/** A rule as it holds, and what it would do now. */
export interface Planned extends RuleInForce, Counted {}

/** What every rule would do now, for each system of an authority; those of the platform without one. Changes nothing. */
export async function planSweep(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  authorityId: string | undefined,
): Promise<readonly Planned[]> {
  const planned: Planned[] = [];
  for (const one of await rulesOf(store, authorityId)) {
    const before = cutOf(one.rule, one.days, clock);
    planned.push({ ...one, ...(await countRows(store.read, one.rule, one, before)) });
  }
  return planned;
}

export interface Swept extends Scope {
  readonly rule: string;
  readonly rows: number;
}

/**
 * Takes out what is over its time and nothing holds, and says what went, of which nothing is left in the store. Where the
 * rule says so, an entry of the authority's log tells of it in the same commit. Safe to run again at any time.
 */
export async function sweep(ctx: Context, authorityId: string | undefined): Promise<readonly Swept[]> {
  const swept: Swept[] = [];
  for (const { rule, days, ...scope } of await rulesOf(ctx.store, authorityId)) {
    const before = cutOf(rule, days, ctx.clock);
    if (before === undefined) continue;
    const rows = await (rule.sealed ? sweepSealed : sweepQuietly)(ctx, rule, scope, before);
    if (rows > 0)
      swept.push({ authorityId: scope.authorityId, systemId: scope.systemId, rule: rule.id, rows });
  }
  return swept;
}

async function rulesOf(
  { read }: Context['store'],
  authorityId: string | undefined,
): Promise<readonly RuleInForce[]> {
  if (authorityId !== undefined) return rulesInForce(read, authorityId);
  return SWEPT.filter(({ of }) => of === 'platform').map((rule) => ({
    rule,
    days: rule.days,
    basis: rule.basis,
  }));
}

/** The instant before which a row is over its time. What is sealed goes by whole days of the law's calendar. */
function cutOf({ sealed }: SweptRule, days: number | undefined, clock: Clock): string | undefined {
  if (days === undefined) return undefined;
  const now = clock.now();
  if (!sealed) return stamp(now.subtract({ hours: 24 * days }));
  const day = Temporal.PlainDate.from(legalDay(now)).subtract({ days });
  return stamp(day.toZonedDateTime('Africa/Casablanca').toInstant());
}

async function sweepQuietly(ctx: Context, rule: SweptRule, scope: Scope, before: string): Promise<number> {
  let rows = 0;
  for (;;) {
    const last = await nextRows(ctx.store.read, rule, scope, before, BATCH);
    if (last === undefined) return rows;
    rows += await ctx.store.transact((tx) => removeRows(tx.db, rule, scope, before, last));
  }
}

async function sweepSealed(ctx: Context, rule: SweptRule, scope: Scope, before: string): Promise<number> {
  const { authorityId = '', systemId = '' } = scope;
  const { due: rows } = await countRows(ctx.store.read, rule, scope, before);
  if (rows === 0) return 0;
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'retention-run',
    facts: { system: systemId, rule: rule.id, before, rows },
    write: async (tx) => void (await removeRows(tx.db, rule, scope, before)),
  });
  return rows;
}
