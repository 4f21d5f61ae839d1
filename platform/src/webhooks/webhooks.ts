import { type ApiCaller, parseReach, type SystemReach } from '../access/index.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { typed } from '../store/index.ts';
import { destroyKey } from '../vault/forget.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import { parseReceiver } from './receiver.ts';
import { newSecret } from './signature.ts';
import type { WebhookTables } from './tables.ts';

const WEBHOOKS_MOST = 50;
/** After a change of secret both sign for this long. */
const OLD_SECRET_HOURS = 24;

export interface Webhook {
  readonly authorityId: string;
  readonly webhookId: string;
  readonly url: string;
  readonly systems: SystemReach;
  readonly types: readonly string[] | 'all';
  readonly status: 'active' | 'paused';
  readonly cursor: number;
  readonly createdAt: string;
}

interface Secret {
  readonly secret: string;
  /** Signs until then; for good when there is none. */
  readonly until?: string;
}

const place = (authorityId: string, webhookId: string) => `webhook/${authorityId}/${webhookId}`;

function sealSecrets(
  ctx: Context,
  authorityId: string,
  webhookId: string,
  secrets: readonly Secret[],
): Uint8Array {
  const key = ctx.vault.caseKey(authorityId, webhookId);
  return sealBytes(key, place(authorityId, webhookId), JSON.stringify(secrets));
}

function openSecrets(ctx: Context, row: WebhookTables['webhooks']): Secret[] {
  const { authority_id: authorityId, webhook_id: webhookId } = row;
  const key = ctx.vault.caseKey(authorityId, webhookId);
  return JSON.parse(openBytes(key, place(authorityId, webhookId), row.secrets).toString()) as Secret[];
}

export function webhookOf(row: WebhookTables['webhooks']): Webhook {
  return {
    authorityId: row.authority_id,
    webhookId: row.webhook_id,
    url: row.url,
    systems: parseReach(row.systems),
    types: row.types === '*' ? 'all' : row.types.split(' '),
    status: row.status,
    cursor: Number(row.cursor),
    createdAt: row.created_at,
  };
}

/** The secrets that sign now, the newest first. */
export function presentSecrets(ctx: Context, row: WebhookTables['webhooks']): string[] {
  const now = stamp(ctx.clock.now());
  return openSecrets(ctx, row)
    .filter(({ until }) => until === undefined || until > now)
    .map(({ secret }) => secret);
}

export interface NewWebhook {
  readonly url: string;
  readonly systems: SystemReach;
  readonly types: readonly string[] | 'all';
}

/**
 * Makes a webhook that gets the events from now on; its secret is shown this one time. Who may send events to whom is sealed in
 * the journal. Throws `invalid-request`, and `conflict` beyond 50 webhooks.
 */
export async function createWebhook(
  ctx: Context,
  caller: ApiCaller,
  wanted: NewWebhook,
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  const { authorityId } = caller;
  const url = parseReceiver(ctx, wanted.url).href;
  const webhookId = newId('whk');
  const secret = newSecret();
  ctx.vault.newKey(authorityId, webhookId);
  const systems = wanted.systems === 'all' ? '*' : wanted.systems.join(' ');
  const types = wanted.types === 'all' ? '*' : wanted.types.join(' ');
  let row: WebhookTables['webhooks'] | undefined;
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'webhook-created',
    facts: { webhook: webhookId, host: new URL(url).host, systems, by: caller.apiKeyId },
    async check(tx) {
      const { n } = await typed<WebhookTables>(tx.db)
        .selectFrom('webhooks')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('authority_id', '=', authorityId)
        .executeTakeFirstOrThrow();
      if (Number(n) < WEBHOOKS_MOST) return;
      throw new PlatformError('conflict', `An authority has at most ${WEBHOOKS_MOST} webhooks.`, {
        mend: 'Delete one that is not needed any more.',
      });
    },
    write(tx, index, at) {
      row = {
        authority_id: authorityId,
        webhook_id: webhookId,
        url,
        systems,
        types,
        status: 'active',
        secrets: sealSecrets(ctx, authorityId, webhookId, [{ secret }]),
        cursor: index,
        created_by: caller.apiKeyId,
        created_at: at,
      };
      tx.append('webhooks', row);
    },
  });
  return { webhook: webhookOf(row as WebhookTables['webhooks']), secret };
}

export async function listWebhooks(ctx: Context, authorityId: string): Promise<Webhook[]> {
  const rows = await typed<WebhookTables>(ctx.store.read)
    .selectFrom('webhooks')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('created_at')
    .execute();
  return rows.map(webhookOf);
}

/** A webhook of this key's reach. Throws `not-found` for any other. */
export async function findWebhook(ctx: Context, caller: ApiCaller, webhookId: string) {
  const found = await ctx.store.lookup('webhooks', {
    authority_id: caller.authorityId,
    webhook_id: webhookId,
  });
  const row = found as WebhookTables['webhooks'] | undefined;
  if (row !== undefined && within(caller, parseReach(row.systems))) return row;
  throw new PlatformError('not-found', 'There is no such webhook.', { where: webhookId });
}

/** Whether a key acts for all systems that a webhook tells of. */
export function within(caller: ApiCaller, systems: SystemReach): boolean {
  const { systems: reach } = caller;
  return reach === 'all' || (systems !== 'all' && systems.every((system) => reach.includes(system)));
}

/** Sets a new secret; the one before signs beside it for a day. Shown this one time. */
export async function rotateSecret(ctx: Context, caller: ApiCaller, webhookId: string): Promise<string> {
  const row = await findWebhook(ctx, caller, webhookId);
  const secret = newSecret();
  const until = stamp(ctx.clock.now().add({ hours: OLD_SECRET_HOURS }));
  const [before] = presentSecrets(ctx, row);
  const secrets = [{ secret }, ...(before === undefined ? [] : [{ secret: before, until }])];
  await change(ctx, row, { secrets: sealSecrets(ctx, row.authority_id, webhookId, secrets) });
  return secret;
}

export function setStatus(
  ctx: Context,
  row: WebhookTables['webhooks'],
  status: Webhook['status'],
): Promise<void> {
  return change(ctx, row, { status });
}

/** Goes back to a cursor: every event after it is sent again, and what was given up is forgotten. */
export async function replay(ctx: Context, row: WebhookTables['webhooks'], after: number): Promise<void> {
  await ctx.store.transact(async (tx) => {
    const db = typed<WebhookTables>(tx.db);
    const here = (q: 'webhooks') =>
      db.updateTable(q).where('authority_id', '=', row.authority_id).where('webhook_id', '=', row.webhook_id);
    await here('webhooks').set({ cursor: after, status: 'active' }).execute();
    await db
      .deleteFrom('webhook_retries')
      .where('authority_id', '=', row.authority_id)
      .where('webhook_id', '=', row.webhook_id)
      .where('log_index', '>', after)
      .execute();
  });
}

/** Ends a webhook for good; its secrets cannot be opened any more, in no copy of the store. Throws `not-found`. */
export async function deleteWebhook(ctx: Context, caller: ApiCaller, webhookId: string): Promise<void> {
  const { authority_id: authorityId } = await findWebhook(ctx, caller, webhookId);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'webhook-deleted',
    facts: { webhook: webhookId, by: caller.apiKeyId },
    async write(tx) {
      for (const table of ['webhook_retries', 'webhooks'] as const) {
        await typed<WebhookTables>(tx.db)
          .deleteFrom(table)
          .where('authority_id', '=', authorityId)
          .where('webhook_id', '=', webhookId)
          .execute();
      }
    },
  });
  destroyKey(ctx.vault, authorityId, webhookId);
}

async function change(
  ctx: Context,
  row: WebhookTables['webhooks'],
  to: Partial<Pick<WebhookTables['webhooks'], 'secrets' | 'status'>>,
): Promise<void> {
  await ctx.store.transact(async (tx) => {
    await typed<WebhookTables>(tx.db)
      .updateTable('webhooks')
      .set(to)
      .where('authority_id', '=', row.authority_id)
      .where('webhook_id', '=', row.webhook_id)
      .execute();
  });
}
