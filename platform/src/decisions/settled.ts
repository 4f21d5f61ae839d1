import { PlatformError } from '../errors.ts';

/** A writer that dies is followed within a few seconds. */
const PATIENCE_MS = 8_000;
const PAUSE_MS = 200;

/**
 * Runs something that is safe to run again until it settles: between admission and the commit a new version was published,
 * another level approved, or a repeat was sealed; or the process that writes has gone, and what it did is not known.
 */
export async function untilSettled<T>(run: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const code = error instanceof PlatformError ? error.code : undefined;
      if (code === 'writer-held' && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      } else if (code !== 'stale-version' && code !== 'conflict') throw error;
    }
  }
}
