import { PlatformError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SealChannel } from './seal-channel.ts';

/** A ledger that rooms keep while the process becomes the writer, or ceases to be it. */
export interface SwitchableLedger extends Ledger {
  use(ledger: Ledger, maySeal: boolean): void;
}

/**
 * Only the writer seals: elsewhere portable units go to it by `elsewhere`, and anything else that makes or changes a log rejects
 * with `writer-held`.
 */
export function switchableLedger(first: Ledger, elsewhere: Pick<SealChannel, 'seal'>): SwitchableLedger {
  let now = first;
  let maySeal = false;
  const sealing = (): Ledger => {
    if (maySeal) return now;
    throw new PlatformError('writer-held', 'Another process writes for this platform.', {
      mend: 'Send the request again.',
      retryAfter: 1,
    });
  };
  return {
    use(ledger, may) {
      now = ledger;
      maySeal = may;
    },
    async seal(authorityId, unit) {
      const { portable } = unit;
      if (maySeal || portable === undefined) return sealing().seal(authorityId, unit);
      return elsewhere.seal(authorityId, { ...unit, portable });
    },
    open: async (authorityId) => sealing().open(authorityId),
    intervalsChanged: async (authorityId) => sealing().intervalsChanged(authorityId),
    vkey: (authorityId) => now.vkey(authorityId),
    vkeys: (authorityId) => now.vkeys(authorityId),
    origin: (authorityId) => now.origin(authorityId),
    checkpoint: (authorityId) => now.checkpoint(authorityId),
    published: (logId) => now.published(logId),
    proof: (authorityId, index) => now.proof(authorityId, index),
    entry: (authorityId, index) => now.entry(authorityId, index),
    witnessed: (...asked) => now.witnessed(...asked),
    witnesses: (...asked) => now.witnesses(...asked),
    gather: (options) => (maySeal ? now.gather(options) : undefined),
    end: (why) => now.end(why),
    stop: (authorityId, why) => now.stop(authorityId, why),
    drain: () => now.drain(),
    close: () => now.close(),
  };
}
