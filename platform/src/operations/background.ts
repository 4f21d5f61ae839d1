import { forgetFiles } from '../attachments/index.ts';
import type { Context } from '../context.ts';
import { finishErasures } from '../erasure/index.ts';
import { logger } from '../logger.ts';
import { keepMonitoring } from '../monitoring/run.ts';
import { snapshotIfDue } from '../register/snapshots.ts';
import { sweepAll } from '../retention/index.ts';
import { keepDelivering } from '../webhooks/deliver.ts';
import { steadyClock } from './steady.ts';

const HOUR_MS = 3_600_000;
const AGAIN_MS = 300_000;

/** What the writing process does beside answering: co-signatures, daily figures, monitors, webhooks, what is over its time. */
export function startBackground(ctx: Context): { stop(): Promise<void> } {
  const gathering = ctx.ledger.gather();
  const monitor = keepMonitoring(ctx);
  const webhooks = keepDelivering(ctx);
  const steady = steadyClock(ctx.clock);
  const hourly = async () => {
    const believed = steady();
    for (const [what, task] of [
      ['no snapshot', snapshotIfDue],
      ['what is over its time is not taken out', sweepAll],
      ['keys of erased files are still there', finishErasures],
      ['files that were let go of are not gone', forgetFiles],
    ] as const) {
      // What is thrown away does not come back when the clock is set right.
      if (task === sweepAll && !believed) continue;
      await task(ctx).catch((error) => logger.error({ code: error.code ?? error.name }, what));
    }
  };
  void hourly();
  // The first look at the clock has nothing to compare with.
  const again = setTimeout(() => void hourly(), AGAIN_MS);
  const timer = setInterval(() => void hourly(), HOUR_MS);
  return {
    async stop() {
      clearTimeout(again);
      clearInterval(timer);
      await Promise.all([monitor.stop(), webhooks.stop(), gathering?.stop()]);
    },
  };
}
