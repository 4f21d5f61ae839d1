import { PlatformError } from '../errors.ts';
import { holdWriterLock } from '../ledger/writer-lock.ts';
import type { WriterPlace } from '../store/index.ts';

/** The writer's place of an embedded store: a lock of the operating system on its data folder, which no one can lose. */
export function folderPlace(folder: string): WriterPlace {
  let lock: { release(): void } | undefined;
  return {
    async take() {
      try {
        lock ??= holdWriterLock(folder);
        return true;
      } catch (error) {
        if (error instanceof PlatformError && error.code === 'writer-held') return false;
        throw error;
      }
    },
    async release() {
      lock?.release();
      lock = undefined;
    },
  };
}
