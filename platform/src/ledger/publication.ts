import { type Clock, stamp } from '../clock.ts';
import { reach } from '../fault-points.ts';
import { type Store, type Transaction, typed } from '../store/index.ts';
import { authorityOf } from './log-id.ts';
import type { LedgerTables } from './tables.ts';

/** What the public sees of a log now. Nothing beyond `size` may be served. */
export interface PublishedHead {
  readonly size: number;
  /** The checkpoint to hand out: with the witnesses' co-signatures where they are fresh, of this size or a little less. */
  readonly note: string;
}

/** A log with a publication interval is shown in steps of at least this many entries … */
export const GROUP_LEAST = 8;
/** … unless an entry has waited this long beyond its interval. No interval is longer. */
export const LONGEST_INTERVAL_SECONDS = 86_400;
/** A co-signed checkpoint this much older than the newest published one is handed out in its place. */
const COSIGNED_FRESH_MS = 10_000;
const PUBLISH_EVERY_MS = 1_000;

/**
 * Publishing is derived: the commit in the store is the only durable moment, and the published size only says how much
 * of it may be shown. It never falls, whatever the clock does.
 */
export class Publication {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #heads = new Map<
    string,
    { readonly until: number; readonly head: Promise<PublishedHead | undefined> }
  >();

  constructor(store: Store, clock: Clock, everyMs = PUBLISH_EVERY_MS) {
    this.#store = store;
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  /** The published head, moved on at most about once a second; undefined for a log that has shown nothing yet. */
  head(logId: string): Promise<PublishedHead | undefined> {
    const now = performance.now();
    const known = this.#heads.get(logId);
    if (known !== undefined && now < known.until) return known.head;
    const head = this.#advance(logId);
    this.#heads.set(logId, { until: now + this.#everyMs, head });
    head.catch(() => this.#heads.delete(logId));
    return head;
  }

  async #advance(logId: string): Promise<PublishedHead | undefined> {
    const now = this.#clock.now();
    const published = await publishedSize(this.#store, logId);
    const due = await this.#due(logId, published, now);
    if (due > published) {
      await this.#store.transact(async (tx) => {
        await typed<LedgerTables>(tx.db)
          .insertInto('log_published')
          .values({ authority_id: logId, size: due, at: stamp(now) })
          .onConflict((c) =>
            c
              .column('authority_id')
              .doUpdateSet({ size: due, at: stamp(now) })
              // Another process may have moved it on meanwhile.
              .where('log_published.size', '<', due),
          )
          .execute();
        reach('publication-written');
      });
      reach('publication-committed');
    }
    return readHead(this.#store, logId, now);
  }

  /** The largest size that may be shown now, by the intervals of the systems and the least group. */
  async #due(logId: string, published: number, now: Temporal.Instant): Promise<number> {
    const checkpoints = () =>
      typed<LedgerTables>(this.#store.read).selectFrom('log_checkpoints').where('authority_id', '=', logId);
    const due = await checkpoints()
      .select('size')
      .where('publish_from', '<=', stamp(now))
      .orderBy('publish_from', 'desc')
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
    const size = Number(due?.size ?? 0);
    if (size - published <= 0 || size - published >= GROUP_LEAST) return size;
    if (!(await hasIntervals(this.#store, authorityOf(logId)))) return size;
    const waiting = await checkpoints()
      .select('publish_from')
      .where('size', '>', published)
      .orderBy('size')
      .limit(1)
      .executeTakeFirstOrThrow();
    return waiting.publish_from <= stamp(now.subtract({ seconds: LONGEST_INTERVAL_SECONDS }))
      ? size
      : published;
  }
}

/** Within a sealing transaction: the interval at whose end a system's entries are shown; 0 seconds for none. */
export async function setInterval(
  tx: Transaction,
  authorityId: string,
  systemId: string,
  seconds: number,
): Promise<void> {
  const db = typed<LedgerTables>(tx.db);
  await db
    .deleteFrom('log_publication')
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .execute();
  if (seconds === 0) return;
  await db
    .insertInto('log_publication')
    .values({ authority_id: authorityId, system_id: systemId, interval_seconds: seconds })
    .execute();
}

async function hasIntervals(store: Pick<Store, 'read'>, authorityId: string): Promise<boolean> {
  const row = await typed<LedgerTables>(store.read)
    .selectFrom('log_publication')
    .select('system_id')
    .where('authority_id', '=', authorityId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many entries of a log the public may see; 0 for a log that has shown nothing. */
export async function publishedSize(store: Pick<Store, 'read'>, logId: string): Promise<number> {
  const row = await typed<LedgerTables>(store.read)
    .selectFrom('log_published')
    .select('size')
    .where('authority_id', '=', logId)
    .executeTakeFirst();
  return Number(row?.size ?? 0);
}

/** What is published already, moving nothing on: for readers beside the running platform. */
export async function readHead(
  store: Pick<Store, 'read'>,
  logId: string,
  now?: Temporal.Instant,
): Promise<PublishedHead | undefined> {
  const size = await publishedSize(store, logId);
  if (size === 0) return undefined;
  const db = typed<LedgerTables>(store.read);
  const { note } = await db
    .selectFrom('log_checkpoints')
    .select('note')
    .where('authority_id', '=', logId)
    .where('size', '=', size)
    .executeTakeFirstOrThrow();
  const cosigned = await db
    .selectFrom('log_witnessed')
    .select(['size', 'at', 'note'])
    .where('authority_id', '=', logId)
    .where('size', '<=', size)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (cosigned === undefined) return { size, note };
  const fresh = now === undefined || cosigned.at >= stamp(now.subtract({ milliseconds: COSIGNED_FRESH_MS }));
  return { size, note: Number(cosigned.size) === size || fresh ? cosigned.note : note };
}
