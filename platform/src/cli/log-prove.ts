import { readFileSync } from 'node:fs';
import { LogError } from '@taalil/transparency-log';
import { verifyCheckpointSync } from '@taalil/transparency-log/writer';
import { readConfig } from '../config.ts';
import { PlatformError } from '../errors.ts';
import type { KnownHead } from '../ledger/completeness/checkpoints.ts';
import { vkeyOf } from '../ledger/identity.ts';
import { authorityOf } from '../ledger/log-id.ts';
import { openExistingVault } from '../open-as-is.ts';
import { openReader } from '../open-reader.ts';
import { type Progress, progressBar } from '../progress.ts';
import { type Completeness, proveComplete } from '../prove-complete.ts';
import type { Vault } from '../vault/vault.ts';
import { EXIT } from './exit.ts';
import { logIds } from './log-ids.ts';

export interface ProveOptions {
  readonly authority?: string;
  readonly checkpoint?: readonly string[];
}

/** `taalil log prove-complete`: 0 when every row fits, 1 when any does not. Runs beside the platform. */
export async function prove({ authority, checkpoint = [] }: ProveOptions): Promise<number> {
  const { folder, fence, database } = readConfig(process.env);
  const store = await openReader({ folder, database });
  const vault = openExistingVault(folder);
  try {
    const logs = await logIds(store, authority);
    const known = knownHeads(checkpoint, logs, vault);
    let faults = 0;
    for (const id of new Set(logs.map(authorityOf))) {
      const bars = new Map<string, Progress>();
      const proved = await proveComplete(
        {
          store,
          vault,
          fenceFolder: fence,
          known,
          onProgress(what, done, total) {
            let bar = bars.get(what);
            if (bar === undefined) {
              bar = progressBar(
                what === 'entries' ? `Reading the log of ${id}` : `Opening the events of ${id}`,
                total,
              );
              bars.set(what, bar);
            }
            bar.step(done);
          },
        },
        id,
      );
      bars.forEach((bar) => void bar.end());
      tell(proved);
      faults += proved.findings.count;
    }
    return faults === 0 ? EXIT.valid : EXIT.broken;
  } finally {
    vault.close();
    await store.close();
  }
}

/** The auditor's own checkpoints, each by the log whose key signed it. */
function knownHeads(
  files: readonly string[],
  logs: readonly string[],
  vault: Vault,
): Map<string, KnownHead[]> {
  const known = new Map<string, KnownHead[]>();
  for (const file of files) {
    const note = readFileSync(file);
    const logId = logs.find((id) => signedBy(vault, id, note));
    if (logId === undefined) {
      throw new PlatformError('invalid-request', `${file} is no checkpoint of a log of this store.`, {
        where: file,
      });
    }
    const { size, root } = verifyCheckpointSync(note, { vkey: vkeyOf(vault.keyring, logId) });
    known.set(logId, [...(known.get(logId) ?? []), { source: file, size, root }]);
  }
  return known;
}

function signedBy(vault: Vault, logId: string, note: Uint8Array): boolean {
  try {
    verifyCheckpointSync(note, { vkey: vkeyOf(vault.keyring, logId) });
    return true;
  } catch (error) {
    if (error instanceof LogError) return false;
    throw error;
  }
}

function tell({ authorityId, entries, erasedEvents, findings }: Completeness): void {
  for (const { where, what } of findings.list) console.log(`${where}: ${what}`);
  if (findings.count > findings.list.length)
    console.log(`… and ${findings.count - findings.list.length} more.`);
  for (const note of findings.notes) console.log(`Note: ${note}`);
  if (erasedEvents > 0) {
    console.log(
      `Note: ${erasedEvents} events of erased cases are in their places; nobody can open them any more.`,
    );
  }
  console.log(
    findings.count === 0
      ? `Complete: the store of ${authorityId} holds exactly the ${entries} entries of its log.`
      : `Not complete: ${findings.count} rows of ${authorityId} do not fit the log.`,
  );
}
