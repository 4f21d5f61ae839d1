import { cloudEvent, type FeedRow } from '../cases/cloud-event.ts';
import { eventsAfter } from '../cases/feed.ts';
import type { CaseTables } from '../cases/tables.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { reach } from '../fault-points.ts';
import { logger } from '../logger.ts';
import { typed } from '../store/index.ts';
import { post } from './receiver.ts';
import { signedHeaders } from './signature.ts';
import type { WebhookTables } from './tables.ts';
import { presentSecrets, webhookOf } from './webhooks.ts';

/** Waits between attempts in seconds (Standard Webhooks, "Deliverability and reliability"); then the event is given up. */
export const WAITS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
const PAGE = 50;
const RETRIES_A_ROUND = 20;
/** A receiver with so many events waiting gets no new ones before it has taken some of them. */
const WAITING_MOST = 200;
const EVERY_MS = 1_000;

/** Sends what is due, once. Safe to run again at any time: a crash delivers again under the same id, and loses nothing. */
export async function deliverDue(ctx: Context): Promise<void> {
  await Promise.all((await activeHooks(ctx)).map((hook) => deliverTo(ctx, hook)));
}

/**
 * Delivers every second while this process is the writer, to each receiver by itself: a slow one keeps no other waiting. `stop`
 * lets what is on its way end.
 */
export function keepDelivering(ctx: Context, everyMs = EVERY_MS): { stop(): Promise<void> } {
  const busy = new Map<string, Promise<void>>();
  const round = async () => {
    for (const hook of await activeHooks(ctx)) {
      if (busy.has(hook.webhook_id)) continue;
      const done = deliverTo(ctx, hook)
        .catch(failedRound)
        .finally(() => busy.delete(hook.webhook_id));
      busy.set(hook.webhook_id, done);
    }
  };
  const timer = setInterval(() => void round().catch(failedRound), everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(busy.values());
    },
  };
}

function failedRound(error: Error & { code?: string }): void {
  logger.error({ code: error.code ?? error.name }, 'webhooks were not delivered');
}

function activeHooks(ctx: Context): Promise<Row[]> {
  return typed<WebhookTables>(ctx.store.read)
    .selectFrom('webhooks')
    .selectAll()
    .where('status', '=', 'active')
    .execute();
}

type Row = WebhookTables['webhooks'];

async function deliverTo(ctx: Context, hook: Row): Promise<void> {
  await retryDue(ctx, hook);
  if ((await countWaiting(ctx, hook)) < WAITING_MOST) await deliverNew(ctx, hook);
}

async function deliverNew(ctx: Context, hook: Row): Promise<void> {
  const { authorityId, systems, types, cursor } = webhookOf(hook);
  const rows = await eventsAfter(ctx, { authorityId, systems, after: cursor, limit: PAGE });
  let reached = cursor;
  let failed: { readonly row: FeedRow; readonly failure: string } | undefined;
  for (const row of rows) {
    reached = Number(row.log_index);
    if (types !== 'all' && !types.includes(row.type)) continue;
    const done = await send(ctx, hook, row);
    if (done.ok) continue;
    // A receiver that is away is asked once a round.
    failed = { row, failure: done.failure };
    break;
  }
  if (reached === cursor) return;
  reach('webhook-sent');
  const now = ctx.clock.now();
  await ctx.store.transact(async (tx) => {
    const db = typed<WebhookTables>(tx.db);
    const moved = await db
      .updateTable('webhooks')
      .set({ cursor: reached })
      .where('authority_id', '=', hook.authority_id)
      .where('webhook_id', '=', hook.webhook_id)
      .where('cursor', '=', cursor)
      .executeTakeFirst();
    // Deleted or sent back to an earlier cursor meanwhile: then those events are not this round's any more.
    if (moved.numUpdatedRows === 0n) return;
    if (failed !== undefined) {
      tx.append('webhook_retries', {
        authority_id: hook.authority_id,
        webhook_id: hook.webhook_id,
        log_index: Number(failed.row.log_index),
        status: 'waiting',
        attempts: 1,
        next_at: stamp(now.add({ seconds: WAITS[0] })),
        failure: failed.failure,
      });
    }
  });
  reach('webhook-cursor-moved');
}

async function retryDue(ctx: Context, hook: Row): Promise<void> {
  const now = ctx.clock.now();
  const due = await typed<WebhookTables>(ctx.store.read)
    .selectFrom('webhook_retries')
    .selectAll()
    .where('authority_id', '=', hook.authority_id)
    .where('webhook_id', '=', hook.webhook_id)
    .where('status', '=', 'waiting')
    .where('next_at', '<=', stamp(now))
    .orderBy('log_index')
    .limit(RETRIES_A_ROUND)
    .execute();
  for (const retry of due) {
    const row = await eventAt(ctx, hook.authority_id, Number(retry.log_index));
    const done = row === undefined ? { ok: true as const } : await send(ctx, hook, row);
    await settleRetry(ctx, retry, done.ok ? undefined : done.failure);
    if (!done.ok) break;
  }
}

async function settleRetry(
  ctx: Context,
  retry: WebhookTables['webhook_retries'],
  failure: string | undefined,
): Promise<void> {
  const wait = WAITS[retry.attempts];
  await ctx.store.transact(async (tx) => {
    const db = typed<WebhookTables>(tx.db);
    if (failure === undefined) {
      await db
        .deleteFrom('webhook_retries')
        .where('authority_id', '=', retry.authority_id)
        .where('webhook_id', '=', retry.webhook_id)
        .where('log_index', '=', retry.log_index)
        .execute();
      return;
    }
    await db
      .updateTable('webhook_retries')
      .set({
        failure,
        attempts: retry.attempts + 1,
        ...(wait === undefined
          ? { status: 'dead' as const }
          : { next_at: stamp(ctx.clock.now().add({ seconds: wait })) }),
      })
      .where('authority_id', '=', retry.authority_id)
      .where('webhook_id', '=', retry.webhook_id)
      .where('log_index', '=', retry.log_index)
      .execute();
  });
}

async function send(ctx: Context, hook: Row, row: FeedRow) {
  const event = cloudEvent(row);
  const body = JSON.stringify(event);
  const seconds = Math.floor(Date.now() / 1_000);
  const headers = {
    ...signedHeaders(presentSecrets(ctx, hook), event.id, seconds, body),
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'taalil-webhooks',
  };
  return post(ctx, new URL(hook.url), headers, body);
}

async function countWaiting(ctx: Context, hook: Row): Promise<number> {
  const { n } = await typed<WebhookTables>(ctx.store.read)
    .selectFrom('webhook_retries')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('authority_id', '=', hook.authority_id)
    .where('webhook_id', '=', hook.webhook_id)
    .where('status', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return Number(n);
}

async function eventAt(ctx: Context, authorityId: string, index: number): Promise<FeedRow | undefined> {
  const found = await ctx.store.lookup('case_events', { authority_id: authorityId, log_index: index });
  return found as CaseTables['case_events'] | undefined;
}
