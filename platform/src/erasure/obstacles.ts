import { provenStart } from '@taalil/norms';
import { findCase } from '../cases/cases.ts';
import { type CaseEvent, caseLife } from '../cases/events.ts';
import { courtTime } from '../citizen/court-time.ts';
import type { Context } from '../context.ts';
import { currentDecisionRow } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { notifiedOn } from '../notices/index.ts';
import { loadSystem } from '../register/systems.ts';
import { pendingReviews } from '../reviews/index.ts';
import { dayOf, type Schedule, schedulesInForce } from './schedule.ts';

/** What stands against erasing a file; `until` is the last day on which it does, where there is one. */
export interface Obstacle {
  readonly kind:
    | 'no-schedule'
    /** The file has to be kept longer. */
    | 'retention'
    /** A proposal waits for a person. */
    | 'awaiting-person'
    /** A request for review waits for its answer, or its qualification is contested. */
    | 'review'
    /** A remedy was offered, and nothing followed. */
    | 'remedy'
    /** The decision is adverse and its notification is not proven: no time to object has begun. */
    | 'not-notified'
    /** The person may still go to court. */
    | 'court';
  readonly until?: string;
}

export interface Examined {
  readonly caseId: string;
  readonly systemId: string;
  readonly reference: string;
  readonly lastEventAt: string;
  readonly schedule: Schedule | undefined;
  /** Last day of the retention. */
  readonly keepUntil: string | undefined;
  /** Empty: the file may be erased, once the archives have decided. */
  readonly obstacles: readonly Obstacle[];
}

/** The last day on which a file must be kept, its last event being at `lastEventAt`. */
export function keepUntil({ months }: Schedule, lastEventAt: string): Temporal.PlainDate {
  return dayOf(lastEventAt).add({ months });
}

/**
 * Examines one file: its retention, and whether anything that the person asked for, or may still ask for, is pending.
 * Nobody reads it: what is opened here is not shown. Throws `not-found`, `erased`.
 */
export async function examine(ctx: Context, authorityId: string, caseId: string): Promise<Examined> {
  const found = await findCase(ctx, authorityId, caseId);
  if (found === undefined) throw new PlatformError('not-found', 'There is no such case.');
  const life = await caseLife(ctx, authorityId, caseId);
  const today = dayOf(ctx.clock.now());
  const schedule = (await schedulesInForce(ctx.store.read, authorityId)).get(found.systemId);
  const lastEventAt = life.at(-1)?.at ?? found.openedAt;
  const until = schedule && keepUntil(schedule, lastEventAt);
  const obstacles: Obstacle[] = [];
  if (until === undefined) obstacles.push({ kind: 'no-schedule' });
  else if (Temporal.PlainDate.compare(today, until) <= 0) {
    obstacles.push({ kind: 'retention', until: until.toString() });
  }
  if (await pendingReviews(ctx, authorityId, caseId)) obstacles.push({ kind: 'review' });
  if (life.findLast(({ type }) => /^remedy-/.test(type))?.type === 'remedy-offered') {
    obstacles.push({ kind: 'remedy' });
  }
  obstacles.push(...(await ofDecision(ctx, authorityId, caseId, life, today)));
  return {
    caseId,
    systemId: found.systemId,
    reference: found.reference,
    lastEventAt,
    schedule,
    keepUntil: until?.toString(),
    obstacles,
  };
}

/** An adverse decision stands in the way while its remedies are open: they begin with a proven notification (I8). */
async function ofDecision(
  ctx: Context,
  authorityId: string,
  caseId: string,
  life: readonly CaseEvent[],
  today: Temporal.PlainDate,
): Promise<Obstacle[]> {
  const row = await currentDecisionRow(ctx, authorityId, caseId);
  if (row === undefined) return [];
  if (row.status === 'awaiting-person') return [{ kind: 'awaiting-person' }];
  if (row.effect !== 'adverse') return [];
  const notified = notifiedOn(life, row.decision_id);
  if (notified === undefined || provenStart(notified) === undefined) return [{ kind: 'not-notified' }];
  const { record } = await loadSystem(ctx.store.read, authorityId, row.system_id, row.version);
  const due = courtTime(record, life, row.decision_id).map((one) => one.due);
  const last = due.sort(Temporal.PlainDate.compare).at(-1);
  if (last === undefined || Temporal.PlainDate.compare(today, last) > 0) return [];
  return [{ kind: 'court', until: last.toString() }];
}
