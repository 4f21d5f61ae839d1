import { sql } from 'kysely';
import { PlatformError } from './errors.ts';
import { Findings } from './ledger/completeness/findings.ts';
import { openUnchecked, type StorePlace } from './open-reader.ts';
import { checkReferences } from './references.ts';
import { migrations } from './rooms.ts';
import {
  appliedMigrations,
  type Db,
  declaredSchema,
  MOVED_FACT,
  missingOf,
  moveFact,
  readSchema,
  schemaDifferences,
  serverSettings,
} from './store/index.ts';
import { type HeldKey, heldKeys } from './vault/inventory.ts';

/** What is sealed under a key of its own: the table, and the column that names the key. */
export const SEALED = [
  ['cases', 'case_id'],
  ['staff', 'staff_id'],
  ['webhooks', 'webhook_id'],
  ['primacy_exercises', 'exercise_id'],
  ['attachments', 'attachment_id'],
  ['collectives', 'collective_id'],
  ['consultation_comments', 'comment_id'],
] as const;

const PAGE = 10_000;

export interface StoreCheck {
  /** Rows and tables that are not as they must be. */
  readonly findings: Findings;
  /** Why the store must not be relied on, whole as it may be. */
  readonly untrusted: readonly string[];
}

/**
 * Reads a store and the names of its keys, beside the platform that may be running on it, and says what does not fit: tables
 * against what this version declares, rows that name a row that is not there, what is sealed under a key that is missing,
 * the medium itself. What the log says of the rows is `proveComplete`'s part. Changes nothing. Throws `store-unavailable`
 * where there is no store, or one of a newer version.
 */
export async function checkStore(place: StorePlace): Promise<StoreCheck> {
  const findings = new Findings();
  const untrusted: string[] = [];
  const reader = await openUnchecked(place);
  try {
    await reader.freeze();
    const { read, dialect } = reader;
    const found = await readSchema(read, dialect);
    if (!found.has('applied_migrations')) {
      throw new PlatformError('store-unavailable', 'There is no store here yet.', {
        mend: 'See DATABASE_URL and TAALIL_DATA.',
      });
    }
    for (const { id } of missingOf(await appliedMigrations(read), migrations)) {
      findings.add(`migration ${id}`, 'It was not applied: run taalil store migrate.');
    }
    const moved = await moveFact(read, MOVED_FACT);
    if (moved !== undefined) untrusted.push(`This store was moved to ${moved.to} at ${moved.at}.`);
    const differences = schemaDifferences(await declaredSchema(migrations), found);
    for (const what of differences) findings.add('tables', what);
    if (dialect === 'sqlite') await checkFile(read, findings);
    else {
      const { faults, checksums } = await serverSettings(read);
      untrusted.push(...faults.map(({ what, mend }) => `${what} ${mend}`));
      if (!checksums)
        findings.notes.push('The server keeps no checksums of its pages (initdb --data-checksums).');
    }
    // Without its tables, what they hold cannot be asked.
    if (differences.length > 0) return { findings, untrusted };
    await checkReferences(read, found, findings);
    await checkKeys(read, place.folder, findings);
    return { findings, untrusted };
  } finally {
    await reader.close();
  }
}

/** PRAGMA integrity_check: pages, records, indexes against their tables, keys that occur twice. */
async function checkFile(db: Db, findings: Findings): Promise<void> {
  const { rows } = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(db);
  for (const { integrity_check: what } of rows) if (what !== 'ok') findings.add('file', what);
}

/** Every row that is sealed under a key of its own against the keys there are, both in one order. */
async function checkKeys(db: Db, folder: string, findings: Findings): Promise<void> {
  let named = 0;
  let keys = 0;
  for (const _ of heldKeys(folder)) keys++;
  for (const [table, column] of SEALED) {
    const held = heldKeys(folder)[Symbol.iterator]();
    let key = held.next();
    for await (const row of idsOf(db, table, column)) {
      while (!key.done && compare(key.value, row) < 0) key = held.next();
      if (!key.done && compare(key.value, row) === 0) named++;
      else
        findings.add(
          `${table}/${row.authorityId}/${row.id}`,
          'Its key is not in the key store: nobody can open it.',
        );
    }
  }
  if (keys === named) return;
  findings.notes.push(
    `${keys - named} keys open nothing: made ahead for cases to come, or left by a crash. They harm nobody.`,
  );
}

/** Those rows' keys, in the order of authority and id. */
export async function* idsOf(db: Db, table: string, column: string): AsyncIterable<HeldKey> {
  const id = sql.ref(column);
  let after: HeldKey | undefined;
  for (;;) {
    const past: ReturnType<typeof sql> =
      after === undefined ? sql`` : sql`where (authority_id, ${id}) > (${after.authorityId}, ${after.id})`;
    const { rows } = await sql<{ authority_id: string; id: string }>`
      select authority_id, ${id} as id from ${sql.table(table)} ${past}
      order by authority_id, ${id} limit ${sql.lit(PAGE)}`.execute(db);
    for (const row of rows) {
      after = { authorityId: row.authority_id, id: row.id };
      yield after;
    }
    if (rows.length < PAGE) return;
  }
}

/** The order of both: text by its bytes, which for ids is that of their characters. */
function compare(a: HeldKey, b: HeldKey): number {
  if (a.authorityId !== b.authorityId) return a.authorityId < b.authorityId ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
