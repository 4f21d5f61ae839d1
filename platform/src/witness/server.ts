import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  addCheckpoint,
  originHash,
  type Witness,
  type WitnessRecord,
  witnessedCheckpoint,
} from '@taalil/transparency-log';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import { PlatformError } from '../errors.ts';
import { logger } from '../logger.ts';
import { reachInWitness } from './fault-points.ts';
import type { KnownLog } from './known-logs.ts';
import { AddressRate } from './rate.ts';

/** A checkpoint with 63 hashes and a dozen signatures has about 6 KB; ML-DSA-44 signatures 3 KB more each. */
const BODY_MOST = 64 * 1024;
const TIMEOUT_MS = 10_000;
const CONNECTIONS_MOST = 256;

export interface WitnessServer extends Omit<Witness, 'keysOf' | 'onFork'> {
  readonly name: string;
  readonly vkeys: readonly string[];
  readonly logs: () => ReadonlyMap<string, KnownLog>;
  /** Told of signed checkpoints that do not extend what was cosigned. */
  readonly onFork: (origin: string, note: string, recorded: WitnessRecord | undefined) => void;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** When each log was last cosigned at a larger size than before, for its `every`. */
type Grown = Map<string, number>;

/**
 * A witness over HTTP (C2SP tlog-witness): `POST /add-checkpoint`, `GET /<origin hash>/checkpoint` for monitors, and
 * `GET /` for people. Nothing that a client sends can make it cosign two trees of a log of which neither extends the other.
 */
export function witnessServer(witness: WitnessServer): Server {
  const grown: Grown = new Map();
  const rate = new AddressRate();
  const server = createServer(
    { requestTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS },
    (request, response) => {
      const answered = rate.take(request.socket.remoteAddress ?? '')
        ? answer(witness, grown, request).catch((error) => failed(error))
        : Promise.resolve(plain(429, 'Too many requests from your address.', { 'Retry-After': '1' }));
      void answered.then((to) => send(response, to));
    },
  );
  server.maxConnections = CONNECTIONS_MOST;
  return server;
}

async function answer(witness: WitnessServer, grown: Grown, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? '/').split('?', 1)[0] as string;
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return plain(405, 'Use POST.', { Allow: 'POST' });
    return cosign(witness, grown, await bodyOf(request));
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Use GET.', { Allow: 'GET' });
  const hash = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path)?.[1];
  if (hash !== undefined) {
    const origin = [...witness.logs().keys()].find((known) => originHash(known, nodeRuntime) === hash);
    return witnessedCheckpoint(origin, witness.store);
  }
  return path === '/' ? plain(200, about(witness)) : plain(404, 'There is nothing at this address.');
}

async function cosign(witness: WitnessServer, grown: Grown, body: Buffer): Promise<Answer> {
  const logs = witness.logs();
  const origin = originOf(body);
  const every = logs.get(origin)?.every ?? 0;
  const now = performance.now();
  const wait = (grown.get(origin) ?? -Infinity) + every * 1_000 - now;
  if (wait > 0) {
    const seconds = String(Math.ceil(wait / 1_000));
    return plain(429, `This log is cosigned every ${every} seconds.`, { 'Retry-After': seconds });
  }
  const before = every === 0 ? undefined : await witness.store.read(origin);
  const done = await addCheckpoint(body, {
    ...witness,
    keysOf: (asked) => logs.get(asked)?.keys,
    onFork: (note, recorded) => witness.onFork(origin, note, recorded),
  });
  // Anybody can send a public checkpoint once more: only growth, which takes the log's key, uses up its turn.
  if (every > 0 && done.status === 200 && (await witness.store.read(origin))?.size !== before?.size) {
    grown.set(origin, now);
  }
  return done;
}

/** First line of the checkpoint in a request, as far as it can be told; only the parser decides what counts. */
function originOf(body: Buffer): string {
  const text = body.toString('utf8');
  const start = text.indexOf('\n\n') + 2;
  return start < 2 ? '' : text.slice(start, text.indexOf('\n', start));
}

function about({ name, vkeys, logs }: WitnessServer): string {
  const origins = [...logs().keys()].map((origin) => `  ${origin}`);
  return [`Witness ${name}`, '', ...vkeys, '', 'It cosigns (C2SP tlog-witness):', ...origins].join('\n');
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > BODY_MOST) throw new PlatformError('too-large', `A request has at most ${BODY_MOST} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function failed(error: unknown): Answer {
  if (error instanceof PlatformError) {
    logger.error({ code: error.code, where: error.details.where }, error.message);
    return plain(error.status, error.message, { Connection: 'close' });
  }
  // Whoever hung up hears no answer.
  if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') logger.error({ err: error }, 'request failed');
  return plain(500, 'The witness has a fault; nothing was cosigned.', { Connection: 'close' });
}

function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${text}\n`, headers };
}

function send(response: ServerResponse, { status, contentType, body, headers }: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    ...headers,
    'Content-Type': contentType,
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
  reachInWitness('answered');
}
