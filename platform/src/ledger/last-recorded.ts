import { type Clock, recordedUntil } from '../clock.ts';
import { type Store, typed } from '../store/index.ts';
import type { LedgerTables } from './tables.ts';

/**
 * Tells a clock until when the logs of a store reach: what is recorded from now on is not before that. `TAALIL_CLOCK=accept`, said
 * by an operator whose clock was wrong and is right now, leaves it as it is.
 */
export async function rememberLastRecorded(
  store: Pick<Store, 'read' | 'lookup'>,
  clock: Clock,
): Promise<void> {
  if (process.env.TAALIL_CLOCK === 'accept') return;
  const logs = await typed<LedgerTables>(store.read)
    .selectFrom('log_state')
    .select(['authority_id', 'size'])
    .where('size', '>', 0)
    .execute();
  for (const { authority_id, size } of logs) {
    const last = await store.lookup('log_checkpoints', { authority_id, size });
    if (last !== undefined) recordedUntil(clock, String(last.at));
  }
}
