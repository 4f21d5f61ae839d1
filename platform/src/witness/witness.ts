import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createSigner, generateKey, nodeRuntime, type Signer } from '@taalil/transparency-log/writer';
import { PlatformError } from '../errors.ts';
import { holdWriterLock } from '../ledger/writer-lock.ts';
import { logger } from '../logger.ts';
import { writeSecret } from '../vault/secret-file.ts';
import { keepFork } from './evidence.ts';
import { parseKnownLogs, watchKnownLogs } from './known-logs.ts';
import { openRecords } from './records.ts';
import { witnessServer } from './server.ts';

const KEYS = { 'cosignature/v1': 'witness.key', 'ml-dsa-44': 'witness-ml-dsa.key' } as const;
const LOGS = 'logs';

export interface RunningWitness {
  readonly url: string;
  readonly name: string;
  /** Verifier keys, Ed25519 first. */
  readonly vkeys: readonly string[];
  stop(): Promise<void>;
}

/**
 * Makes a witness: a folder with its key. `mlDsa` adds a second, post-quantum key, which needs a runtime that has the
 * algorithm. Returns the verifier keys, to be published. Throws `conflict` where there is one.
 */
export function makeWitness(folder: string, name: string, { mlDsa = false } = {}): string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(join(folder, KEYS['cosignature/v1']))) {
    throw new PlatformError('conflict', `${folder} holds a witness already.`, { where: folder });
  }
  const types = mlDsa ? (['cosignature/v1', 'ml-dsa-44'] as const) : (['cosignature/v1'] as const);
  const keys = types.map((type) => ({ type, ...generateKey(name, type) }));
  for (const { type, skey } of keys) writeSecret(join(folder, KEYS[type]), `${skey}\n`);
  return keys.map(({ vkey }) => vkey);
}

/** Adds a log to what a witness cosigns; a running one reads it within a second. A line that is there stays alone. */
export function addKnownLog(folder: string, line: string): void {
  const file = join(folder, LOGS);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (before.split('\n').includes(line)) return;
  parseKnownLogs(`${before}${line}\n`);
  appendFileSync(file, `${line}\n`, { mode: 0o600 });
}

function signersOf(folder: string): Signer[] {
  const files = Object.values(KEYS).map((name) => join(folder, name));
  const signers = files
    .filter((file) => existsSync(file))
    .map((file) => createSigner(readFileSync(file, 'utf8')));
  if (signers.length > 0) return signers;
  throw new PlatformError('not-found', `${folder} holds no witness.`, {
    where: folder,
    mend: 'Make one: taalil witness init DIR --name NAME',
  });
}

/**
 * Runs a witness on its folder. Throws `writer-held` when another process runs on it, `not-found` where there is no key,
 * `store-unavailable` when the address cannot be taken.
 */
export async function startWitness(options: {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  /** POSIX seconds; the system's clock unless given. */
  readonly now?: () => number;
}): Promise<RunningWitness> {
  const { folder, host, port } = options;
  const signers = signersOf(folder);
  const lock = holdWriterLock(folder);
  const [first] = signers as [Signer, ...Signer[]];
  const vkeys = signers.map(({ vkey }) => vkey);
  try {
    const server = witnessServer({
      name: first.key.name,
      vkeys,
      logs: watchKnownLogs(join(folder, LOGS), (error) =>
        logger.error({ err: error }, 'the list of logs has a fault'),
      ),
      cosigners: signers,
      store: openRecords(join(folder, 'records')),
      now: options.now ?? (() => Math.floor(Date.now() / 1_000)),
      runtime: nodeRuntime,
      onFork(origin, note, recorded) {
        const file = keepFork(folder, note, recorded);
        if (file !== undefined) logger.error({ origin, file }, 'a log has signed two trees of one size');
        else logger.warn({ origin }, 'a signed checkpoint came without a proof that holds');
      },
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause: NodeJS.ErrnoException) => {
        reject(
          new PlatformError(
            'store-unavailable',
            `The address ${host}:${port} cannot be used (${cause.code}).`,
            {
              where: '--port',
              mend: 'Stop what runs there, or choose another.',
              cause,
            },
          ),
        );
      });
      server.listen(port, host, resolve);
    });
    const shown = host.includes(':') ? `[${host}]` : host;
    return {
      url: `http://${shown}:${(server.address() as AddressInfo).port}`,
      name: first.key.name,
      vkeys,
      stop: () =>
        new Promise((resolve) => {
          server.close(() => {
            lock.release();
            resolve();
          });
          server.closeAllConnections();
        }),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
