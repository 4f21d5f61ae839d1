import { Agent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { HOP_HEADER, hopHeader } from '../access/hop.ts';
import { PlatformError } from '../errors.ts';
import { UPLOAD_MOST } from '../register/upload.ts';
import type { Member } from './member.ts';

/** The largest form that a page takes (files, 16 MB), and some room. */
const FORM_MOST = 17 * 1024 * 1024;
/** What the interface takes: batches, and model files, which are the largest. */
const API_MOST = UPLOAD_MOST + 64 * 1024;
/** A new writer is there after about a second; then what was not answered is sent to it. */
const PATIENCE_MS = 8_000;
const PAUSE_MS = 200;

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Said by a process that was asked as the writer and is not, or not any more: it has done nothing. */
const NOT_WRITER = 'x-taalil-not-writer';
/** A writer whose machine is cut off does not even refuse; another one follows meanwhile. */
const ANSWER_MS = 30_000;

/** Headers that speak of one connection (RFC 9110, section 7.6.1); they are not passed on. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

/**
 * Lets the writer answer a request that changes something. Until a connection stands nothing was sent and another writer may be
 * tried; after that only a request with an idempotency key is sent again.
 */
export async function forward(member: Member, original: Request, address: string): Promise<Response> {
  const body = await bodyOf(original);
  const repeatable = original.headers.has('idempotency-key');
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const writer = await member.writerUrl().catch(() => undefined);
    // This process may have become the writer itself meanwhile; before that it would only ask itself in a circle.
    if (writer !== undefined && (writer !== member.url || member.writes)) {
      try {
        const hop = hopHeader(member.context.vault.keyring, address);
        const answer = await send(writer, original, body, hop);
        if (!answer.headers.has(NOT_WRITER)) return answer;
      } catch (error) {
        const refused = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
        if (!refused && !repeatable) throw lost(error);
      }
    }
    if (performance.now() > until) {
      throw new PlatformError('writer-held', 'No process writes for this platform at the moment.', {
        mend: 'Send the request again in a moment.',
        retryAfter: 2,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** The answer to a process that took this one for the writer. */
export function notWriter(): Response {
  return new Response(null, { status: 503, headers: { [NOT_WRITER]: '1', 'retry-after': '1' } });
}

function lost(cause: unknown): PlatformError {
  return new PlatformError(
    'store-unavailable',
    'The connection to the writing process broke; it may have answered.',
    {
      mend: 'Look whether your request was recorded before you send it again.',
      retryAfter: 2,
      cause,
    },
  );
}

/**
 * The body, to be sent again if need be. Of a form with files that is larger than any may be, the writer gets the beginning: it reads
 * the words in it, refuses the rest by its length, and answers with a page that has the words.
 */
async function bodyOf(original: Request): Promise<Buffer> {
  const api = new URL(original.url).pathname.startsWith('/api/');
  const form = !api && /^multipart\/form-data\b/i.test(original.headers.get('content-type') ?? '');
  const most = api ? API_MOST : FORM_MOST;
  const parts: Uint8Array[] = [];
  let size = 0;
  if (original.body !== null) {
    for await (const part of original.body) {
      size += part.length;
      if (size > most && form) return Buffer.concat([...parts, part]).subarray(0, most);
      if (size > most) throw new PlatformError('too-large', `A request has at most ${most} bytes.`);
      parts.push(part);
    }
  }
  return Buffer.concat(parts);
}

function send(writer: string, original: Request, body: Buffer, hop: string): Promise<Response> {
  const { pathname, search } = new URL(original.url);
  const headers: Record<string, string> = {};
  for (const [name, value] of original.headers) if (!HOP_BY_HOP.has(name)) headers[name] = value;
  headers['content-length'] = String(body.length);
  headers[HOP_HEADER] = hop;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      new URL(pathname + search, writer),
      { method: original.method, headers, agent, timeout: ANSWER_MS },
      (incoming) => resolve(responseOf(incoming)),
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${ANSWER_MS} ms`)));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

function responseOf(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of flat(incoming.headers)) if (!HOP_BY_HOP.has(name)) headers.append(name, value);
  const status = incoming.statusCode ?? 502;
  const empty = status === 204 || status === 304;
  if (empty) incoming.resume();
  return new Response(empty ? null : (Readable.toWeb(incoming) as ReadableStream), { status, headers });
}

function* flat(headers: IncomingHttpHeaders): Generator<[string, string]> {
  for (const [name, value] of Object.entries(headers)) {
    if (Array.isArray(value)) for (const one of value) yield [name, one];
    else if (value !== undefined) yield [name, value];
  }
}
