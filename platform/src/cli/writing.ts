import { systemClock } from '../clock.ts';
import { readProductionConfig } from '../config.ts';
import { PlatformError } from '../errors.ts';
import { type OpenPlatform, openPlatform } from '../open.ts';
import { authorities } from '../register/authorities.ts';

/** Opens the platform of the environment for one command. It must be stopped. */
export async function writing(act: (platform: OpenPlatform) => Promise<void>): Promise<void> {
  const { folder, fence, database, witnesses, originPrefix } = readProductionConfig(process.env);
  const platform = await openPlatform({
    folder,
    fence,
    database,
    witnesses,
    originPrefix,
    clock: systemClock,
    kind: 'production',
  });
  try {
    await act(platform);
  } finally {
    await platform.close();
  }
}

export function assertAuthority(platform: OpenPlatform, id: string): void {
  if (authorities(platform).has(id)) return;
  throw new PlatformError('not-found', `There is no authority ${id}.`, {
    mend: `Known: ${[...authorities(platform).keys()].join(', ') || 'none yet; add one with taalil authority add'}.`,
  });
}

export function wrong(where: string, mend: string): PlatformError {
  return new PlatformError('invalid-request', `${where} is not valid.`, { where, mend });
}
