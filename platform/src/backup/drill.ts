import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseTables } from '../cases/tables.ts';
import type { Clock } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import { authorityOf } from '../ledger/log-id.ts';
import { caseReceipts } from '../notices/index.ts';
import { type OpenPlatform, openPlatform } from '../open.ts';
import { openReader } from '../open-reader.ts';
import { type Completeness, proveComplete } from '../prove-complete.ts';
import { typed } from '../store/index.ts';
import { KEYS_FOLDER } from '../vault/key-store.ts';
import { destroySecret } from '../vault/secret-file.ts';
import { type Restored, restore } from './restore.ts';

export interface DrillOptions {
  readonly data: string;
  readonly keys: string;
  /** Folder in which a folder for the drill is made, and destroyed in the end: it holds keys meanwhile. */
  readonly within?: string | undefined;
  /** How many cases at most, taken evenly, have their receipts made and verified. */
  readonly receipts: number;
  readonly clock: Clock;
  readonly tell?: ((step: string) => void) | undefined;
}

export interface Drilled {
  readonly restored: Restored;
  readonly proved: readonly Completeness[];
  /** Cases whose receipts were made anew and verified under the log's key. */
  readonly receipts: number;
}

/**
 * Tries a backup out, apart from the platform: restores it, shows that nothing can be signed there, proves that every row fits
 * the log, and makes receipts anew and verifies them. Signs nothing and asks nobody; all that it made is destroyed.
 *
 * Throws what does not hold; the findings of the proof are in the result.
 */
export async function drillBackup(options: DrillOptions): Promise<Drilled> {
  const { data, keys, within = tmpdir(), clock, tell = () => {} } = options;
  const place = mkdtempSync(join(within, 'taalil-drill-'));
  const [folder, fence] = [join(place, 'data'), join(place, 'fence')];
  try {
    const restored = await restore({ data, keys, folder, fence });
    tell(`restored ${data}, taken ${restored.backup.data.at}`);
    const kind = restored.backup.data.store;
    const known = restored.logs.filter(({ size }) => size > 0).map(({ log }) => log);
    const origin = restored.backup.data.logs[0]?.origin ?? '';
    const platform = await openPlatform({
      ...{ folder, fence, clock, kind, witnesses: join(place, 'none') },
      originPrefix: origin.slice(0, origin.lastIndexOf('/')),
    });
    try {
      const authorities = [...new Set(known.map(authorityOf))];
      for (const authorityId of authorities) await assertFenced(platform, authorityId);
      tell('signs nothing: there is no fence');
      const proved: Completeness[] = [];
      for (const authorityId of authorities) proved.push(await prove(platform, authorityId));
      tell(
        `compared ${proved.reduce((sum, { entries }) => sum + entries, 0)} entries with the rows of the store`,
      );
      let receipts = 0;
      for (const authorityId of authorities) receipts += await verifyReceipts(platform, authorityId, options);
      tell(`made the receipts of ${receipts} cases, and verified them`);
      return { restored, proved, receipts };
    } finally {
      await platform.close();
    }
  } finally {
    destroyAll(place);
  }
}

async function assertFenced({ ledger }: OpenPlatform, authorityId: string): Promise<void> {
  try {
    await ledger.open(authorityId);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'fenced') return;
    throw error;
  }
  throw new PlatformError('altered-record', `The restored log of ${authorityId} could sign.`, {
    where: authorityId,
    mend: 'Do not start this backup anywhere. Report it: a restored log must be recovered first.',
  });
}

async function prove({ folder, fence, vault }: OpenPlatform, authorityId: string): Promise<Completeness> {
  const store = await openReader({ folder });
  try {
    return await proveComplete({ store, vault, fenceFolder: fence }, authorityId);
  } finally {
    await store.close();
  }
}

async function verifyReceipts(
  platform: OpenPlatform,
  authorityId: string,
  { receipts }: DrillOptions,
): Promise<number> {
  const rows = await typed<CaseTables>(platform.store.read)
    .selectFrom('cases')
    .select('case_id')
    .where('authority_id', '=', authorityId)
    .orderBy('case_id')
    .execute();
  const open = rows.filter(({ case_id }) => platform.vault.has(authorityId, case_id));
  const every = Math.max(1, Math.ceil(open.length / receipts));
  const chosen = open.filter((_, i) => i % every === 0);
  // Each is verified under the log's keys before it is given.
  for (const { case_id } of chosen) await caseReceipts(platform, authorityId, case_id);
  return chosen.length;
}

function destroyAll(place: string): void {
  for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
    const secret = entry.isFile() && entry.parentPath.endsWith(KEYS_FOLDER);
    if (secret) destroySecret(join(entry.parentPath, entry.name));
  }
  rmSync(place, { recursive: true, force: true });
}
