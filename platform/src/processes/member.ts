import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { finishErasures } from '../erasure/destroy.ts';
import { PlatformError } from '../errors.ts';
import { reach } from '../fault-points.ts';
import { rememberLastRecorded } from '../ledger/last-recorded.ts';
import { openLedger } from '../ledger/ledger.ts';
import { logger } from '../logger.ts';
import { assertKind, ledgerConfig, type OpenOptions } from '../open.ts';
import { assertMigrated } from '../open-reader.ts';
import { loadAuthorities } from '../register/authorities.ts';
import { migrations } from '../rooms.ts';
import {
  migrate,
  openPostgres,
  openSqlite,
  type Store,
  setStoreFact,
  storeFact,
  type WriterPlace,
} from '../store/index.ts';
import { openVault } from '../vault/vault.ts';
import { folderPlace } from './folder-place.ts';
import { SealChannel } from './seal-channel.ts';
import { type SealServer, startSealServer } from './seal-server.ts';
import { switchableLedger } from './switchable-ledger.ts';

/** A writer that dies is followed after this long at most, and what following takes (about a second). */
const ASK_EVERY_MS = 500;
const AUTHORITIES_EVERY_MS = 5_000;
const WRITER_FACT = 'writer';
/** Where the writer seals what others have prepared; empty where it does not. */
const SEALS_FACT = 'writer-seals';

/** One of several processes that serve the same platform. Exactly one of them writes. */
export interface Member {
  readonly context: Context;
  readonly writes: boolean;
  /** Says under which address the other processes reach this one. */
  announce(url: string): Promise<void>;
  /** The address that it was announced under. */
  readonly url: string | undefined;
  /** The address of the process that writes, as far as it is known. */
  writerUrl(): Promise<string | undefined>;
  /** Whether what is portable can be sealed from here. */
  canSeal(): Promise<boolean>;
  /** Runs something as long as this process is the writer: `start` is called at every promotion, its result at the end. */
  whileWriter(start: () => () => Promise<void>): void;
  close(): Promise<void>;
}

export interface MemberOptions extends OpenOptions, Pick<Context, 'http' | 'outgoing' | 'identity'> {}

/**
 * Joins the processes of a platform, as its writer where the place is free. A process that loses its place, or whose writer dies,
 * changes its role by itself. Throws `store-unavailable` where another version wrote the store and another process holds the place.
 */
export async function joinPlatform(options: MemberOptions): Promise<Member> {
  const { folder, clock, kind, database, http, outgoing, identity } = options;
  const config = ledgerConfig(options);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { store, place } = await openShared(folder, database);
  const vault = openVault(folder);
  const reading = openLedger(store, vault, clock, config);
  const channel = new SealChannel(vault.keyring, () => storeFact(store, SEALS_FACT));
  const ledger = switchableLedger(reading, channel);
  let writing: ReturnType<typeof openLedger> | undefined;
  let seals: SealServer | undefined;
  let url: string | undefined;
  let closed = false;
  let changing: Promise<unknown> = Promise.resolve();
  const starts: (() => () => Promise<void>)[] = [];
  let stops: (() => Promise<void>)[] = [];

  async function promote(): Promise<void> {
    if (closed || writing !== undefined) return;
    const lost = () => {
      writing?.end(placeLost());
      void change(demote);
    };
    if (!(await place.take(lost))) return;
    try {
      reach('place-taken');
      await migrate(store, migrations, kind);
      await assertKind({ store, folder, kind, clock });
      await finishErasures({ store, vault, clock, fence: config.fenceFolder });
      await loadAuthorities({ store });
      await rememberLastRecorded(store, clock);
      writing = openLedger(store, vault, clock, config);
      ledger.use(writing, true);
      channel.close();
      seals = await startSealServer(folder, vault.keyring, writing);
      await setStoreFact(store, SEALS_FACT, seals.address ?? '');
      reach('writer-ready');
      if (url !== undefined) await setStoreFact(store, WRITER_FACT, url);
      stops = starts.map((start) => start());
    } catch (error) {
      await demote();
      throw error;
    }
  }

  async function demote(): Promise<void> {
    ledger.use(reading, false);
    const ending = stops;
    stops = [];
    await Promise.all(ending.map((stop) => stop().catch(() => undefined)));
    await seals?.close();
    seals = undefined;
    const ended = writing;
    writing = undefined;
    await ended?.close().catch(() => undefined);
    await place.release();
  }

  /** Changes of role run one after another. */
  function change(to: () => Promise<void>): Promise<void> {
    const done = changing.then(to);
    changing = done.catch((error) => logger.error({ code: (error as PlatformError).code }, 'change of role'));
    return done;
  }

  try {
    await change(promote);
    if (writing === undefined) await assertMigrated(store, database === undefined ? folder : 'DATABASE_URL');
    await assertKind({ store, folder, kind, clock });
    await loadAuthorities({ store });
    await rememberLastRecorded(store, clock);
  } catch (error) {
    await demote();
    vault.close();
    await store.close();
    throw error;
  }
  const asking = setInterval(() => {
    if (writing === undefined) void change(promote).catch(() => undefined);
  }, ASK_EVERY_MS);
  const reloading = setInterval(() => {
    if (writing === undefined) loadAuthorities({ store }).catch(() => undefined);
  }, AUTHORITIES_EVERY_MS);

  return {
    context: {
      folder,
      fence: config.fenceFolder,
      store,
      vault,
      ledger,
      clock,
      kind,
      http,
      outgoing,
      identity,
    },
    get writes() {
      return writing !== undefined;
    },
    get url() {
      return url;
    },
    async announce(address) {
      url = address;
      if (writing !== undefined) await setStoreFact(store, WRITER_FACT, address);
    },
    writerUrl: () => storeFact(store, WRITER_FACT),
    canSeal: async () => writing !== undefined || (await channel.reaches()),
    whileWriter(start) {
      starts.push(start);
      if (writing !== undefined) stops.push(start());
    },
    async close() {
      closed = true;
      clearInterval(asking);
      clearInterval(reloading);
      await changing;
      await demote();
      channel.close();
      await reading.close();
      await store.close();
      vault.close();
    },
  };
}

async function openShared(
  folder: string,
  database: string | undefined,
): Promise<{ store: Store; place: WriterPlace }> {
  if (database === undefined) {
    return { store: openSqlite(join(folder, 'taalil.db')), place: folderPlace(folder) };
  }
  const store = await openPostgres(database, { writer: false });
  return { store, place: store.place };
}

function placeLost(): PlatformError {
  return new PlatformError('writer-held', 'This process has just lost the place of the writer.', {
    mend: 'Send the request again.',
    retryAfter: 1,
  });
}
