import { systemClock, VirtualClock } from './clock.ts';
import type { Config } from './config.ts';
import { resumeDemonstrationClock } from './demonstration/clock.ts';
import { type OpenPlatform, openPlatform } from './open.ts';
import { storeFacts } from './recover.ts';

/**
 * Opens an existing store for one command, with the kind, the origins and the time that it has, and closes it again. The
 * platform must be stopped: throws `writer-held` otherwise, `store-unavailable` where there is no store.
 */
export async function withPlatform(
  { folder, fence, database, witnesses }: Config,
  authorityId: string,
  act: (platform: OpenPlatform) => Promise<void>,
): Promise<void> {
  const { kind, originPrefix } = await storeFacts({ folder, database, authorityId });
  const virtual = new VirtualClock(Temporal.Now.instant());
  const clock = kind === 'production' ? systemClock : virtual;
  const platform = await openPlatform({ folder, fence, database, witnesses, clock, kind, originPrefix });
  try {
    if (kind === 'demonstration') await resumeDemonstrationClock(platform.store, virtual);
    await act(platform);
  } finally {
    await platform.close();
  }
}
