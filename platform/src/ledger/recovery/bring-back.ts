import { identify, readState } from '../identity.ts';
import type { Known } from './known-heads.ts';
import { CannotRebuild, rebuild } from './rebuild.ts';
import { type RecoverParts, writeState } from './recover.ts';

/**
 * Before a log is closed: brings its entries back as far as a mirror has them, so that what was published of it is shown
 * again, and no reader sees it shrink. Signs no new tree. Where no mirror fits, nothing is changed.
 */
export async function bringBack(parts: RecoverParts, authorityId: string, known: Known): Promise<void> {
  const { store, onEntries } = parts;
  const who = await identify(parts, authorityId);
  const { logId } = who.place;
  for (const mirror of known.mirrors) {
    const { head } = mirror;
    if (head.size <= ((await readState(store, logId))?.size ?? 0)) return;
    const heads = known.heads.filter(({ size }) => size <= head.size);
    const options = { store, logId, heads, size: head.size, mirror, onEntries };
    try {
      await rebuild(options, false);
      await rebuild(options, true);
      return await writeState(parts, who, head);
    } catch (error) {
      if (!(error instanceof CannotRebuild)) throw error;
    }
  }
}
