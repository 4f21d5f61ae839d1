import { type Binding, bindingOf } from '../conformity/binding.ts';
import type { Context } from '../context.ts';
import { loadLive, type PublishedSystem } from '../register/systems.ts';
import { type Standing, standingOf } from '../withholding/standing.ts';

/** A system as it decides now. What of it can change is compared again inside the sealing transaction. */
export interface DecidingNow {
  readonly system: PublishedSystem;
  /** Level of its approved assessment and jurist's answers. */
  readonly binding: Binding;
  readonly standing: Standing;
}

const reads = new WeakMap<Context['store'], Map<string, Promise<DecidingNow>>>();

/** Read once for all requests that one turn of the event loop brings. Throws unless the system may decide (I2, I11). */
export function decidingNow(
  { store }: Pick<Context, 'store'>,
  authorityId: string,
  systemId: string,
): Promise<DecidingNow> {
  let turn = reads.get(store);
  if (turn === undefined) {
    turn = new Map();
    reads.set(store, turn);
    setImmediate(() => reads.delete(store));
  }
  const key = `${authorityId}/${systemId}`;
  let read = turn.get(key);
  if (read === undefined) {
    read = readNow(store, authorityId, systemId);
    turn.set(key, read);
  }
  return read;
}

async function readNow(store: Context['store'], authorityId: string, systemId: string): Promise<DecidingNow> {
  const system = await loadLive(store, authorityId, systemId);
  const [binding, standing] = await Promise.all([bindingOf(store, system), standingOf(store, system)]);
  return { system, binding, standing };
}
