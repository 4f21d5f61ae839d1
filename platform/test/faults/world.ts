import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authenticateApiKey, createApiKey } from '../../src/access/index.ts';
import { systemClock } from '../../src/clock.ts';
import { type OpenPlatform, openPlatform } from '../../src/open.ts';
import { addAuthority } from '../../src/register/authorities.ts';
import { createWebhook } from '../../src/webhooks/webhooks.ts';
import { AUTHORITY } from '../../worlds/soutien-menages/record.ts';
import { AUTHORITY_A, publishDemonstration, SYSTEM } from '../make-platform.ts';
import { Database } from './database.ts';
import type { ClockOrder, Order, Told } from './member.ts';

export type StoreName = 'sqlite' | 'postgres';

/** One process of the platform under fault, as its parent knows it. */
export class Member {
  readonly child: ChildProcess;
  url = '';
  role: 'writer' | 'web' = 'web';
  struck = false;
  #armed: (() => void) | undefined;
  readonly #underRunner: boolean;
  readonly #said: Buffer[] = [];

  constructor(
    file: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    runner: readonly string[] = [],
  ) {
    this.#underRunner = runner.length > 0;
    this.child = fork(join(import.meta.dirname, file), args, {
      execArgv: process.execArgv,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      ...(runner.length === 0
        ? {}
        : {
            execPath: runner[0] as string,
            execArgv: [...runner.slice(1), process.execPath, ...process.execArgv],
          }),
    });
    this.child.stderr?.on('data', (chunk) => this.#said.push(chunk));
    this.child.on('message', (told: Told) => {
      if ('role' in told) this.role = told.role;
      if ('url' in told) this.url = told.url;
      if ('struck' in told) this.struck = true;
      if ('armed' in told) this.#armed?.();
    });
  }

  get lives(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it wrote on standard error. */
  get said(): string {
    return Buffer.concat(this.#said).toString();
  }

  async ready(): Promise<this> {
    while (this.url === '') {
      if (!this.lives) throw new Error(`the process ended: ${this.said.slice(-2_000)}`);
      await Promise.race([once(this.child, 'message'), once(this.child, 'exit')]);
    }
    return this;
  }

  async arm(order: Order): Promise<void> {
    this.struck = false;
    const armed = new Promise<void>((resolve) => {
      this.#armed = resolve;
    });
    this.child.send(order);
    await armed;
  }

  /** Sets its clock so many milliseconds off the world's. */
  setClock(offset: number): void {
    this.child.send({ offset } satisfies ClockOrder);
  }

  async kill(): Promise<void> {
    if (!this.lives) return;
    const exit = once(this.child, 'exit');
    const traced = this.#traced();
    for (const pid of traced) process.kill(pid, 'SIGKILL');
    // A runner that became the program itself has no child.
    if (traced.length === 0) this.child.kill('SIGKILL');
    await exit;
  }

  async ended(): Promise<void> {
    if (this.lives) await once(this.child, 'exit');
  }

  /** Lets it go of its own accord, as when its parent has ended. */
  async leave(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.disconnect();
    await exit;
  }

  /** The process that a runner such as `strace` has started, and that outlives it. */
  #traced(): number[] {
    if (!this.#underRunner) return [];
    const { pid } = this.child;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return children === '' ? [] : children.split(' ').map(Number);
  }
}

/** A platform of several processes over one store, with an agency's key and a receiver of its events. */
export class World {
  readonly store: StoreName;
  readonly folder: string;
  readonly database: Database | undefined;
  readonly databaseUrl: string | undefined;
  readonly secret: string;
  members: Member[] = [];
  /** Identifiers of the events that the receiver has taken, with how often. */
  readonly received: Map<string, number>;
  readonly #receiver: Server;

  private constructor(parts: {
    store: StoreName;
    folder: string;
    database: Database | undefined;
    databaseUrl: string | undefined;
    secret: string;
    received: Map<string, number>;
    receiver: Server;
  }) {
    this.store = parts.store;
    this.folder = parts.folder;
    this.database = parts.database;
    this.databaseUrl = parts.databaseUrl;
    this.secret = parts.secret;
    this.received = parts.received;
    this.#receiver = parts.receiver;
  }

  /** `database` is used where one is given, and stays with who gave it. */
  static async make(
    store: StoreName,
    given?: Database,
    prepare: (platform: OpenPlatform) => Promise<void> = async () => {},
    inside = tmpdir(),
  ): Promise<World> {
    const folder = mkdtempSync(join(inside, 'taalil-faults-'));
    const database = store === 'postgres' ? (given ?? (await Database.make())) : undefined;
    const databaseUrl = await database?.database();
    const received = new Map<string, number>();
    const receiver = createServer((incoming, outgoing) => {
      const id = String(incoming.headers['webhook-id']);
      incoming.resume();
      incoming.once('end', () => {
        received.set(id, (received.get(id) ?? 0) + 1);
        outgoing.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const platform = await openPlatform({
      folder,
      clock: systemClock,
      kind: 'demonstration',
      originPrefix: 'test.example/log',
      database: databaseUrl,
    });
    await addAuthority(platform, AUTHORITY_A, AUTHORITY);
    await publishDemonstration(platform, AUTHORITY_A);
    await prepare(platform);
    const { secret } = await createApiKey(platform, {
      authorityId: AUTHORITY_A,
      label: 'faults',
      scopes: [
        'decisions:write',
        'decisions:read',
        'systems:write',
        'systems:read',
        'events:read',
        'webhooks:write',
      ],
      systems: 'all',
    });
    const { port } = receiver.address() as AddressInfo;
    const caller = await authenticateApiKey(platform, `Bearer ${secret}`);
    await createWebhook(platform, caller, {
      url: `http://127.0.0.1:${port}/`,
      systems: [SYSTEM],
      types: 'all',
    });
    await platform.close();
    return new World({ store, folder, database, databaseUrl, secret, received, receiver });
  }

  /** Starts a process; `url` is the address under which it reaches the database, where that is another. */
  async join({
    url = this.databaseUrl,
    env = {},
    runner = [],
  }: {
    url?: string | undefined;
    env?: NodeJS.ProcessEnv;
    runner?: readonly string[];
  } = {}): Promise<Member> {
    const member = await new Member('member.ts', [this.folder, url ?? ''], env, runner).ready();
    this.members.push(member);
    return member;
  }

  get urls(): string[] {
    return this.members.filter(({ lives }) => lives).map(({ url }) => url);
  }

  get writer(): Member | undefined {
    return this.members.find(({ lives, role }) => lives && role === 'writer');
  }

  get follower(): Member | undefined {
    return this.members.find(({ lives, role }) => lives && role === 'web');
  }

  forgetDead(): void {
    this.members = this.members.filter(({ lives }) => lives);
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()));
  }

  async remove(): Promise<void> {
    await this.stop();
    this.#receiver.closeAllConnections();
    this.#receiver.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
