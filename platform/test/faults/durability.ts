import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUTHORITY_A } from '../make-platform.ts';
import { Clients } from './clients.ts';
import { Database } from './database.ts';
import { type Call, readTrace, tracing } from './trace.ts';
import { type StoreName, World } from './world.ts';

/** A decision as its agency was told of it, and the first time that anything of it left the process. */
interface Told {
  readonly decision: string;
  readonly caseId: string;
  readonly index: number;
  readonly at: Call;
}

const WRITES = ['write', 'writev', 'pwrite64', 'pwritev', 'sendto', 'sendmsg'];
const SYNCS = ['fsync', 'fdatasync'];

export interface Durable {
  readonly decisions: number;
  /** Answers, single and of batches. */
  readonly answers: number;
}

/**
 * Runs a real process (and a real server) under `strace` while clients post, and shows for every decision that was told to anybody:
 * what makes it durable had been written, and the disk had said so, before the first byte about it left the process.
 */
export async function assertDurableBeforeTold(
  store: StoreName,
  { posts, batches, lines }: { readonly posts: number; readonly batches: number; readonly lines: number },
): Promise<Durable> {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-strace-'));
  chmodSync(folder, 0o777);
  const traces = { process: join(folder, 'process'), server: join(folder, 'server') };
  const database = store === 'postgres' ? await Database.make() : undefined;
  if (database !== undefined) {
    database.signal('SIGINT');
    await database.stopped();
    await database.start([], tracing(traces.server, [...SYNCS, 'pwrite64', 'recvfrom', 'sendto']));
  }
  const world = await World.make(store, database);
  const clients = new Clients({
    secret: world.secret,
    log: AUTHORITY_A,
    connections: 4,
    batches: { clients: 0, lines },
    urls: () => world.urls,
  });
  try {
    const member = await world.join({ runner: tracing(traces.process, [...WRITES, ...SYNCS]) });
    for (let n = 0; n < posts; n += 4) await clients.send([1, 1, 1, 1]);
    for (let n = 0; n < batches; n++) await clients.send([lines]);
    await member.leave();
    const calls = readTrace(traces.process);
    const told = toldIn(calls, clients, database);
    if (store === 'sqlite') for (const one of told) assertOnDisk(calls, one);
    else {
      database?.signal('SIGINT');
      await database?.stopped();
      const served = readTrace(traces.server);
      for (const one of told) assertCommitted(served, one);
    }
    return { decisions: told.length, answers: posts + batches };
  } finally {
    clients.close();
    await world.remove();
    await database?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

function toldIn(calls: readonly Call[], clients: Clients, database: Database | undefined): Told[] {
  const toDatabase = `->127.0.0.1:${database?.port}]`;
  const outward = calls.filter(
    ({ name, file }) => WRITES.includes(name) && file.includes('<TCP') && !file.includes(toDatabase),
  );
  return [...clients.acknowledged.values()].map(({ decision, caseId, index }) => {
    const at = outward.find(({ rest }) => rest.includes(decision));
    assert.ok(at, `${decision} was answered, and the trace does not show it`);
    return { decision, caseId, index, at };
  });
}

/** The contract of the embedded store: key, then fence, then the write-ahead log; each on the disk before the next, then the answer. */
function assertOnDisk(calls: readonly Call[], { decision, caseId, index, at }: Told): void {
  const committed = syncedWrite(calls, '/taalil.db-wal', (text) => text.includes(decision), decision);
  assert.ok(
    committed.synced.returned <= at.entered,
    `${decision} was told before its commit was on the disk`,
  );
  const key = syncedWrite(calls, '/vault.db-wal', (text) => text.includes(caseId), caseId);
  assert.ok(
    key.synced.returned <= committed.written.entered,
    `${decision} was written before the key of its case was on the disk`,
  );
  const fence = syncedWrite(calls, '.fence', (text) => covers(text, index), `the fence over ${index}`);
  assert.ok(
    fence.synced.returned <= committed.synced.entered,
    `${decision} was committed before its fence was on the disk`,
  );
}

/** The first write of something to a file, and the first sync of that file which began after the write was done. */
function syncedWrite(
  calls: readonly Call[],
  file: string,
  holds: (text: string) => boolean,
  what: string,
): { readonly written: Call; readonly synced: Call } {
  const of = calls.filter((call) => call.file.includes(`${file}>`));
  const written = of.find((call) => WRITES.includes(call.name) && holds(call.rest));
  assert.ok(written, `${what} was never written to ${file}`);
  const synced = of.find(
    (call) => SYNCS.includes(call.name) && call.result === 0 && call.entered >= written.returned,
  );
  assert.ok(synced, `${what} was never synced in ${file}`);
  return { written, synced };
}

/** Whether a record of the fence announces the commit that an entry belongs to. */
function covers(text: string, index: number): boolean {
  const [, before, after] = /before\\":\[(\d+),.*?after\\":\[(\d+),/.exec(text) ?? [];
  return text.includes('settled\\":false') && Number(before) <= index && index < Number(after);
}

/** The server received the rows, then the commit, synced its write-ahead log, then said COMMIT; all that before the answer. */
function assertCommitted(calls: readonly Call[], { decision, at }: Told): void {
  const rows = calls.find(({ name, rest }) => name === 'recvfrom' && rest.includes(decision));
  assert.ok(rows, `${decision} never reached the server`);
  const later = calls.filter(({ pid, entered }) => pid === rows.pid && entered >= rows.entered);
  const asked = later.find(({ name, rest }) => name === 'recvfrom' && rest.includes('commit\\0'));
  assert.ok(asked, `the commit of ${decision} was never asked for`);
  const said = later.find(
    ({ name, rest, entered }) => name === 'sendto' && entered >= asked.entered && rest.includes('COMMIT\\0'),
  );
  assert.ok(said, `the server never said that ${decision} is committed`);
  const synced = calls.some(
    ({ name, file, result, entered, returned }) =>
      SYNCS.includes(name) &&
      file.includes('/pg_wal/') &&
      result === 0 &&
      entered >= asked.entered &&
      returned <= said.entered,
  );
  assert.ok(synced, `the server said COMMIT for ${decision} before its write-ahead log was synced`);
  assert.ok(said.entered <= at.entered, `${decision} was told before the server had said COMMIT`);
}
