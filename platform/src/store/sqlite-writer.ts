import type { SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Appends } from './buffered-transaction.ts';
import { openConnection, preparedOn } from './sqlite-connection.ts';
import type { WriterAnswer, WriterRequest } from './sqlite-protocol.ts';

/*
 * The thread that writes. A commit waits for the disk; here it waits beside the thread that reads requests and
 * scores, not in its way. Loaded by Node itself, so it imports nothing but Node and its own two files.
 */
const port = parentPort;
if (port === null) throw new Error('sqlite-writer.ts is started by openSqlite');
const db = openConnection(workerData as string, false);
const prepare = preparedOn(db);

function insert({ table, columns, rows }: Appends): void {
  const names = columns.map((c) => `"${c}"`).join();
  const statement = prepare(`insert into "${table}" (${names}) values (${columns.map(() => '?').join()})`);
  for (const row of rows) statement.run(...(row as SQLInputValue[]));
}

function query(sql: string, parameters: readonly SQLInputValue[]): Omit<WriterAnswer, 'id'> {
  const statement = prepare(sql);
  if (statement.columns().length > 0)
    return { rows: statement.all(...parameters), changes: undefined, lastId: undefined };
  const { changes, lastInsertRowid } = statement.run(...parameters);
  return { rows: [], changes: BigInt(changes), lastId: BigInt(lastInsertRowid) };
}

function answer(request: WriterRequest): Omit<WriterAnswer, 'id'> {
  const nothing = { rows: [], changes: undefined, lastId: undefined };
  if (request.kind === 'rollback' || request.kind === 'close') {
    if (db.isTransaction) db.exec('ROLLBACK');
    if (request.kind === 'close') db.close();
    return nothing;
  }
  if (!db.isTransaction) db.exec('BEGIN IMMEDIATE');
  for (const appends of request.appends) insert(appends);
  if (request.kind === 'query') return query(request.sql, request.parameters as readonly SQLInputValue[]);
  db.exec('COMMIT');
  return nothing;
}

/**
 * A commit that failed may have left its pages, whole, at the end of the write-ahead log, where whoever reads the log anew after a
 * crash would take them for a commit. Another one is written over their beginning; false when that fails too.
 */
function undone(): boolean {
  try {
    const { user_version: version } = prepare('PRAGMA user_version').get() as { user_version: number };
    db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${(version + 1) % 2}; COMMIT`);
    return true;
  } catch {
    if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
    return false;
  }
}

port.on('message', (request: WriterRequest) => {
  try {
    port.postMessage({ id: request.id, ...answer(request) });
  } catch (cause) {
    if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
    const { message, code, errcode } = cause as Error & { code?: string; errcode?: number };
    const unknown = request.kind === 'commit' && !undone();
    port.postMessage({ id: request.id, error: { message, code, errcode, unknown } });
  }
});
