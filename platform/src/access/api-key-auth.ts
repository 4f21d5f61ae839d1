import { hash, timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import { type KnownKey, knownKey } from './api-key-cache.ts';
import { parseReach, type Scope, type SystemReach } from './api-keys.ts';
import type { AccessTables } from './tables.ts';

/** Who an authenticated API request comes from. */
export interface ApiCaller {
  readonly authorityId: string;
  readonly apiKeyId: string;
  readonly scopes: readonly Scope[];
  readonly systems: SystemReach;
}

const BEARER = /^Bearer +taalil_([0-9a-hjkmnp-tv-z]{24})_([\w-]{43})$/i;

/**
 * Who holds the key in an `Authorization` header (RFC 6750 §2.1). Throws `unauthenticated`, with one message for every
 * cause. A key in use is known from memory; a change made elsewhere is seen within a second, one made here at once.
 */
export async function authenticateApiKey(ctx: Context, header: string | undefined): Promise<ApiCaller> {
  const [, id, secret] = BEARER.exec(header ?? '') ?? [];
  if (id === undefined || secret === undefined) throw refused();
  const keyId = `key_${id}`;
  const known = knownKey(ctx, keyId, () => readKey(ctx, keyId));
  const { caller, secrets } = known instanceof Promise ? await known : known;
  const sha256 = hash('sha256', secret, 'buffer');
  const now = ctx.clock.now().epochMilliseconds;
  let matches = false;
  for (const stored of secrets) {
    if (timingSafeEqual(stored.sha256, sha256) && now < stored.expiresAt) matches = true;
  }
  if (!matches || caller === undefined) throw refused();
  return caller;
}

async function readKey(ctx: Context, keyId: string): Promise<KnownKey<ApiCaller>> {
  const readAt = ctx.clock.now().epochMilliseconds;
  const rows = await typed<AccessTables>(ctx.store.read)
    .selectFrom('api_keys as k')
    .innerJoin('api_key_secrets as s', 's.key_id', 'k.key_id')
    .select(['k.authority_id', 'k.scopes', 'k.systems', 's.secret_sha256', 's.expires_at'])
    .where('k.key_id', '=', keyId)
    .where('k.revoked_at', 'is', null)
    .execute();
  const key = rows[0];
  return {
    readAt,
    caller: key && {
      authorityId: key.authority_id,
      apiKeyId: keyId,
      scopes: key.scopes.split(' ') as Scope[],
      systems: parseReach(key.systems),
    },
    secrets: rows.map((row) => ({
      sha256: Buffer.from(row.secret_sha256),
      expiresAt: row.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(row.expires_at),
    })),
  };
}

/** Throws `forbidden` unless the key holds the scope and, where a system is named, acts for it. */
export function requireScope(caller: ApiCaller, scope: Scope, systemId?: string): void {
  if (!caller.scopes.includes(scope)) {
    throw new PlatformError('forbidden', `This API key does not hold the scope "${scope}".`, {
      where: 'Authorization',
      mend: `Use a key with that scope; this one holds: ${caller.scopes.join(', ')}.`,
    });
  }
  if (systemId === undefined || caller.systems === 'all' || caller.systems.includes(systemId)) return;
  throw new PlatformError('forbidden', `This API key does not act for the system "${systemId}".`, {
    where: 'Authorization',
    mend: `Use a key for that system; this one acts for: ${caller.systems.join(', ')}.`,
  });
}

function refused(): PlatformError {
  return new PlatformError('unauthenticated', 'The API key is missing, wrong, expired or revoked.', {
    where: 'Authorization',
    mend: 'Send the header "Authorization: Bearer taalil_…" with a key of the authority.',
  });
}
