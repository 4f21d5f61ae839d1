import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** One key of the key store; a destroyed one keeps its place. */
export interface HeldKey {
  readonly authorityId: string;
  /** Of the case, the person or whatever else is sealed under it. */
  readonly id: string;
}

/** The keys of a key store in the order of authority and id, without their bytes. Reads beside the process that writes. */
export function* heldKeys(folder: string): Iterable<HeldKey> {
  const file = join(folder, 'vault.db');
  if (!existsSync(file)) return;
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const select = db.prepare(
      'select authority_id, case_id from wrapped_keys order by authority_id, case_id',
    );
    for (const row of select.iterate()) {
      const { authority_id: authorityId, case_id: id } = row as { authority_id: string; case_id: string };
      yield { authorityId, id };
    }
  } finally {
    db.close();
  }
}
