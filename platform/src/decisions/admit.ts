import { canonicalize, type JsonValue } from '@taalil/transparency-log';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Facts } from '../register/inputs.ts';
import { type Transaction, typed } from '../store/index.ts';
import { type DecidingNow, decidingNow } from './deciding-now.ts';
import { type Envelope, parseEnvelope, parseIdempotencyKey } from './envelope.ts';
import type { DecisionTables } from './tables.ts';

/** Who asks: an API key that was already authenticated and holds the scope for this system. */
export interface Caller {
  readonly authorityId: string;
  readonly apiKeyId: string;
}

export interface DecisionRequest {
  readonly caller: Caller;
  readonly systemId: string;
  readonly idempotencyKey: string | undefined;
  readonly body: unknown;
}

/** A request as scoped by its idempotency key: (authority, API key, system, key). */
export interface Repeatable {
  readonly authorityId: string;
  readonly apiKeyId: string;
  readonly systemId: string;
  readonly idempotencyKey: string;
  readonly bodyMac: Uint8Array;
}

export interface Admitted extends DecidingNow {
  readonly envelope: Envelope;
  readonly facts: Facts;
  readonly repeatable: Repeatable;
}

export interface Repeat {
  readonly repeatOf: string;
}

/** Checks everything that can be checked before a model runs. A repeat of a request is found here. */
export async function admit(ctx: Context, request: DecisionRequest): Promise<Admitted | Repeat> {
  const { authorityId } = request.caller;
  const idempotencyKey = parseIdempotencyKey(request.idempotencyKey);
  const envelope = parseEnvelope(request.body);
  const repeatable = repeatableOf(ctx, request.caller, request.systemId, idempotencyKey, envelope);
  const earlier = await findRepeat(ctx, repeatable);
  if (earlier !== undefined) return { repeatOf: earlier };
  const now = await decidingNow(ctx, authorityId, request.systemId);
  return { ...now, envelope, facts: now.system.validate(envelope.input), repeatable };
}

export function repeatableOf(
  ctx: Context,
  { authorityId, apiKeyId }: Caller,
  systemId: string,
  idempotencyKey: string,
  envelope: Envelope,
): Repeatable {
  const body = canonicalize(envelope as JsonValue);
  const bodyMac = ctx.vault.keyring.mac('idempotency', authorityId, apiKeyId, body);
  return { authorityId, apiKeyId, systemId, idempotencyKey, bodyMac };
}

/** The decision already made for this key, if any. Throws `idempotency-reused` when the body was another. */
export async function findRepeat(ctx: Context, repeatable: Repeatable): Promise<string | undefined> {
  const found = await ctx.store.lookup('idempotency', idempotencyKeyOf(repeatable));
  const row = found as DecisionTables['idempotency'] | undefined;
  if (row === undefined) return undefined;
  if (Buffer.compare(row.body_mac, repeatable.bodyMac) !== 0) throw reusedKey();
  return row.decision_id;
}

export function idempotencyKeyOf({ authorityId, apiKeyId, systemId, idempotencyKey }: Repeatable) {
  return {
    authority_id: authorityId,
    api_key_id: apiKeyId,
    system_id: systemId,
    idempotency_key: idempotencyKey,
  };
}

export function reusedKey(): PlatformError {
  return new PlatformError('idempotency-reused', 'This Idempotency-Key was already used with another body.', {
    where: 'Idempotency-Key',
    mend: 'Send the first body again to get its answer, or use a new key for a new case.',
  });
}

/** Within an erasure: forgets the keyed hashes of the requests that a case's decisions answered. */
export async function forgetRequests(tx: Transaction, authorityId: string, caseId: string): Promise<void> {
  const db = typed<DecisionTables>(tx.db);
  await db
    .deleteFrom('idempotency')
    .where('authority_id', '=', authorityId)
    .where('decision_id', 'in', (q) =>
      q
        .selectFrom('decisions')
        .select('decision_id')
        .where('authority_id', '=', authorityId)
        .where('case_id', '=', caseId),
    )
    .execute();
}
