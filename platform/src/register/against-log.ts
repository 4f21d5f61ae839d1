import { createHash } from 'node:crypto';
import { canonicalize } from '@taalil/transparency-log';
import type { JournalFact } from '../ledger/completeness/check-journal.ts';
import type { Findings } from '../ledger/completeness/findings.ts';
import { type StoreReader, typed } from '../store/index.ts';
import { sealable } from './publish.ts';
import type { SystemRecord } from './record.ts';
import type { RegisterTables } from './tables.ts';

/** Compares a published version, its record and its model's bytes with the journal entry that tells of it. */
export async function checkPublication(
  store: StoreReader,
  authorityId: string,
  { index, type, at, facts }: JournalFact,
  findings: Findings,
): Promise<void> {
  if (type !== 'system-published') return;
  const key = { authority_id: authorityId, system_id: String(facts.system) };
  const where = `system_versions/${authorityId}/${facts.system}/${facts.version}`;
  const row = (await store.lookup('system_versions', { ...key, version: Number(facts.version) })) as
    | RegisterTables['system_versions']
    | undefined;
  if (row === undefined) {
    findings.add(where, 'The log tells of this version; its row is missing.');
    return;
  }
  const record = readRecord(row.record);
  const wrong =
    Number(row.log_index) !== index || row.published_at !== at
      ? 'It was published in another log entry.'
      : Number(row.model_version) !== facts.model_version
        ? `Its model is version ${row.model_version}, not ${String(facts.model_version)}.`
        : record === undefined || canonicalize(sealable(record)) !== canonicalize(facts.record)
          ? 'Its record is not the published one.'
          : undefined;
  if (wrong !== undefined) findings.add(where, wrong);
  const model = (await store.lookup('models', { ...key, model_version: Number(facts.model_version) })) as
    | RegisterTables['models']
    | undefined;
  const sha256 = model && createHash('sha256').update(model.bytes).digest('hex');
  if (sha256 === facts.model_sha256) return;
  findings.add(
    `models/${authorityId}/${facts.system}/${facts.model_version}`,
    'Its bytes are not the published model.',
  );
}

function readRecord(text: string): SystemRecord | undefined {
  try {
    return JSON.parse(text) as SystemRecord;
  } catch {
    return undefined;
  }
}

/** Versions that no journal entry tells of. `told` counts those that one does. */
export async function checkOrphanVersions(
  store: StoreReader,
  authorityId: string,
  told: ReadonlySet<number>,
  findings: Findings,
): Promise<void> {
  const rows = await typed<RegisterTables>(store.read)
    .selectFrom('system_versions')
    .select(['system_id', 'version', 'log_index'])
    .where('authority_id', '=', authorityId)
    .execute();
  for (const { system_id, version, log_index } of rows) {
    if (told.has(Number(log_index))) continue;
    findings.add(
      `system_versions/${authorityId}/${system_id}/${version}`,
      'The log tells of no such version.',
    );
  }
}
