import { Acknowledged } from './decisions/acknowledged.ts';
import { runLoad } from './decisions/load.ts';
import { singlePosts } from './decisions/requests.ts';
import { type StoreKind, startServing } from './decisions/serving.ts';
import { workloads } from './decisions/workload.ts';

/**
 * Many writers at once, then the whole store held against what was acknowledged.
 *
 * `npm run bench:million [-- DECISIONS [sqlite|postgres [WRITERS [PROCESSES]]]]`: a million, SQLite, 200 writers, 2 processes. One
 * request in fifty is asked again at once, on another connection and often of another process, under the same key.
 */
const [decisions = '1000000', store = 'sqlite', writers = '200', processes = '2'] = process.argv.slice(2);
const AGAIN_EVERY = 50;
const requests = Math.floor((Number(decisions) * (AGAIN_EVERY + 1)) / AGAIN_EVERY);
/** Which decision a request asks for: every 51st the one before. */
const asked = (n: number) => n - (n % (AGAIN_EVERY + 1) === AGAIN_EVERY ? 1 : 0);
const keyOf = (n: number) => `million-${String(asked(n)).padStart(9, '0')}`;

const workload = workloads.scorecard();
const serving = await startServing('scorecard', store as StoreKind, Number(processes));
try {
  const acknowledged = new Acknowledged();
  const post = singlePosts(workload, serving.secret);
  let told = 0;
  const load = await runLoad({
    host: '127.0.0.1',
    ports: serving.ports,
    connections: Number(writers),
    requests,
    request: (n) => post(keyOf(n), asked(n)),
    answered(n, answer) {
      acknowledged.take(keyOf(n), answer);
      if (acknowledged.count - told < 100_000) return;
      told = acknowledged.count;
      console.log(`${told} acknowledged`);
    },
  });
  console.log(
    `${store}: ${acknowledged.count} decisions acknowledged to ${writers} writers by ${processes} processes, ${acknowledged.repeats} asked again; ${Math.round(load.perSecond)}/s, p50 ${load.p50.toFixed(0)} ms, p99 ${load.p99.toFixed(0)} ms`,
  );
  await serving.stop();
  const before = process.cpuUsage();
  await acknowledged.prove(serving, workload.authorityId);
  const { user, system } = process.cpuUsage(before);
  console.log(
    `every one is in the store once, and the log is complete (${((user + system) / 1e6).toFixed(0)} s of processor time to show)`,
  );
} finally {
  await serving.remove();
}
