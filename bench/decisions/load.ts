import { connect, type Socket } from 'node:net';

/**
 * A load generator with little work of its own: each connection sends one prepared HTTP/1.1 request, waits for the
 * whole answer, and sends the next. It runs beside the server it measures, on the same cores.
 */
export interface LoadResult {
  readonly seconds: number;
  readonly perSecond: number;
  /** Latencies in milliseconds; with a rate, from the moment at which each request was due. */
  readonly p50: number;
  readonly p99: number;
  readonly statuses: Readonly<Record<string, number>>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export interface Load {
  readonly host: string;
  /** Connections are spread over them. */
  readonly ports: readonly number[];
  readonly connections: number;
  readonly requests: number;
  /** Requests a second that fall due, whether or not earlier ones were answered; unset, as fast as they are answered. */
  readonly perSecond?: number;
  /** The bytes of request number `n`, from 0. */
  request(n: number): Buffer;
  answered?(n: number, answer: HttpAnswer): void;
}

export function postRequest(
  path: string,
  host: string,
  headers: Record<string, string>,
  body: string,
): Buffer {
  const lines = Object.entries({ Host: host, 'Content-Length': String(Buffer.byteLength(body)), ...headers });
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\n${lines.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n${body}`,
  );
}

export async function runLoad(load: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: load.connections }, async (_, i) => {
      const socket = connect(load.ports[i % load.ports.length] as number, load.host);
      socket.setNoDelay(true);
      const answers = readAnswers(socket);
      while (next < load.requests) {
        const n = next++;
        const due = load.perSecond === undefined ? performance.now() : started + (1_000 * n) / load.perSecond;
        const early = due - performance.now();
        if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
        socket.write(load.request(n));
        const answer = await answers();
        latencies.push(performance.now() - due);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        load.answered?.(n, answer);
      }
      socket.destroy();
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  latencies.sort((a, b) => a - b);
  const at = (q: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))] as number;
  return { seconds, perSecond: load.requests / seconds, p50: at(0.5), p99: at(0.99), statuses };
}

/** Resolves with each whole answer in turn; understands Content-Length and chunked bodies of one chunk. */
function readAnswers(socket: Socket): () => Promise<HttpAnswer> {
  let buffered = '';
  let wake: ((answer: HttpAnswer) => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  const take = () => {
    const head = buffered.indexOf('\r\n\r\n');
    if (head < 0 || wake === undefined) return;
    const length = /content-length: (\d+)/i.exec(buffered.slice(0, head))?.[1];
    const end =
      length === undefined ? buffered.indexOf('\r\n0\r\n\r\n', head) + 7 : head + 4 + Number(length);
    if (end <= head || buffered.length < end) return;
    const answer = { status: Number(buffered.slice(9, 12)), body: buffered.slice(head + 4, end) };
    buffered = buffered.slice(end);
    wake(answer);
  };
  socket.on('data', (chunk) => {
    buffered += chunk.toString('latin1');
    take();
  });
  socket.on('error', (error) => fail?.(error));
  socket.on('close', () => fail?.(new Error('the server closed the connection')));
  return () =>
    new Promise((resolve, reject) => {
      wake = resolve;
      fail = reject;
      take();
    });
}
