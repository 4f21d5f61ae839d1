import type { Clock } from '../../clock.ts';
import { PlatformError } from '../../errors.ts';
import { logger } from '../../logger.ts';
import { type Store, typed } from '../../store/index.ts';
import type { Head } from '../fence.ts';
import type { PublishedHead } from '../publication.ts';
import type { LedgerTables } from '../tables.ts';
import { askWitnesses, assertExtends, type LogName } from './against-witnesses.ts';
import { askedWitnesses } from './ask.ts';
import { Gathering } from './gather.ts';
import type { WitnessSetup } from './setup.ts';

export interface WitnessingParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly setup: WitnessSetup;
  published(logId: string): Promise<PublishedHead | undefined>;
  nameOf(logId: string): Promise<LogName>;
  stop(logId: string, why: PlatformError): Promise<void>;
}

export interface GatherOptions {
  /** How often the published head is looked at; C2SP logs are witnessed every second or two. */
  readonly everyMs?: number;
  readonly timeoutMs?: number;
  readonly pauseMostMs?: number;
}

export interface RunningGathering {
  /** Asks nobody more, and waits for the answers that are still due. */
  stop(): Promise<void>;
}

const EVERY_MS = 1_000;
const START_TIMEOUT_MS = 2_000;

/** Shows the published head of every open log to its witnesses, about once a second, until it is stopped. */
export function gatherAll(parts: WitnessingParts, options: GatherOptions = {}): RunningGathering {
  const { everyMs = EVERY_MS, ...limits } = options;
  const gatherings = new Map<string, Gathering>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let turn: Promise<void> = Promise.resolve();

  async function once(): Promise<void> {
    for (const logId of await openLogs(parts.store)) {
      const head = await parts.published(logId);
      if (head === undefined) continue;
      const gathering = gatherings.get(logId) ?? (await begin(logId));
      gatherings.set(logId, gathering);
      const note = await bareCheckpoint(parts.store, logId, head.size);
      if (note !== undefined) gathering.show(head.size, note);
    }
  }

  async function begin(logId: string): Promise<Gathering> {
    const log = await parts.nameOf(logId);
    return new Gathering({
      ...parts,
      ...limits,
      log,
      async onDoubt(witness) {
        const { heads } = await askWitnesses([witness], log, limits.timeoutMs ?? START_TIMEOUT_MS);
        const head = await signedHead(parts.store, logId);
        await assertExtends(parts.store, logId, head, heads).catch(async (why) => {
          logger.error({ log: logId, witness: witness.name }, 'a witness shows that this log was set back');
          if (why instanceof PlatformError) await parts.stop(logId, why);
        });
      },
    });
  }

  const run = () => {
    turn = once().catch((error) => logger.error({ code: error?.code ?? error?.name }, 'no checkpoint shown'));
    void turn.then(() => {
      if (!stopped) timer = setTimeout(run, everyMs).unref();
    });
  };
  run();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
      await Promise.all([...gatherings.values()].map((one) => one.settled()));
    },
  };
}

/**
 * Before a log is opened for signing: asks the witnesses what they have seen of it. Throws `fenced` when the store does not
 * hold it. Those that cannot be reached in two seconds are passed over: the fence still stands.
 */
export async function askBeforeSigning(
  store: Store,
  setup: WitnessSetup | undefined,
  log: LogName,
  head: Head,
): Promise<void> {
  if (setup === undefined) return;
  const { heads, silent } = await askWitnesses(askedWitnesses(setup), log, START_TIMEOUT_MS);
  if (silent.length > 0) logger.warn({ log: log.logId, silent }, 'not all witnesses could be asked');
  await assertExtends(store, log.logId, head, heads);
}

async function openLogs(store: Store): Promise<string[]> {
  const rows = await typed<LedgerTables>(store.read)
    .selectFrom('log_state')
    .select('authority_id')
    .where('size', '>', 0)
    .where('closed_at', 'is', null)
    .execute();
  return rows.map((row) => row.authority_id);
}

async function bareCheckpoint(store: Store, logId: string, size: number): Promise<string | undefined> {
  const row = await store.lookup('log_checkpoints', { authority_id: logId, size });
  return row?.note as string | undefined;
}

async function signedHead(store: Store, logId: string): Promise<Head> {
  const row = await store.lookup('log_state', { authority_id: logId });
  return { size: Number(row?.size ?? 0), root: row?.root as Uint8Array };
}
