import type { Context } from '../context.ts';
import type { PlatformError } from '../errors.ts';
import type { SystemStatus } from '../register/record.ts';
import {
  type Certificate,
  type ListedDelegation,
  listCertificates,
  listDelegations,
} from '../training/index.ts';

/** What a reviewer holds now: the certificate that counts, and the delegations to sign adverse decisions. */
export interface DeskStanding {
  /** A valid one, else the last one held. */
  readonly certificate: Certificate | undefined;
  readonly delegations: readonly ListedDelegation[];
}

export async function deskStanding(
  ctx: Context,
  authorityId: string,
  staffId: string,
): Promise<DeskStanding> {
  const certificates = await listCertificates(ctx, authorityId, { staffId });
  const delegations = await listDelegations(ctx, authorityId, { staffId });
  return {
    certificate: certificates.find((c) => c.standing === 'valid') ?? certificates[0],
    delegations: delegations.filter((d) => d.act === 'confirm-adverse'),
  };
}

/** Why a case is open for reading only. */
export type Block =
  | { readonly kind: 'certificate'; readonly last: Certificate | undefined }
  | { readonly kind: 'delegation'; readonly last: ListedDelegation | undefined }
  /** The day's cap is reached. */
  | { readonly kind: 'cap'; readonly cap: number }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'not-live' };

/**
 * What keeps this person from deciding in a system, or undefined. It says what the page shows; signing asks again
 * inside the sealing transaction.
 */
export function blockOf(
  { certificate, delegations }: DeskStanding,
  system: { readonly systemId: string; readonly status: SystemStatus } | undefined,
): Block | undefined {
  if (system !== undefined && system.status !== 'live')
    return { kind: system.status === 'suspended' ? 'suspended' : 'not-live' };
  if (certificate?.standing !== 'valid') return { kind: 'certificate', last: certificate };
  const covering = delegations.filter(
    (d) => system === undefined || d.scope === 'all' || d.scope === system.systemId,
  );
  if (covering.some((d) => d.standing === 'valid')) return undefined;
  return { kind: 'delegation', last: covering[0] };
}

const BLOCKED: ReadonlySet<PlatformError['code']> = new Set([
  'not-certified',
  'rate-limited',
  'not-competent',
  'suspended',
  'not-live',
]);

/** Whether an error of deciding is one that a {@link Block} explains. */
export function isBlock(error: PlatformError): boolean {
  return BLOCKED.has(error.code);
}
