import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Runs SQL on the store of a folder, as somebody with full rights to the file can. */
export function storeFile(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, 'taalil.db'));
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}
