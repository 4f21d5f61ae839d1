import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/**
 * How a connection to the database is cut at a commit. `lose-…` resets it, `stall-…` leaves it open and lets nothing pass any
 * more; the commit is lost before it reaches the server, or its answer on the way back; `half-close` ends the way back alone.
 */
export const CUTS = ['lose-commit', 'lose-answer', 'stall-commit', 'stall-answer', 'half-close'] as const;
export type Cut = (typeof CUTS)[number];

/** What happens to all other connections, and to new ones, while the network is cut. */
export type Outage = 'none' | 'reset' | 'stall';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  stalled: boolean;
}

/** A proxy before PostgreSQL that reads the frontend's messages and cuts the connection at a commit. */
export class DatabaseProxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #pairs = new Set<Pair>();
  #armed: { readonly cut: Cut; readonly outage: Outage; struck(at: number): void } | undefined;
  #outage: Outage = 'none';

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  static async before(port: number): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(port);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The same database, by way of this proxy. */
  through(url: string): string {
    const made = new URL(url);
    made.port = String((this.#server.address() as AddressInfo).port);
    return made.href;
  }

  /** Cuts the connection of the next commit; resolves with the moment in which that has happened. */
  armed(cut: Cut, outage: Outage): Promise<number> {
    return new Promise((struck) => {
      this.#armed = { cut, outage, struck };
    });
  }

  /** Cuts everything at once, commit or not. */
  cutAll(outage: Outage): void {
    this.#outage = outage;
    for (const pair of this.#pairs) {
      if (outage === 'reset') reset(pair);
      if (outage === 'stall') stall(pair);
    }
  }

  /** New connections pass again; what was stalled stays so, as after a long cut. */
  heal(): void {
    this.#outage = 'none';
  }

  close(): void {
    for (const pair of this.#pairs) reset(pair);
    this.#server.close();
  }

  #accept(client: Socket): void {
    client.on('error', () => undefined);
    if (this.#outage === 'reset') {
      client.resetAndDestroy();
      return;
    }
    if (this.#outage === 'stall') {
      client.pause();
      return;
    }
    const server = dial(this.#target, '127.0.0.1');
    server.on('error', () => undefined);
    const pair: Pair = { client, server, stalled: false };
    this.#pairs.add(pair);
    const gone = () => {
      this.#pairs.delete(pair);
      if (pair.stalled) return;
      client.destroy();
      server.destroy();
    };
    client.once('close', gone);
    server.once('close', gone);
    let swallow: 'answer' | undefined;
    client.on('data', (chunk: Buffer) => {
      if (pair.stalled) return;
      const armed = this.#armed;
      if (armed === undefined || !isCommit(chunk)) {
        server.write(chunk);
        return;
      }
      this.#armed = undefined;
      const strike = () => {
        cut(pair, armed.cut);
        this.cutAll(armed.outage);
        armed.struck(performance.now());
      };
      if (armed.cut === 'lose-commit' || armed.cut === 'stall-commit') strike();
      else {
        swallow = 'answer';
        server.once('data', strike);
        server.write(chunk);
      }
    });
    server.on('data', (chunk) => {
      if (!pair.stalled && swallow === undefined) client.write(chunk);
    });
  }
}

/** A simple query whose text is `commit` (PostgreSQL documentation, "Message Formats", Query). */
function isCommit(chunk: Buffer): boolean {
  return chunk.includes('commit\0', 0, 'latin1') && chunk.includes(0x51);
}

function cut(pair: Pair, how: Cut): void {
  if (how === 'lose-commit' || how === 'lose-answer') reset(pair);
  else if (how === 'half-close') pair.client.end();
  else stall(pair);
}

function reset({ client, server }: Pair): void {
  client.resetAndDestroy();
  server.resetAndDestroy();
}

function stall(pair: Pair): void {
  pair.stalled = true;
}
