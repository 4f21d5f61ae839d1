import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import type { Keyring } from '../vault/keyring.ts';

const NONCE = 16;
const MAC = 32;
const HEAD = 4 + MAC;
/** A batch of 16 MB, prepared, and some room. */
const FRAME_MOST = 256 * 1024 * 1024;

/**
 * Messages between two processes of one platform over a stream: length, MAC, value. The MAC, under a key that only this platform's
 * processes have, covers direction, both sides' nonces and the place in the stream: nothing that is read was written, repeated,
 * left out or moved by anybody else. Only then is a value taken apart.
 */
export class Frames {
  readonly #socket: Socket;
  readonly #mac: Keyring['sessionMac'];
  readonly #own = randomBytes(NONCE);
  readonly #outbound: string;
  readonly #inbound: string;
  readonly #unsent: unknown[] = [];
  #session: string | undefined;
  #sent = 0;
  #received = 0;
  #buffered: Buffer[] = [];
  #length = 0;

  constructor(
    socket: Socket,
    keyring: Pick<Keyring, 'sessionMac'>,
    side: 'writer' | 'web',
    received: (value: unknown) => void,
  ) {
    this.#socket = socket;
    this.#mac = keyring.sessionMac;
    [this.#outbound, this.#inbound] = side === 'writer' ? ['down', 'up'] : ['up', 'down'];
    socket.write(this.#own);
    socket.on('data', (chunk: Buffer) => {
      try {
        this.#take(chunk, side, received);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
  }

  send(value: unknown): void {
    if (this.#session === undefined) {
      this.#unsent.push(value);
      return;
    }
    const payload = serialize(value);
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(payload.length);
    this.#socket.cork();
    this.#socket.write(length);
    this.#socket.write(this.#macOf(this.#outbound, this.#sent++, payload));
    this.#socket.write(payload);
    this.#socket.uncork();
  }

  #take(chunk: Buffer, side: 'writer' | 'web', received: (value: unknown) => void): void {
    this.#buffered.push(chunk);
    this.#length += chunk.length;
    if (this.#session === undefined) {
      if (this.#length < NONCE) return;
      const theirs = this.#read(NONCE).toString('hex');
      const ours = this.#own.toString('hex');
      this.#session = side === 'writer' ? ours + theirs : theirs + ours;
      for (const value of this.#unsent.splice(0)) this.send(value);
    }
    for (;;) {
      if (this.#length < HEAD) return;
      const length = this.#peekLength();
      if (length > FRAME_MOST) throw new Error('a frame is too long');
      if (this.#length < HEAD + length) return;
      const frame = this.#read(HEAD + length);
      const payload = frame.subarray(HEAD);
      const expected = this.#macOf(this.#inbound, this.#received++, payload);
      if (!timingSafeEqual(frame.subarray(4, HEAD), expected)) throw new Error('a frame is not authentic');
      received(deserialize(payload));
    }
  }

  #macOf(direction: string, place: number, payload: Buffer): Buffer {
    return this.#mac(
      'process-frame',
      direction,
      this.#session as string,
      String(place),
      hash('sha256', payload, 'hex'),
    );
  }

  #peekLength(): number {
    const [first] = this.#buffered as [Buffer];
    const head = first.length >= 4 ? first : this.#join();
    return head.readUInt32BE(0);
  }

  #read(count: number): Buffer {
    const all = this.#join();
    this.#buffered = count < all.length ? [all.subarray(count)] : [];
    this.#length -= count;
    return all.subarray(0, count);
  }

  #join(): Buffer {
    const all = this.#buffered.length === 1 ? (this.#buffered[0] as Buffer) : Buffer.concat(this.#buffered);
    this.#buffered = [all];
    return all;
  }
}
