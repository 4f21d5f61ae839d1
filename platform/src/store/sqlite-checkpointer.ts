import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from './sqlite-connection.ts';
import type { CheckpointRequest } from './sqlite-protocol.ts';

/*
 * The thread that moves what is committed from the write-ahead log into the database, beside the thread that commits. What it
 * cannot move stays in the log, where every reader finds it. Loaded by Node itself: see `sqlite-writer.ts`.
 */
const port = parentPort;
if (port === null) throw new Error('sqlite-checkpointer.ts is started by sqlite-writer.ts');
const db = openConnection(workerData as string, false);

port.on('message', (request: CheckpointRequest) => {
  if (request === 'close') {
    db.close();
    port.close();
    return;
  }
  try {
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // The disk did not take it: it is tried again with the next commits, and the log grows meanwhile.
  }
  port.postMessage('done');
});
