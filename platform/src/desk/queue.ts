import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { CaseTables } from '../cases/tables.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import type { DecisionTables } from '../decisions/tables.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';

export const SORTS = ['since', 'system', 'reference'] as const;
export type Sort = (typeof SORTS)[number];
export type Direction = 'ascending' | 'descending';

/** What of the queue is asked for. */
export interface Filter {
  readonly systemId?: string | undefined;
  /** Only what has waited at least this many days. */
  readonly days?: number | undefined;
}

export interface QueueAsked extends Filter {
  readonly sort?: Sort;
  readonly direction?: Direction;
  /** Id of the decision behind which, or before which, the page begins. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly most?: number;
}

export interface WaitingProposal {
  readonly decisionId: string;
  readonly systemId: string;
  /** The case's public reference. */
  readonly reference: string;
  /** When the proposal was sealed. */
  readonly since: string;
}

export interface QueuePage {
  readonly proposals: readonly WaitingProposal[];
  /** Cursors: decision ids for `before` and `after`. */
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

type Tables = { d: DecisionTables['decisions']; c: CaseTables['cases'] };
const COLUMNS = {
  since: ['d.created_at', 'd.decision_id'],
  system: ['d.system_id', 'd.created_at', 'd.decision_id'],
  reference: ['c.reference', 'd.decision_id'],
} as const satisfies Record<Sort, readonly string[]>;
type KeyColumn = (typeof COLUMNS)[Sort][number];

/**
 * The proposals of an authority that wait for a person, a page at a time. A page begins behind a row, never at a
 * number: what is decided meanwhile moves nothing. A cursor stays good after its own proposal was decided.
 *
 * Throws `invalid-request` for a cursor that is no decision of this authority.
 */
export async function waitingProposals(
  ctx: Context,
  authorityId: string,
  asked: QueueAsked = {},
): Promise<QueuePage> {
  const { sort = 'since', direction = 'ascending', after, before, most = 50 } = asked;
  const columns = COLUMNS[sort];
  const backwards = before !== undefined;
  const ascending = (direction === 'ascending') !== backwards;
  let query = waiting(ctx, authorityId, asked)
    .select(['d.decision_id', 'd.system_id', 'd.created_at', 'c.reference'])
    .limit(most + 1);
  for (const column of columns) query = query.orderBy(column, ascending ? 'asc' : 'desc');
  const cursor = before ?? after;
  if (cursor !== undefined) {
    const place = await placeOf(ctx, authorityId, cursor);
    query = query.where((e) => beyond(e, columns, place, ascending ? '>' : '<'));
  }
  const rows = await query.execute();
  const more = rows.length > most;
  const shown = rows.slice(0, most);
  if (backwards) shown.reverse();
  return {
    proposals: shown.map((row) => ({
      decisionId: row.decision_id,
      systemId: row.system_id,
      reference: row.reference,
      since: row.created_at,
    })),
    previous: (backwards ? more : after !== undefined) ? shown[0]?.decision_id : undefined,
    next: backwards || more ? shown.at(-1)?.decision_id : undefined,
  };
}

function waiting(ctx: Context, authorityId: string, { systemId, days }: Filter) {
  let query = typed<DecisionTables & CaseTables>(ctx.store.read)
    .selectFrom('decisions as d')
    .innerJoin('cases as c', (join) =>
      join.onRef('c.authority_id', '=', 'd.authority_id').onRef('c.case_id', '=', 'd.case_id'),
    )
    .where('d.authority_id', '=', authorityId)
    .where('d.status', '=', 'awaiting-person');
  if (systemId !== undefined) query = query.where('d.system_id', '=', systemId);
  if (days !== undefined) {
    query = query.where('d.created_at', '<=', stamp(ctx.clock.now().subtract({ hours: 24 * days })));
  }
  return query;
}

/** Where a decision stands in every order, whether it still waits or not. */
async function placeOf(
  ctx: Context,
  authorityId: string,
  decisionId: string,
): Promise<Record<KeyColumn, string>> {
  const row = await typed<DecisionTables & CaseTables>(ctx.store.read)
    .selectFrom('decisions as d')
    .innerJoin('cases as c', (join) =>
      join.onRef('c.authority_id', '=', 'd.authority_id').onRef('c.case_id', '=', 'd.case_id'),
    )
    .select(['d.created_at', 'd.system_id', 'c.reference'])
    .where('d.authority_id', '=', authorityId)
    .where('d.decision_id', '=', decisionId)
    .executeTakeFirst();
  if (row === undefined) {
    throw new PlatformError('invalid-request', 'This is not a cursor of the queue.', {
      where: 'after',
      mend: 'Start from the first page.',
    });
  }
  return {
    'd.created_at': row.created_at,
    'd.system_id': row.system_id,
    'c.reference': row.reference,
    'd.decision_id': decisionId,
  };
}

/** `(a, b, …) > (x, y, …)`, column by column. */
function beyond(
  e: ExpressionBuilder<Tables, 'd' | 'c'>,
  columns: readonly KeyColumn[],
  place: Record<KeyColumn, string>,
  operator: '<' | '>',
): Expression<SqlBool> {
  return e.or(
    columns.map((column, i) =>
      e.and([
        ...columns.slice(0, i).map((earlier) => e(earlier, '=', place[earlier])),
        e(column, operator, place[column]),
      ]),
    ),
  );
}

export interface QueueFigures {
  readonly count: number;
  /** Since when the oldest waits; undefined when nothing does. */
  readonly oldest: string | undefined;
}

/** How much waits for a person, and since when. */
export async function queueFigures(
  ctx: Context,
  authorityId: string,
  filter: Filter = {},
): Promise<QueueFigures> {
  const row = await waiting(ctx, authorityId, filter)
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('d.created_at').as('oldest')])
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), oldest: row.oldest ?? undefined };
}

/** What waits in some of the systems: how much, and the proposal that has waited longest. */
export async function waitingIn(
  ctx: Context,
  authorityId: string,
  systemIds: readonly string[],
): Promise<{ readonly left: number; readonly next: WaitingProposal | undefined }> {
  const each = await Promise.all(
    systemIds.map(async (systemId) => ({
      first: (await waitingProposals(ctx, authorityId, { systemId, most: 1 })).proposals[0],
      count: (await queueFigures(ctx, authorityId, { systemId })).count,
    })),
  );
  const firsts = each.flatMap(({ first }) => first ?? []);
  return {
    left: each.reduce((sum, { count }) => sum + count, 0),
    next: firsts.toSorted((a, b) => (a.since < b.since ? -1 : 1))[0],
  };
}
