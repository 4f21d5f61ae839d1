import { parseArgs } from 'node:util';
import { mayCutCables, runBlackHole } from './blackhole.ts';
import { runClockJumps } from './clock.ts';
import { Database } from './database.ts';
import { DISK_FAULTS, mayMount, runDiskFaults, runFullDisk, runServerFaults, SERVER_FAULTS } from './disk.ts';
import { assertDurableBeforeTold } from './durability.ts';
import { assertFailedCommitStaysSo } from './failed-commit.ts';
import { runHangs } from './hang.ts';
import { kills, runKills } from './kills.ts';
import { NETWORK_CUTS, runNetworkCuts } from './network.ts';
import { runSuspensions } from './suspension.ts';
import type { StoreName } from './world.ts';

/**
 * The whole campaign of faults, for a machine with `strace`:
 *
 *     npm run campaign:faults -- [--only kills|trace|disk|crash|clock|suspension|full|cable|hang|network] [--store sqlite|postgres] [--connections 200]
 *       [--points WORD] [--within 5000]
 *
 * `--points` keeps the faults whose name contains the word; `--within` is how soon another process must go on, in milliseconds.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    store: { type: 'string' },
    connections: { type: 'string', default: '200' },
    within: { type: 'string', default: '5000' },
    points: { type: 'string', default: '' },
  },
});
const connections = Number(values.connections);
const stores: readonly StoreName[] =
  values.store === undefined ? ['sqlite', 'postgres'] : [values.store as StoreName];
const report = (line: string) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
const wanted = <T>(all: readonly T[]) =>
  all.filter((one) =>
    Object.values(one as object)
      .join(' ')
      .includes(values.points),
  );

/** The parts of the campaign by name. */
const PARTS: Readonly<Record<string, (store: StoreName) => Promise<void>>> = {
  async kills(store) {
    const database = store === 'postgres' ? await Database.make() : undefined;
    const withinMs = Number(values.within);
    const outcome = await runKills({
      store,
      connections,
      kills: wanted(kills(store)),
      database,
      withinMs,
      report,
    });
    report(`${store} kills: ${JSON.stringify(outcome)}`);
    await database?.remove();
  },
  async trace(store) {
    const durable = await assertDurableBeforeTold(store, { posts: 100, batches: 5, lines: 200 });
    report(`${store} trace: on the disk before it was told: ${JSON.stringify(durable)}`);
  },
  async disk(store) {
    if (store === 'sqlite') await runDiskFaults(wanted(DISK_FAULTS), { connections, report });
    else await runServerFaults(wanted(SERVER_FAULTS), { connections, report });
  },
  async crash(store) {
    if (store === 'sqlite') await assertFailedCommitStaysSo();
    if (store === 'sqlite') report('sqlite crash: a commit whose sync failed did not come back');
  },
  async clock(store) {
    const database = store === 'postgres' ? await Database.make() : undefined;
    await runClockJumps(store, database, { connections, withinMs: Number(values.within), report });
    await database?.remove();
  },
  async suspension(store) {
    const database = store === 'postgres' ? await Database.make() : undefined;
    const found = await runSuspensions(store, database, { systems: 100, connections, seed: 'campaign' });
    report(`${store} suspension: none stands after it: ${JSON.stringify(found)}`);
    await database?.remove();
  },
  async full(store) {
    if (mayMount()) await runFullDisk(store, { connections, report });
    else
      report(
        `${store} full disk: not run, this machine lets nobody mount; see faults.slow.ts for a limit of file sizes`,
      );
  },
  async cable(store) {
    if (store === 'sqlite') return;
    if (mayCutCables()) await runBlackHole({ connections, report });
    else report('postgres black hole: not run, this machine lets nobody make a network');
  },
  async hang(store) {
    if (store === 'sqlite') return;
    const database = await Database.make();
    await runHangs(database, { connections, report });
    await database.remove();
  },
  async network(store) {
    if (store === 'sqlite') return;
    const database = await Database.make();
    await runNetworkCuts({ database, connections, cuts: wanted(NETWORK_CUTS), report });
    await database.remove();
  },
};

let failed = 0;
for (const store of stores) {
  for (const [part, run] of Object.entries(PARTS)) {
    if (values.only !== undefined && values.only !== part) continue;
    await run(store).catch((error) => {
      failed += 1;
      report(`${store} ${part} FAILED: ${error.stack}`);
    });
  }
}
process.exit(failed === 0 ? 0 : 1);
