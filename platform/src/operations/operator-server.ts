import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Gauge } from 'prom-client';
import { PlatformError } from '../errors.ts';
import { metrics } from '../metrics.ts';
import type { Member } from '../processes/member.ts';
import { readiness } from './health.ts';

export interface OperatorServer {
  readonly url: string;
  drain(): void;
  stop(): Promise<void>;
}

/**
 * What only operators reach, on an address of its own: `/healthz` (the process lives), `/readyz` (it can answer), `/metrics`
 * (Prometheus).
 */
export async function startOperatorServer(
  member: Member,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<OperatorServer> {
  let draining = false;
  collectDefaultMetrics({ register: metrics });
  new Gauge({
    name: 'taalil_writer',
    help: '1 in the process that writes',
    registers: [metrics],
    collect() {
      this.set(member.writes ? 1 : 0);
    },
  });
  const server: Server = createServer((request, response) => {
    const send = (status: number, type: string, body: string) =>
      response
        .writeHead(status, {
          'Content-Type': type,
          'Cache-Control': 'no-store',
          'X-Content-Type-Options': 'nosniff',
        })
        .end(body);
    const path = request.url?.split('?', 1)[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') send(405, 'text/plain', 'Use GET.\n');
    else if (path === '/healthz') send(200, 'text/plain', 'alive\n');
    else if (path === '/readyz') {
      readiness(member, draining).then(
        (now) => send(now.ready ? 200 : 503, 'application/json', `${JSON.stringify(now)}\n`),
        () => send(503, 'text/plain', 'not ready\n'),
      );
    } else if (path === '/metrics') {
      metrics.metrics().then(
        (text) => send(200, metrics.contentType, text),
        () => send(500, 'text/plain', 'no metrics\n'),
      );
    } else send(404, 'text/plain', 'There are /healthz, /readyz and /metrics.\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new PlatformError(
          'store-unavailable',
          `The address ${host}:${port} cannot be used (${cause.code}).`,
          {
            where: 'TAALIL_OPERATOR_PORT',
            mend: 'Choose another for health and metrics.',
            cause,
          },
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    drain() {
      draining = true;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
