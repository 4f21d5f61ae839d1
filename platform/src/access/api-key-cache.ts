import type { Context } from '../context.ts';

/** What is known of a key; `authority` is undefined for a key that does not exist or was revoked. */
export interface KnownKey<Caller> {
  readonly caller: Caller | undefined;
  readonly secrets: readonly { readonly sha256: Buffer; readonly expiresAt: number }[];
  /** When it was read, in milliseconds of the platform's clock. */
  readonly readAt: number;
}

const KEYS_KEPT = 10_000;
const KEPT_MS = 1_000;

interface Cache {
  readonly known: Map<string, KnownKey<unknown>>;
  /** Counts the changes: what was read before one is not kept after it. */
  changes: number;
}

const caches = new WeakMap<Context['store'], Cache>();

function cacheOf(ctx: Context): Cache {
  let cache = caches.get(ctx.store);
  if (cache === undefined) {
    cache = { known: new Map(), changes: 0 };
    caches.set(ctx.store, cache);
  }
  return cache;
}

/** A key from memory when it was read less than a second ago, else through `read`. */
export function knownKey<Caller>(
  ctx: Context,
  keyId: string,
  read: () => Promise<KnownKey<Caller>>,
): KnownKey<Caller> | Promise<KnownKey<Caller>> {
  const cache = cacheOf(ctx);
  const known = cache.known.get(keyId) as KnownKey<Caller> | undefined;
  const age = known === undefined ? KEPT_MS : ctx.clock.now().epochMilliseconds - known.readAt;
  // A clock that was set back would keep a key that was revoked elsewhere.
  if (known !== undefined && age >= 0 && age < KEPT_MS) return known;
  const { changes } = cache;
  return read().then((fresh) => {
    if (fresh.caller !== undefined && changes === cache.changes) {
      if (cache.known.size >= KEYS_KEPT) cache.known.delete(cache.known.keys().next().value as string);
      cache.known.set(keyId, fresh);
    }
    return fresh;
  });
}

/** After a change was committed: the next request reads the key anew. */
export function forgetApiKey(ctx: Context, keyId: string): void {
  const cache = cacheOf(ctx);
  cache.changes += 1;
  cache.known.delete(keyId);
}
