import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ErasureMemory, MEMORY_FILE } from '../erasure/memory.ts';
import type { ErasureTables } from '../erasure/tables.ts';
import { PlatformError } from '../errors.ts';
import { keyFile, vkeyFile } from '../ledger/identity.ts';
import { openSqliteReader, typed } from '../store/index.ts';
import { destroySecret, writeSecret } from '../vault/secret-file.ts';
import { openVault } from '../vault/vault.ts';
import { fenceStands } from './fences.ts';
import { STORE_FILE } from './files.ts';
import type { BackedUpLog } from './manifest.ts';
import type { RestoreOptions } from './restore.ts';

/** A machine that has signed remembers its erasures in the same folder; where there is no such file, there were none. */
export function isRemembering(fence: string): boolean {
  return (
    existsSync(fence) && readdirSync(fence).some((name) => name === MEMORY_FILE || name.endsWith('.fence'))
  );
}

/** All that this machine knows to be erased, written down beside its fence. */
export function remembered({ data, fence, erasures = [] }: RestoreOptions): ErasureMemory {
  for (const file of erasures) {
    if (existsSync(file)) continue;
    throw new PlatformError('not-found', `There is no file ${file}.`, { where: file });
  }
  const memory = new ErasureMemory(fence);
  const learned = new ErasureMemory(join(fence, 'none'));
  for (const file of [...erasures, join(data, MEMORY_FILE)]) learned.learn(file);
  memory.remember(learned.all);
  return memory;
}

/** Destroys the keys of every case that the store or this machine knows to be erased. */
export async function eraseAgain(data: string, keysOf: string, memory: ErasureMemory): Promise<number> {
  const store = openSqliteReader(join(data, STORE_FILE));
  const rows = await typed<ErasureTables>(store.read)
    .selectFrom('erasures')
    .select(['authority_id', 'case_id'])
    .where('state', '=', 'erased')
    .execute();
  await store.close();
  const vault = openVault(keysOf);
  try {
    const left = [...rows, ...memory.all].filter((row) => vault.has(row.authority_id, row.case_id));
    const ids = new Set(left.map((row) => `${row.authority_id}/${row.case_id}`));
    for (const [authorityId, ofAuthority] of Map.groupBy(left, (row) => row.authority_id)) {
      vault.destroy(authorityId, ...ofAuthority.map((row) => row.case_id));
    }
    return ids.size;
  } finally {
    vault.close();
  }
}

/** Older keys may hold the private key of a log that was closed since: nobody signs with it again. */
export function destroyClosed(keys: string, logs: readonly BackedUpLog[], fence: string): void {
  for (const log of logs) {
    const [secret, kept] = [join(keys, keyFile(log.log)), join(keys, vkeyFile(log.log))];
    if (!existsSync(secret) || !(log.closed || fenceStands(fence, log).stand === 'closed')) continue;
    if (!existsSync(kept)) writeSecret(kept, log.vkey);
    destroySecret(secret);
  }
}
