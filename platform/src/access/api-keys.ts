import { hash, randomBytes } from 'node:crypto';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { type Db, typed } from '../store/index.ts';
import { forgetApiKey } from './api-key-cache.ts';
import { assertStillAllowed, BY_SETUP } from './staff.ts';
import type { AccessTables } from './tables.ts';

export const SCOPES = [
  'decisions:write',
  'decisions:read',
  'systems:write',
  'systems:read',
  'events:read',
  'notices:write',
  'outcomes:write',
  'webhooks:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Ids of the systems that a key acts for; `all` means those to come too. */
export type SystemReach = readonly string[] | 'all';

const EVERY = '*';
const SYSTEM_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

export function parseReach(stored: string): SystemReach {
  return stored === EVERY ? 'all' : stored.split(' ');
}

export interface NewApiKey {
  readonly authorityId: string;
  /** What the key is for, in the agency's words. */
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly systems: SystemReach;
  readonly by?: string;
}

export interface IssuedApiKey {
  readonly keyId: string;
  /** The whole of what goes after `Bearer `. Shown once: only the SHA-256 of its secret part is stored. */
  readonly secret: string;
}

/** 256 random bits; 43 characters. The plain SHA-256 of that much randomness cannot be searched. */
function newSecret(keyId: string): { token: string; sha256: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return {
    token: `taalil_${keyId.slice('key_'.length)}_${secret}`,
    sha256: hash('sha256', secret, 'buffer'),
  };
}

/** Makes a key and shows its secret this one time. Throws `invalid-request`. */
export async function createApiKey(ctx: Context, wanted: NewApiKey): Promise<IssuedApiKey> {
  const { authorityId, by = BY_SETUP } = wanted;
  const label = wanted.label.trim();
  const scopes = SCOPES.filter((scope) => wanted.scopes.includes(scope));
  const systems = wanted.systems === 'all' ? [EVERY] : [...new Set(wanted.systems)].sort();
  const unknown = wanted.scopes.filter((scope) => !SCOPES.includes(scope));
  if (scopes.length === 0 || unknown.length > 0) {
    throw new PlatformError('invalid-request', 'An API key needs at least one known scope.', {
      where: 'scopes',
      mend: `Choose among: ${SCOPES.join(', ')}.`,
    });
  }
  if (wanted.systems !== 'all' && (systems.length === 0 || !systems.every((id) => SYSTEM_ID.test(id)))) {
    throw new PlatformError('invalid-request', 'An API key needs the systems that it may act for.', {
      where: 'systems',
      mend: 'Give system ids, or "all" for every system of the authority.',
    });
  }
  if (label === '' || label.length > 200) {
    throw new PlatformError('invalid-request', 'An API key needs a label of 1 to 200 characters.', {
      where: 'label',
    });
  }
  const keyId = newId('key');
  const { token, sha256 } = newSecret(keyId);
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'api-key-created',
    facts: { key: keyId, scopes, systems, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'api-key.manage'),
    write(tx, _index, at) {
      tx.append('api_keys', {
        key_id: keyId,
        authority_id: authorityId,
        label,
        scopes: scopes.join(' '),
        systems: systems.join(' '),
        created_at: at,
        revoked_at: null,
      });
      tx.append('api_key_secrets', {
        key_id: keyId,
        secret_sha256: sha256,
        created_at: at,
        expires_at: null,
      });
    },
  });
  return { keyId, secret: token };
}

export interface ApiKeyChange {
  readonly authorityId: string;
  readonly keyId: string;
  readonly by: string;
}

/**
 * Gives a key a new secret; the old one works for `overlap` more (a day unless said), so that an agency can change it
 * without a gap. The key keeps its id: idempotency keys stay scoped to it.
 */
export async function rotateApiKey(
  ctx: Context,
  {
    authorityId,
    keyId,
    by,
    overlap = Temporal.Duration.from({ hours: 24 }),
  }: ApiKeyChange & { overlap?: Temporal.Duration },
): Promise<IssuedApiKey> {
  const { token, sha256 } = newSecret(keyId);
  const until = stamp(ctx.clock.now().add(overlap));
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'api-key-rotated',
    facts: { key: keyId, by, old_secret_until: until },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'api-key.manage');
      await assertUsable(tx.db, authorityId, keyId);
    },
    async write(tx, _index, at) {
      const secrets = typed<AccessTables>(tx.db);
      await secrets
        .updateTable('api_key_secrets')
        .set({ expires_at: until })
        .where('key_id', '=', keyId)
        .where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', until)]))
        .execute();
      await secrets
        .insertInto('api_key_secrets')
        .values({ key_id: keyId, secret_sha256: sha256, created_at: at, expires_at: null })
        .execute();
    },
  });
  forgetApiKey(ctx, keyId);
  return { keyId, secret: token };
}

/** Ends a key for good, at once in this process. Throws `not-found`, or `conflict` when it was revoked before. */
export async function revokeApiKey(ctx: Context, { authorityId, keyId, by }: ApiKeyChange): Promise<void> {
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'api-key-revoked',
    facts: { key: keyId, by },
    async check(tx) {
      await assertStillAllowed(tx, authorityId, by, 'api-key.manage');
      await assertUsable(tx.db, authorityId, keyId);
    },
    async write(tx, _index, at) {
      await typed<AccessTables>(tx.db)
        .updateTable('api_keys')
        .set({ revoked_at: at })
        .where('authority_id', '=', authorityId)
        .where('key_id', '=', keyId)
        .execute();
    },
  });
  forgetApiKey(ctx, keyId);
}

async function assertUsable(db: Db, authorityId: string, keyId: string): Promise<void> {
  const row = await typed<AccessTables>(db)
    .selectFrom('api_keys')
    .select('revoked_at')
    .where('authority_id', '=', authorityId)
    .where('key_id', '=', keyId)
    .executeTakeFirst();
  if (row === undefined) throw new PlatformError('not-found', 'There is no such API key in this authority.');
  if (row.revoked_at === null) return;
  throw new PlatformError('conflict', 'This API key was revoked.', { mend: 'Create a new one.' });
}

export interface ApiKeySummary {
  readonly keyId: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly systems: SystemReach;
  readonly createdAt: string;
  readonly revokedAt: string | undefined;
}

/** The keys of an authority, newest first, without any secret. */
export async function listApiKeys(ctx: Context, authorityId: string): Promise<ApiKeySummary[]> {
  const rows = await typed<AccessTables>(ctx.store.read)
    .selectFrom('api_keys')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('created_at', 'desc')
    .orderBy('key_id')
    .execute();
  return rows.map((row) => ({
    keyId: row.key_id,
    label: row.label,
    scopes: row.scopes.split(' ') as Scope[],
    systems: parseReach(row.systems),
    createdAt: row.created_at,
    revokedAt: row.revoked_at ?? undefined,
  }));
}
