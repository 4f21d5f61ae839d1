import { parseArgs } from 'node:util';
import { Database } from './database.ts';
import { kills, runKills } from './kills.ts';
import { NETWORK_CUTS, runNetworkCuts } from './network.ts';
import type { StoreName } from './world.ts';

/**
 * The whole campaign of faults: `npm run campaign:faults -- [--only kills] [--store sqlite|postgres] [--connections 200]
 * [--points WORD]`.
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
const stores: readonly StoreName[] =
  values.store === undefined ? ['sqlite', 'postgres'] : [values.store as StoreName];
const report = (line: string) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
const wants = (what: string) => values.only === undefined || values.only === what;

for (const store of stores) {
  const database = store === 'postgres' ? await Database.make() : undefined;
  try {
    if (wants('kills')) {
      const wanted = kills(store).filter(({ point, strike }) => `${point} ${strike}`.includes(values.points));
      const outcome = await runKills({
        store,
        connections: Number(values.connections),
        kills: wanted,
        withinMs: Number(values.within),
        database,
        report,
      });
      report(`${store} kills: ${JSON.stringify(outcome)}`);
    }
    if (wants('network') && database !== undefined) {
      const cuts = NETWORK_CUTS.filter(({ cut }) => cut.includes(values.points));
      await runNetworkCuts({ database, connections: Number(values.connections), cuts, report });
    }
  } finally {
    await database?.remove();
  }
}
process.exit(0);
