import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Ledger } from '../ledger/ledger.ts';
import type { Together } from '../ledger/sequencer.ts';
import { logger } from '../logger.ts';
import { unitOf } from '../portable-units.ts';
import type { Keyring } from '../vault/keyring.ts';
import { Frames } from './frames.ts';
import { perTurn, refusedOutcome, type SealJob, type SealOutcome } from './seal-messages.ts';

/** What an address of a local socket may have at most on every system. */
const ADDRESS_MOST = 100;

export interface SealServer {
  /** The local socket; undefined where the data folder's path is too long for one. Then requests are passed on whole. */
  readonly address: string | undefined;
  close(): Promise<void>;
}

/** The writer's end: seals what other processes of this platform have prepared. */
export async function startSealServer(
  folder: string,
  keyring: Pick<Keyring, 'sessionMac'>,
  ledger: Ledger,
): Promise<SealServer> {
  const address = join(folder, `writer-${process.pid}.sock`);
  if (Buffer.byteLength(address) > ADDRESS_MOST) return { address: undefined, close: async () => {} };
  rmSync(address, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', (error) => logger.warn({ code: error.name }, 'connection of another process'));
    const answer = perTurn<SealOutcome>((outcomes) => frames.send(outcomes));
    const frames = new Frames(socket, keyring, 'writer', (value) => {
      for (const job of value as readonly SealJob[]) seal(ledger, job, answer);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return {
    address,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      rmSync(address, { force: true });
    },
  };
}

function seal(ledger: Ledger, job: SealJob, answer: (outcome: SealOutcome) => void): void {
  const abort = new AbortController();
  const together: Together | undefined = job.together
    ? { size: job.units.length, signal: abort.signal }
    : undefined;
  for (const { id, unit } of job.units) {
    ledger.seal(job.authorityId, { ...unitOf(unit), together }).then(
      (sealed) => answer({ id, sealed }),
      (error) => answer(refusedOutcome(id, error)),
    );
  }
}
