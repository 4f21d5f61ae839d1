import { connect, type Socket } from 'node:net';
import { PlatformError } from '../errors.ts';
import { Gathering } from '../ledger/gathering.ts';
import type { PortableUnit, Sealed, SealUnit } from '../ledger/sequencer.ts';
import type { Keyring } from '../vault/keyring.ts';
import { Frames } from './frames.ts';
import { perTurn, type SealJob, type SealOutcome } from './seal-messages.ts';

interface Waiting {
  readonly id: number;
  readonly unit: PortableUnit;
  resolve(sealed: Sealed): void;
  reject(error: unknown): void;
}

interface Connection {
  readonly socket: Socket;
  readonly waiting: Map<number, Waiting>;
  push(job: SealJob): void;
}

/** The other end of the writer's `SealServer`. `addressOf` says where it is, as far as it is known. */
export class SealChannel {
  readonly #keyring: Pick<Keyring, 'sessionMac'>;
  readonly #addressOf: () => Promise<string | undefined>;
  readonly #gathering = new Gathering<Waiting>();
  #connecting: Promise<Connection> | undefined;
  #next = 0;

  constructor(keyring: Pick<Keyring, 'sessionMac'>, addressOf: () => Promise<string | undefined>) {
    this.#keyring = keyring;
    this.#addressOf = addressOf;
  }

  /** Whether the writer can be reached so. */
  async reaches(): Promise<boolean> {
    return this.#connection().then(
      () => true,
      () => false,
    );
  }

  /**
   * Lets the writer seal a portable unit. Rejects with what the writer refused it for, and with `writer-held` when the writer was
   * not reached or has gone: then it is not known whether the unit was sealed.
   */
  async seal(authorityId: string, unit: SealUnit & { readonly portable: PortableUnit }): Promise<Sealed> {
    const connection = await this.#connection();
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { id: this.#next++, unit: unit.portable, resolve, reject };
      const { together } = unit;
      const group = together === undefined ? [waiting] : this.#gathering.add(together, waiting);
      if (group === undefined) return;
      for (const one of group) connection.waiting.set(one.id, one);
      if (connection.socket.destroyed) fail(connection);
      else {
        const units = group.map((one) => ({ id: one.id, unit: one.unit }));
        connection.push({ authorityId, together: together !== undefined, units });
      }
    });
  }

  close(): void {
    this.#connecting?.then(({ socket }) => socket.destroy()).catch(() => undefined);
    this.#connecting = undefined;
  }

  #connection(): Promise<Connection> {
    if (this.#connecting === undefined) {
      const connecting = this.#connect(() => {
        if (this.#connecting === connecting) this.#connecting = undefined;
      });
      this.#connecting = connecting;
    }
    return this.#connecting;
  }

  async #connect(ended: () => void): Promise<Connection> {
    const address = await this.#addressOf().catch(() => undefined);
    if (address === undefined || address === '') {
      ended();
      throw gone();
    }
    const socket = connect(address);
    const waiting = new Map<number, Waiting>();
    const frames = new Frames(socket, this.#keyring, 'web', (value) => {
      for (const outcome of value as readonly SealOutcome[]) settle(waiting, outcome);
    });
    const connection = { socket, waiting, push: perTurn<SealJob>((jobs) => frames.send(jobs)) };
    socket.on('error', () => undefined);
    socket.once('close', () => {
      ended();
      fail(connection);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('close', () => reject(gone()));
    });
    return connection;
  }
}

function settle(all: Map<number, Waiting>, outcome: SealOutcome): void {
  const waiting = all.get(outcome.id);
  all.delete(outcome.id);
  if ('sealed' in outcome) waiting?.resolve(outcome.sealed);
  else {
    const { code, what, details } = outcome.refused;
    waiting?.reject(new PlatformError(code, what, details));
  }
}

function fail({ waiting }: Connection): void {
  for (const { reject } of waiting.values()) reject(gone());
  waiting.clear();
}

function gone(): PlatformError {
  return new PlatformError('writer-held', 'No process writes for this platform at the moment.', {
    mend: 'Send the request again in a moment.',
    retryAfter: 2,
  });
}
