import type { ProvedCase } from '../cases/against-log.ts';
import { PlatformError } from '../errors.ts';
import type { Findings } from '../ledger/completeness/findings.ts';
import { type StoreReader, typed } from '../store/index.ts';
import type { Vault } from '../vault/vault.ts';
import { handedFiles } from './facts.ts';
import { openFile } from './open.ts';
import type { AttachmentTables } from './tables.ts';

interface Source {
  readonly store: StoreReader;
  readonly vault: Pick<Vault, 'caseKey'>;
  readonly authorityId: string;
}

type Row = Pick<AttachmentTables['attachments'], 'attachment_id' | 'case_id' | 'review_id' | 'bytes'>;

/**
 * Compares the files of some cases with the log: each that an event tells of is there, byte for byte, until it is taken back; and no
 * row claims a file that no event tells of.
 */
export async function checkFiles(
  source: Source,
  cases: readonly ProvedCase[],
  findings: Findings,
): Promise<void> {
  if (cases.length === 0) return;
  const rows = await typed<AttachmentTables>(source.store.read)
    .selectFrom('attachments')
    .select(['attachment_id', 'case_id', 'review_id', 'bytes'])
    .where('authority_id', '=', source.authorityId)
    .where(
      'case_id',
      'in',
      cases.map(({ caseId }) => caseId),
    )
    .where('state', '=', 'handed-in')
    .execute();
  const byCase = Map.groupBy(rows, (row) => row.case_id);
  for (const proved of cases) await compare(source, proved, byCase.get(proved.caseId) ?? [], findings);
}

async function compare(
  { store, vault, authorityId }: Source,
  { caseId, events }: ProvedCase,
  rows: readonly Row[],
  findings: Findings,
): Promise<void> {
  const claimed = new Map(rows.map((row) => [row.attachment_id, row]));
  for (const file of handedFiles(events)) {
    const row = claimed.get(file.file);
    claimed.delete(file.file);
    const where = `attachments/${authorityId}/${file.file}`;
    if (file.withdrawnAt !== undefined) {
      if (row !== undefined) findings.add(where, 'It was taken back, and its row says that it was not.');
      continue;
    }
    if (row === undefined) findings.add(where, 'The log tells of this file, and it has no row.');
    else if (row.review_id !== file.reviewId || Number(row.bytes) !== file.bytes) {
      findings.add(where, 'Its row is not what was sealed.');
    } else {
      await openFile({ store, vault }, { authorityId, caseId }, file).catch((error: unknown) => {
        if (!(error instanceof PlatformError)) throw error;
        findings.add(where, error.message);
      });
    }
  }
  for (const id of claimed.keys()) {
    findings.add(`attachments/${authorityId}/${id}`, 'No event of its case tells of this file.');
  }
}
