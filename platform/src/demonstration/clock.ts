import type { VirtualClock } from '../clock.ts';
import { type Store, setStoreFact, storeFact } from '../store/index.ts';

interface Origin {
  /** Where the demonstration's time stood when its world was finished. */
  readonly virtual: string;
  /** The real instant at which that was. */
  readonly real: string;
}

const FACT = 'demonstration-clock';

/** From now on the demonstration's time follows real time, from where it stands; restarts go on from there. */
export async function startDemonstrationClock(store: Store, clock: VirtualClock): Promise<void> {
  const origin: Origin = { virtual: clock.now().toString(), real: Temporal.Now.instant().toString() };
  await setStoreFact(store, FACT, JSON.stringify(origin));
  clock.run();
}

/** Sets the clock of a finished demonstration. False when the world was never finished. */
export async function resumeDemonstrationClock(store: Store, clock: VirtualClock): Promise<boolean> {
  const stored = await storeFact(store, FACT);
  if (stored === undefined) return false;
  const { virtual, real } = JSON.parse(stored) as Origin;
  const elapsed = Temporal.Now.instant().since(Temporal.Instant.from(real));
  clock.moveTo(Temporal.Instant.from(virtual).add(elapsed));
  clock.run();
  return true;
}
