import { parentPort, workerData } from 'node:worker_threads';
import { largestGap } from '../forest/additivity.ts';
import { makeEngine } from '../forest/engine.ts';
import { makeRanker } from '../forest/ranks.ts';
import { type Done, type Job, PART, type Prepared } from './shared.ts';

const { forest, plan } = workerData as Prepared;
const engine = makeEngine(forest, makeRanker(forest), plan);

parentPort?.on('message', (job: Job) => {
  let done: Done;
  try {
    done = { additivity: work(job) };
  } catch (error) {
    done = { failure: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(done);
});

function work({ data, count, values, margin, bias, next }: Job): number {
  const { features, outputs } = forest;
  const size = features * outputs;
  let additivity = 0;
  for (let first = Atomics.add(next, 0, 1) * PART; first < count; first = Atomics.add(next, 0, 1) * PART) {
    const rows = Math.min(PART, count - first);
    const part = { data: data.subarray(first * features, (first + rows) * features), count: rows };
    const own = values.subarray(first * size, (first + rows) * size);
    const found = engine.explain(part, own);
    margin.set(found.own, first * outputs);
    additivity = Math.max(additivity, largestGap(own, bias, found.exact, features));
  }
  return additivity;
}
