import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '../errors.ts';

/** Folder, in a data folder, of what is being restored and not all there yet. */
export const RESTORING = 'restoring';

/** Throws `store-unavailable` for a data folder whose restoring was cut off: what is there may not belong together. */
export function assertRestored(folder: string): void {
  if (!existsSync(join(folder, RESTORING))) return;
  throw new PlatformError('store-unavailable', 'Restoring this data folder was cut off.', {
    where: join(folder, RESTORING),
    mend: 'Run `taalil restore` once more, with the same arguments: it goes on where it stopped.',
  });
}
