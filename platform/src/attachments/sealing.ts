import { createHmac } from 'node:crypto';
import type { Vault } from '../vault/vault.ts';

interface Place {
  readonly authorityId: string;
  readonly caseId: string;
  readonly attachmentId: string;
}

/**
 * The key of one file: made of the case's key and a key of its own (HMAC-SHA-256). Destroying either ends the file: the case's at
 * an erasure, its own when it is taken back. Throws `erased`.
 */
export function fileKey(vault: Pick<Vault, 'caseKey'>, { authorityId, caseId, attachmentId }: Place): Buffer {
  return createHmac('sha256', vault.caseKey(authorityId, caseId))
    .update('taalil/attachment/v1')
    .update(vault.caseKey(authorityId, attachmentId))
    .digest();
}

/** What is sealed with each record, so that none opens in another's place: `head`, or the number of a piece and of all. */
export function sealedPlace({ authorityId, caseId, attachmentId }: Place, part: string): string {
  return `attachment/${authorityId}/${caseId}/${attachmentId}/${part}`;
}
