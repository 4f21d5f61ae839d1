import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { inputOf, people, SYSTEM } from '../make-platform.ts';

/** No request is without an answer for longer than this, whatever fails. */
export const ANSWER_MOST_MS = 45_000;
/** Waits before sending again, each twice the one before up to the most, as agencies' clients do. */
const RETRY_MS = 100;
const RETRY_MOST_MS = 1_000;

const bodies = people(500, 'faults').map(({ subject, household, audit }) => ({
  subject,
  input: inputOf(household),
  audit,
}));

export interface Acknowledged {
  readonly decision: string;
  readonly caseId: string;
  readonly index: number;
  readonly at: string;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
}

export interface ClientOptions {
  readonly secret: string;
  readonly log: string;
  readonly connections: number;
  /** So many of them send batches of this many lines. */
  readonly batches: { readonly clients: number; readonly lines: number };
  /** Addresses of the processes that live now. */
  readonly urls: () => readonly string[];
}

/**
 * Concurrent clients as agencies have them: each sends a request under its own key, and again under the same key until it is
 * answered. What any answer ever said is kept, and every later one must say the same.
 */
export class Clients {
  readonly acknowledged = new Map<string, Acknowledged>();
  /** Every signed checkpoint that a client was shown. */
  readonly checkpoints = new Set<string>();
  /** Answers that are neither a decision nor "try again". */
  readonly strange: string[] = [];
  slowestMs = 0;
  /** When each acknowledged request had begun and was answered, in this round. */
  times: { readonly begun: number; readonly answered: number }[] = [];
  refusals = 0;
  readonly #options: ClientOptions;
  readonly #agent: Agent;
  #keys = 0;
  #running: Promise<unknown> | undefined;
  #stopping = false;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.connections + 5 });
  }

  start(): void {
    this.#stopping = false;
    this.times = [];
    const { connections, batches } = this.#options;
    this.#running = Promise.all([
      ...Array.from({ length: connections }, (_, n) => this.#loop(n < batches.clients ? batches.lines : 1)),
      this.#watch(),
    ]);
  }

  /** One client more, which has nothing on its way yet. */
  another(): void {
    this.#running = Promise.all([this.#running, this.#loop(1)]);
  }

  /** Begins nothing more; resolves when every request that was begun has its answer. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Sends requests at once, each of as many lines as it says, until all are answered. */
  async send(lines: readonly number[]): Promise<void> {
    const keysOf = (count: number) => Array.from({ length: count }, () => `faults-${this.#keys++}`);
    await Promise.all(lines.map((count) => this.#untilAnswered(keysOf(count))));
  }

  /** Sends a request that was answered before; the answer must be the same. */
  async repeat(key: string): Promise<void> {
    await this.#untilAnswered([key]);
  }

  async #loop(lines: number): Promise<void> {
    while (!this.#stopping) {
      const keys = Array.from({ length: lines }, () => `faults-${this.#keys++}`);
      const begun = performance.now();
      await this.#untilAnswered(keys);
      this.times.push({ begun, answered: performance.now() });
    }
  }

  async #watch(): Promise<void> {
    // Each process moves on what it shows; so each is asked in turn.
    for (let n = 0; !this.#stopping; n++) {
      const answer = await this.#get(n, `/log/${this.#options.log}/checkpoint`).catch(() => undefined);
      if (answer?.status === 200) this.checkpoints.add(answer.text);
      await pause(300);
    }
  }

  async #untilAnswered(keys: readonly string[]): Promise<void> {
    let wait = RETRY_MS;
    for (let n = Math.floor(Math.random() * 8); ; n++) {
      const urls = this.#options.urls();
      const url = urls[n % Math.max(urls.length, 1)];
      const begun = performance.now();
      const answer =
        url === undefined ? undefined : await this.#post(url, keys).catch((error) => failed(error));
      this.slowestMs = Math.max(this.slowestMs, performance.now() - begun);
      if (answer !== undefined && [200, 201, 202].includes(answer.status)) {
        const lines = answer.text.trim().split('\n');
        assert.equal(lines.length, keys.length);
        for (const [i, key] of keys.entries()) this.#keep(key, lines[i] as string);
        return;
      }
      if (answer !== undefined && !mayBeSentAgain(answer))
        this.strange.push(`${answer.status} ${answer.text}`);
      this.refusals += 1;
      await pause(wait * (0.5 + Math.random() / 2));
      wait = Math.min(RETRY_MOST_MS, wait * 2);
    }
  }

  #keep(key: string, line: string): void {
    const { decision, case: caseId, log_index: index, created_at: at } = JSON.parse(line);
    const known = this.acknowledged.get(key);
    if (known !== undefined)
      assert.deepEqual({ decision, caseId, index, at }, known, `${key} has two answers`);
    this.acknowledged.set(key, { decision, caseId, index, at });
  }

  #post(url: string, keys: readonly string[]): Promise<Answered> {
    const bodyOf = (key: string) => bodies[Number(key.split('-')[1]) % bodies.length] as object;
    const path = `/api/v1/systems/${SYSTEM}/decisions`;
    if (keys.length === 1) {
      const key = keys[0] as string;
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      return this.#ask(url, path, headers, JSON.stringify(bodyOf(key)));
    }
    const lines = keys.map((key) => JSON.stringify({ ...bodyOf(key), idempotency_key: key }));
    return this.#ask(url, `${path}/batch`, { 'content-type': 'application/x-ndjson' }, lines.join('\n'));
  }

  #get(n: number, path: string): Promise<Answered> {
    const urls = this.#options.urls();
    return this.#ask(urls[n % urls.length] as string, path, {}, undefined);
  }

  #ask(
    url: string,
    path: string,
    headers: Record<string, string>,
    body: string | undefined,
  ): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(path, url),
        {
          method: body === undefined ? 'GET' : 'POST',
          agent: this.#agent,
          headers: { ...headers, authorization: `Bearer ${this.#options.secret}` },
          timeout: ANSWER_MOST_MS,
        },
        (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part) => parts.push(part));
          incoming.once('error', reject);
          incoming.once('end', () =>
            resolve({ status: incoming.statusCode as number, text: Buffer.concat(parts).toString() }),
          );
        },
      );
      outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${ANSWER_MOST_MS} ms`)));
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }
}

/** A fenced log is no passing fault: somebody else has written. */
function mayBeSentAgain({ status, text }: Answered): boolean {
  return status === 503 && !text.includes('"fenced"');
}

/** A connection that broke is answered by sending again; one that hangs is a fault of ours. */
function failed(error: Error): undefined {
  if (/^no answer within/.test(error.message)) throw error;
  return undefined;
}
