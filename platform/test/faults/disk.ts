import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AUTHORITY_A } from '../make-platform.ts';
import { Clients } from './clients.ts';
import { Database } from './database.ts';
import { until } from './kills.ts';
import { assertWhole } from './proof.ts';
import { type StoreName, World } from './world.ts';

/** A disk that answers a system call on one file with an error. */
export interface DiskFault {
  /** End of the path: a file of the data folder. Tiles and log entries are rows of the store, and have no files of their own. */
  readonly file: string;
  /** `sync` is `fsync` or `fdatasync`, whichever the program uses. */
  readonly call: 'sync' | 'pwrite64';
  readonly error: 'EIO' | 'ENOSPC';
  /** Which calls fail, as `strace` counts them for each thread: `7`, `7..12`, or `7+` for all from there on. */
  readonly when: string;
}

/** Once, for a while, and from then on. */
const whens = (first: number, last: number) => [`${first}`, `${first}..${last}`, `${first}+`];

/** The list, on the embedded store. What happens while a process starts is left out: then it does not start. */
export const DISK_FAULTS: readonly DiskFault[] = [
  ...[
    { file: 'taalil.db-wal', syncs: whens(15, 25) },
    { file: 'vault.db-wal', syncs: whens(2, 4) },
    { file: `fence/${AUTHORITY_A}.fence`, syncs: whens(5, 9) },
  ].flatMap(({ file, syncs }) => [
    ...syncs.map((when): DiskFault => ({ file, call: 'sync', error: 'EIO', when })),
    ...(['EIO', 'ENOSPC'] as const).flatMap((error) =>
      whens(21, 40).map((when): DiskFault => ({ file, call: 'pwrite64', error, when })),
    ),
  ]),
  // Moving the write-ahead log into the database: what is acknowledged does not wait for it.
  ...['taalil.db'].flatMap((file): DiskFault[] => [
    { file, call: 'pwrite64', error: 'EIO', when: '1+' },
    { file, call: 'pwrite64', error: 'ENOSPC', when: '1+' },
    { file, call: 'sync', error: 'EIO', when: '1+' },
  ]),
];

/** The list, in PostgreSQL's server. Each of its processes counts for itself. */
export const SERVER_FAULTS: readonly Omit<DiskFault, 'file'>[] = [
  { call: 'sync', error: 'EIO', when: '25' },
  { call: 'sync', error: 'EIO', when: '25+' },
  { call: 'pwrite64', error: 'ENOSPC', when: '120' },
  { call: 'pwrite64', error: 'ENOSPC', when: '120+' },
  { call: 'pwrite64', error: 'EIO', when: '120+' },
];

export interface DiskCampaign {
  readonly connections: number;
  readonly report: (line: string) => void;
}

/** The write-ahead log is moved into the database after 4,000 rows, each of about one page. */
const CHECKPOINT_BYTES = 8_100 * 4_120;

const CALLS = { sync: 'fsync,fdatasync', pwrite64: 'pwrite64,pwritev' } as const;

/** Runs a program whose calls on some files fail. */
export const injecting = ({ call, error, when }: Omit<DiskFault, 'file'>, paths: readonly string[] = []) => [
  'strace',
  '-f',
  ...paths.flatMap((path) => ['-P', path]),
  '-e',
  `trace=${CALLS[call]}`,
  '-e',
  `inject=${CALLS[call]}:error=${error}:when=${when}`,
  '-e',
  'signal=none',
  '-o',
  '/dev/null',
];

/**
 * Errors of the disk under load. While they last, clients hear that they shall send again, and nothing else; afterwards the platform
 * goes on, in the same process where the fault was passing and in another where it stayed. Nothing is lost, doubled or half done.
 */
export async function runDiskFaults(
  faults: readonly DiskFault[],
  { connections, report }: DiskCampaign,
): Promise<void> {
  for (const fault of faults) {
    const world = await World.make('sqlite');
    const clients = clientsOf(world, connections);
    try {
      const paths = [join(world.folder, fault.file)];
      for (const path of paths) writeFileSync(path, '', { flag: 'a' });
      const struck = await world.join({ runner: injecting(fault, paths) });
      clients.start();
      const lasting = fault.when.endsWith('+');
      const wal = join(world.folder, 'taalil.db-wal');
      if (fault.file.endsWith('.db')) {
        await until('a checkpoint', () => statSync(wal).size > CHECKPOINT_BYTES || undefined, 240_000);
        await pause(1_000);
      } else if (lasting) await pause(6_000);
      else
        await until(`the load beyond ${name(fault)}`, () => clients.times.length > 250 || undefined, 90_000);
      const refused = clients.refusals;
      // A single error may meet what no client waits for: the cursor of a receiver, what is published.
      if (/\D/.test(fault.when) && !fault.file.endsWith('.db'))
        assert.ok(refused > 0, `${name(fault)} was not felt`);
      if (lasting) {
        await struck.kill();
        world.forgetDead();
        await world.join();
        const there = performance.now();
        await until(
          'an answer in another process',
          () => clients.times.find(({ begun }) => begun > there),
          30_000,
        );
      }
      await clients.stop();
      const size = await assertWhole(world, clients, { complete: true });
      assert.deepEqual(clients.strange, [], name(fault));
      report(`sqlite disk ${name(fault)}: ${refused} told to send again, ${size} entries`);
    } finally {
      clients.close();
      await world.remove();
    }
  }
}

export async function runServerFaults(
  faults: readonly Omit<DiskFault, 'file'>[],
  { connections, report }: DiskCampaign,
): Promise<void> {
  const database = await Database.make();
  try {
    for (const fault of faults) {
      const world = await World.make('postgres', database);
      const clients = clientsOf(world, connections);
      try {
        database.signal('SIGINT');
        await database.stopped();
        await database.start([], injecting(fault));
        await world.join();
        clients.start();
        await until('a refusal', () => clients.refusals > 0 || undefined, 60_000);
        await pause(5_000);
        const refused = clients.refusals;
        database.signal('SIGQUIT');
        await database.stopped();
        await database.start();
        const there = performance.now();
        await until('an answer afterwards', () => clients.times.find(({ begun }) => begun > there), 30_000);
        await clients.stop();
        const size = await assertWhole(world, clients, { complete: true });
        assert.deepEqual(clients.strange, [], name(fault));
        report(`postgres disk ${name(fault)}: ${refused} told to send again, ${size} entries`);
      } finally {
        clients.close();
        await world.remove();
      }
    }
  } finally {
    await database.remove();
  }
}

/** Whether this machine lets us mount a file system of our own. */
export function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-mount-'));
  const may = mount(folder, 1);
  if (may) unmount(folder);
  rmSync(folder, { recursive: true });
  return may;
}

const mount = (folder: string, megabytes: number) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0;
const unmount = (folder: string) => spawnSync('umount', ['-l', folder]);

/**
 * A disk that is really full: the store's own folder, or the server's, on a small file system that somebody else's file fills up
 * under load. When there is room again, the same process goes on.
 */
export async function runFullDisk(store: StoreName, { connections, report }: DiskCampaign): Promise<void> {
  const disk = mkdtempSync(join(tmpdir(), 'taalil-full-'));
  assert.ok(mount(disk, store === 'sqlite' ? 64 : 192), 'this machine lets nobody mount');
  let database: Database | undefined;
  let world: World | undefined;
  let clients: Clients | undefined;
  try {
    const inside = join(disk, 'inside');
    mkdirSync(inside, { mode: 0o755 });
    database = store === 'postgres' ? await Database.make(inside) : undefined;
    world = await World.make(store, database, undefined, store === 'sqlite' ? inside : undefined);
    clients = clientsOf(world, connections);
    await world.join();
    clients.start();
    await until('the load', () => (clients as Clients).times.length > 20 || undefined, 30_000);
    const filler = join(disk, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k'], { stdio: 'ignore' });
    await until('a refusal', () => (clients as Clients).refusals > 0 || undefined, 60_000);
    await pause(3_000);
    const refused = clients.refusals;
    const filled = statSync(filler).size;
    rmSync(filler);
    const there = performance.now();
    await until('an answer with room again', () => clients?.times.find(({ begun }) => begun > there), 60_000);
    await clients.stop();
    const size = await assertWhole(world, clients, { complete: true });
    assert.deepEqual(clients.strange, []);
    report(
      `${store} full disk (${filled} bytes of somebody else): ${refused} told to send again, ${size} entries`,
    );
  } finally {
    clients?.close();
    await world?.remove();
    await database?.remove();
    unmount(disk);
    rmSync(disk, { recursive: true, force: true });
  }
}

function clientsOf(world: World, connections: number): Clients {
  return new Clients({
    secret: world.secret,
    log: AUTHORITY_A,
    connections,
    batches: { clients: 1, lines: 10 },
    urls: () => world.urls,
  });
}

const name = (fault: Omit<DiskFault, 'file'> & { readonly file?: string }) =>
  `${fault.file ?? 'server'} ${fault.call} ${fault.error} ${fault.when}`;
