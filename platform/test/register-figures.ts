import { randomUUID } from 'node:crypto';
import type { Context } from '../src/context.ts';
import { AUTHORITY_A, SYSTEM } from './make-platform.ts';

/** What to put into the store for one day, without going through the decisions' main path. */
export interface Events {
  readonly byRule?: number;
  readonly confirmed?: number;
  readonly overridden?: number;
  readonly waiting?: number;
  /** Reviews asked that day and answered so many days later. */
  readonly reviews?: readonly { outcome: 'upheld' | 'rejected' | null; after: number; n: number }[];
}

/** Adds rows as the decisions and reviews rooms write them, at noon of `day`. */
export async function addEvents(
  ctx: Context,
  day: string,
  events: Events,
  authorityId: string = AUTHORITY_A,
): Promise<void> {
  const noon = `${day}T12:00:00.000Z`;
  await ctx.store.transact(async (tx) => {
    const decision = (more: Record<string, string | number | null>) =>
      tx.append('decisions', {
        authority_id: authorityId,
        decision_id: `dec_${randomUUID()}`,
        case_id: `case_${randomUUID()}`,
        system_id: SYSTEM,
        version: 1,
        status: 'effective',
        effect: 'favourable',
        decided_by: 'rule',
        overridden: 0,
        created_at: noon,
        effective_at: noon,
        supersedes: null,
        superseded_by: null,
        ...more,
      });
    const times = (n: number | undefined, write: () => void) => {
      for (let i = 0; i < (n ?? 0); i++) write();
    };
    times(events.byRule, () => decision({}));
    times(events.confirmed, () => decision({ effect: 'adverse', decided_by: 'person' }));
    times(events.overridden, () => decision({ decided_by: 'person', overridden: 1 }));
    times(events.waiting, () =>
      decision({ status: 'awaiting-person', effect: 'adverse', effective_at: null }),
    );
    for (const { outcome, after, n } of events.reviews ?? []) {
      const answered = Temporal.PlainDate.from(day).add({ days: after }).toString();
      times(n, () =>
        tx.append('reviews', {
          authority_id: authorityId,
          review_id: `rev_${randomUUID()}`,
          case_id: `case_${randomUUID()}`,
          decision_id: `dec_${randomUUID()}`,
          system_id: SYSTEM,
          status: outcome === null ? 'open' : 'decided',
          ground: 'data-wrong',
          requested_at: noon,
          acknowledge_due: answered,
          treat_due: answered,
          decided_at: outcome === null ? null : `${answered}T12:00:00.000Z`,
          outcome,
        }),
      );
    }
  });
}
