import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64 } from '@taalil/transparency-log';
import { MEMORY_FILE } from '../erasure/memory.ts';
import { vkeyOf } from '../ledger/identity.ts';
import type { LedgerTables } from '../ledger/tables.ts';
import { type StoreReader, typed } from '../store/index.ts';
import { KEYS_FOLDER } from '../vault/key-store.ts';
import { type Keyring, SESSIONS_FILE } from '../vault/keyring.ts';
import { copyIn } from './files.ts';
import type { BackedUpLog } from './manifest.ts';
import type { BackupOptions } from './take.ts';

/** Every key file but the secret of sessions, which are over when a platform is restored. */
export async function copyKeyFiles({ folder, identity }: BackupOptions, to: string): Promise<void> {
  for (const name of readdirSync(join(folder, KEYS_FOLDER))) {
    if (name === SESSIONS_FILE || !/\.(?:key|vkey|checkpoint)$/.test(name)) continue;
    await copyIn(join(folder, KEYS_FOLDER, name), to, `${KEYS_FOLDER}/${name}`);
  }
  if (identity !== undefined && existsSync(identity)) await copyIn(identity, to, 'identity.json');
}

/** What is no secret and no part of the store: the policy of the witnesses, the erasures that this machine remembers. */
export async function copyBeside({ witnesses, fence }: BackupOptions, to: string): Promise<void> {
  if (existsSync(witnesses)) {
    for (const entry of readdirSync(witnesses, { withFileTypes: true })) {
      if (entry.isFile()) await copyIn(join(witnesses, entry.name), to, `witnesses/${entry.name}`);
    }
  }
  const memory = join(fence, MEMORY_FILE);
  if (existsSync(memory)) await copyIn(memory, to, MEMORY_FILE);
}

export async function kindOf({ read }: StoreReader): Promise<'production' | 'demonstration'> {
  const { value } = await typed<{ store_facts: { name: string; value: string } }>(read)
    .selectFrom('store_facts')
    .select('value')
    .where('name', '=', 'kind')
    .executeTakeFirstOrThrow();
  return value as 'production' | 'demonstration';
}

export async function logsOf(
  { read }: StoreReader,
  keyring: Pick<Keyring, 'secretFile'>,
): Promise<BackedUpLog[]> {
  const db = typed<LedgerTables>(read);
  const states = await db.selectFrom('log_state').selectAll().orderBy('authority_id').execute();
  const logs: BackedUpLog[] = [];
  for (const state of states) {
    const row = await db
      .selectFrom('log_checkpoints')
      .select('note')
      .where('authority_id', '=', state.authority_id)
      .where('size', '=', state.size)
      .executeTakeFirst();
    logs.push({
      log: state.authority_id,
      origin: state.origin,
      vkey: vkeyOf(keyring, state.authority_id),
      size: Number(state.size),
      root: toBase64(state.root),
      closed: state.closed_at !== null,
      checkpoint: row?.note ?? null,
    });
  }
  return logs;
}

export function programVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
