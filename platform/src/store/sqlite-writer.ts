import type { SQLInputValue } from 'node:sqlite';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Appends } from './buffered-transaction.ts';
import { openConnection, preparedOn } from './sqlite-connection.ts';
import type { CheckpointRequest, WriterAnswer, WriterRequest } from './sqlite-protocol.ts';

/*
 * The thread that writes. A commit waits for the disk; here it waits beside the thread that reads requests and
 * scores, not in its way. Loaded by Node itself, so it imports nothing but Node and its own files.
 */
const port = parentPort;
if (port === null) throw new Error('sqlite-writer.ts is started by openSqlite');
const db = openConnection(workerData as string, false);
const prepare = preparedOn(db);

/** Rows after whose commit the log is moved into the database; each of them has touched about one page of it. */
const ROWS_UNMOVED = 4_000;
let unmoved = 0;
let checkpointer: Worker | undefined;
let moving = false;

function insert({ table, columns, rows }: Appends): void {
  const names = columns.map((c) => `"${c}"`).join();
  const statement = prepare(`insert into "${table}" (${names}) values (${columns.map(() => '?').join()})`);
  for (const row of rows) statement.run(...(row as SQLInputValue[]));
  unmoved += rows.length;
}

/** Has the log moved by a thread that commits need not wait for; one that is still at it goes on. */
function moveLog(): void {
  if (unmoved < ROWS_UNMOVED || moving) return;
  unmoved = 0;
  moving = true;
  checkpointer ??= new Worker(new URL('./sqlite-checkpointer.ts', import.meta.url), {
    workerData,
    execArgv: [],
  })
    .on('message', () => {
      moving = false;
    })
    .on('error', () => {
      checkpointer = undefined;
      moving = false;
    });
  checkpointer.postMessage('move' satisfies CheckpointRequest);
}

/** The last connection that closes empties the log, so this one closes last. */
async function close(): Promise<void> {
  if (checkpointer !== undefined) {
    const ended = new Promise((resolve) => checkpointer?.once('exit', resolve));
    checkpointer.postMessage('close' satisfies CheckpointRequest);
    await ended;
  }
  db.close();
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

port.on('message', async (request: WriterRequest) => {
  try {
    const answered = answer(request);
    if (request.kind === 'close') await close();
    port.postMessage({ id: request.id, ...answered });
  } catch (cause) {
    if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
    const { message, code, errcode } = cause as Error & { code?: string; errcode?: number };
    const unknown = request.kind === 'commit' && !undone();
    port.postMessage({ id: request.id, error: { message, code, errcode, unknown } });
  }
  if (request.kind === 'commit') moveLog();
});
