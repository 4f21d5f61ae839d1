import type { CaseTables } from '../cases/tables.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import type { ReviewStatus, ReviewTables } from './tables.ts';

export const QUEUES = ['mine', 'answered', 'unqualified', 'open', 'assigned', 'decided'] as const;
/**
 * `mine` and `answered`: given to one reviewer, without and with an answer. `unqualified`: the desk has still to say what
 * they are, or to say it again. `open`, `assigned`, `decided`: everybody's others, by status.
 */
export type Queue = (typeof QUEUES)[number];

const STATUS = {
  mine: 'assigned',
  answered: 'decided',
  unqualified: undefined,
  open: 'open',
  assigned: 'assigned',
  decided: 'decided',
} as const satisfies Record<Queue, ReviewStatus | undefined>;

export interface QueuedReview {
  readonly row: ReviewTables['reviews'];
  /** The case's public reference. */
  readonly reference: string;
}

export interface QueuePage {
  readonly reviews: readonly QueuedReview[];
  /** Cursor of the next page. */
  readonly next: string | undefined;
}

interface QueueAsked {
  readonly queue: Queue;
  /** Whose requests `mine` and `answered` list. */
  readonly staffId: string;
  readonly after?: string | undefined;
  readonly most?: number;
}

const CURSOR = /^([\d-]{10}(?:T[\d:.]+Z)?)~(rev_[0-9a-z]{24})$/;

/**
 * Requests for review of an authority. What waits comes with the date that is due first on top, what is answered with
 * the latest answer on top. Throws `invalid-request` for a cursor it did not give.
 */
export async function reviewQueue(ctx: Context, authorityId: string, asked: QueueAsked): Promise<QueuePage> {
  const { queue, staffId, after, most = 50 } = asked;
  const past = STATUS[queue] === 'decided';
  const [column, direction] = past ? (['r.decided_at', 'desc'] as const) : (['r.treat_due', 'asc'] as const);
  let query = typed<ReviewTables & CaseTables>(ctx.store.read)
    .selectFrom('reviews as r')
    .innerJoin('cases as c', (join) =>
      join.onRef('c.authority_id', '=', 'r.authority_id').onRef('c.case_id', '=', 'r.case_id'),
    )
    .selectAll('r')
    .select('c.reference')
    .where('r.authority_id', '=', authorityId)
    .orderBy(column, direction)
    .orderBy('r.review_id')
    .limit(most + 1);
  const status = STATUS[queue];
  query =
    status === undefined
      ? query
          .where('r.status', '!=', 'decided')
          .where((e) => e.or([e('r.kind', 'is', null), e('r.contested', '=', 1)]))
      : query.where('r.status', '=', status);
  if (queue === 'open') query = query.where('r.kind', 'is not', null).where('r.contested', '=', 0);
  if (queue === 'mine' || queue === 'answered') query = query.where('r.assigned_to', '=', staffId);
  if (after !== undefined) {
    const { place, id } = readCursor(after);
    const beyond = past ? '<' : '>';
    query = query.where((e) =>
      e.or([e(column, beyond, place), e.and([e(column, '=', place), e('r.review_id', '>', id)])]),
    );
  }
  const rows = await query.execute();
  const shown = rows.slice(0, most).map(({ reference, ...row }) => ({ row, reference }));
  const last = rows.length > most ? shown.at(-1)?.row : undefined;
  const at = past ? last?.decided_at : last?.treat_due;
  return { reviews: shown, next: last === undefined ? undefined : `${at}~${last.review_id}` };
}

function readCursor(after: string): { place: string; id: string } {
  const [, place, id] = CURSOR.exec(after) ?? [];
  if (place !== undefined && id !== undefined) return { place, id };
  throw new PlatformError('invalid-request', 'This is not a cursor of this list.', {
    where: 'after',
    mend: 'Start from the first page.',
  });
}

/** How many requests each queue holds. */
export async function queueSizes(
  ctx: Context,
  authorityId: string,
  staffId: string,
): Promise<Readonly<Record<Queue, number>>> {
  const rows = await typed<ReviewTables>(ctx.store.read)
    .selectFrom('reviews')
    .select(({ fn, eb }) => [
      'status',
      fn.countAll<number>().as('n'),
      fn
        .sum<number>(
          eb
            .case()
            .when(eb.or([eb('kind', 'is', null), eb('contested', '=', 1)]))
            .then(1)
            .else(0)
            .end(),
        )
        .as('unqualified'),
      fn.sum<number>(eb.case().when('assigned_to', '=', staffId).then(1).else(0).end()).as('mine'),
    ])
    .where('authority_id', '=', authorityId)
    .groupBy('status')
    .execute();
  const of = (status: string) => rows.find((row) => row.status === status);
  return {
    mine: Number(of('assigned')?.mine ?? 0),
    answered: Number(of('decided')?.mine ?? 0),
    unqualified: Number(of('open')?.unqualified ?? 0) + Number(of('assigned')?.unqualified ?? 0),
    open: Number(of('open')?.n ?? 0) - Number(of('open')?.unqualified ?? 0),
    assigned: Number(of('assigned')?.n ?? 0),
    decided: Number(of('decided')?.n ?? 0),
  };
}
