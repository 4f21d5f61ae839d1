import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../errors.ts';
import { BLANK, KEYS_FOLDER } from './key-store.ts';
import { kekFile, kekIds, newKeyText } from './keyring.ts';
import { emptyLog, kekStatus } from './rotate.ts';
import { writeSecret } from './secret-file.ts';

/**
 * Gives up the keys under a key-encryption key whose file is lost for good, so that the platform can go on: they count as
 * destroyed, and what was sealed under them is never opened again. Where there is no other, a new one is made first. Returns
 * how many keys were given up.
 *
 * `db` must be the only connection to the key store. Throws `conflict` while there is a file of that name, `not-found` where
 * nothing is under it.
 */
export function abandonKek(folder: string, db: DatabaseSync, id: string): number {
  const keys = join(folder, KEYS_FOLDER);
  const lost = kekStatus(folder, db).find((kek) => kek.id === id);
  if (lost === undefined || (lost.file === 'missing' && lost.keys === 0 && kekIds(keys).length > 0)) {
    throw new PlatformError('not-found', `No key is under a key-encryption key ${id}.`, {
      mend: '`taalil keys status` shows which there are.',
    });
  }
  if (lost.file !== 'missing') {
    const file = join(keys, kekFile(id));
    throw new PlatformError('conflict', `${file} is there: nothing was given up.`, {
      where: file,
      mend: 'Where it is the wrong one, move it away and look for the right one first.',
    });
  }
  if (kekIds(keys).length === 0) {
    writeSecret(join(keys, kekFile(String(Number(id) + 1).padStart(4, '0'))), newKeyText());
  }
  db.exec('BEGIN IMMEDIATE');
  const { changes } = db
    .prepare('update wrapped_keys set wrapped = ? where kek_id = ? and wrapped <> ?')
    .run(BLANK, id, BLANK);
  db.prepare('delete from key_checks where name = ?').run(kekFile(id));
  db.exec('COMMIT');
  emptyLog(db);
  return Number(changes);
}
