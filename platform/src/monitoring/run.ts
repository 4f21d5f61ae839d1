import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { logger } from '../logger.ts';
import { authorities } from '../register/authorities.ts';
import { catchUp, type Step } from './aggregate.ts';
import { raiseAlerts } from './alerts.ts';
import { lookAtClosedMonths } from './looks.ts';
import { watched, watchedSystems } from './plan.ts';

export interface MonitorRun {
  readonly authorityId: string;
  readonly systemId: string;
  readonly step: Step;
  readonly looks: number;
  readonly alerts: number;
}

/**
 * Follows the feed of every watched system of an authority to its end, looks at the months that are over, and raises
 * alerts. Cheap when nothing happened; safe to run at any time, again, and beside another run.
 */
export async function runMonitor(ctx: Context, authorityId: string): Promise<readonly MonitorRun[]> {
  const runs: MonitorRun[] = [];
  for (const systemId of await watchedSystems(ctx.store.read, authorityId)) {
    const system = await watched(ctx, authorityId, systemId);
    if (system === undefined) continue;
    const step = await catchUp(ctx, system);
    const looks = step === 'current' ? await lookAtClosedMonths(ctx, system) : [];
    const alerts =
      looks.length > 0 || isFirstRun(ctx, authorityId, systemId) ? await raisedAlerts(ctx, system) : 0;
    runs.push({ authorityId, systemId, step, looks: looks.length, alerts });
  }
  return runs;
}

/** Runs the monitor of every authority of this platform; call it at start and every few minutes. */
export async function runMonitors(ctx: Context): Promise<readonly MonitorRun[]> {
  const runs: MonitorRun[] = [];
  for (const authorityId of authorities(ctx).keys()) runs.push(...(await runMonitor(ctx, authorityId)));
  return runs;
}

const PAUSE = 60_000;

/** Runs the monitors now and again and again, one run at a time; `stop` lets the present one end. */
export function keepMonitoring(ctx: Context): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let run = Promise.resolve();
  const next = () => {
    run = runMonitors(ctx)
      .then(() => undefined)
      .catch((error) => logger.error({ code: error.code ?? error.name }, 'the monitor did not run'))
      .then(() => {
        if (!stopped) timer = setTimeout(next, PAUSE);
      });
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      return run;
    },
  };
}

const ran = new WeakMap<Context['store'], Set<string>>();

/** A process that died between a look and its alerts left them to the first run of the next one. */
function isFirstRun({ store }: Context, authorityId: string, systemId: string): boolean {
  const known = ran.get(store) ?? new Set();
  ran.set(store, known);
  const key = `${authorityId}/${systemId}`;
  const first = !known.has(key);
  known.add(key);
  return first;
}

/** Another run may have opened the same alert a moment ago: then there is nothing to do. */
async function raisedAlerts(ctx: Context, system: Parameters<typeof raiseAlerts>[1]): Promise<number> {
  try {
    return (await raiseAlerts(ctx, system)).length;
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'conflict') return 0;
    throw error;
  }
}
