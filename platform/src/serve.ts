import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { createApp } from './app.tsx';
import type { Context } from './context.ts';
import { PlatformError } from './errors.ts';
import type { WebEnv } from './http.ts';

export interface Running {
  /** The address that was really taken, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more requests, lets the running ones end, then resolves. */
  stop(): Promise<void>;
}

/**
 * Serves the platform; `front` sees every request first. Throws `store-unavailable` with the mend when the address cannot be
 * taken.
 */
export async function serve(
  ctx: Context,
  { host, port }: { host: string; port: number },
  front?: MiddlewareHandler<WebEnv>,
): Promise<Running> {
  const server = createAdaptorServer({ fetch: createApp(ctx, front).fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new PlatformError(
          'store-unavailable',
          `The address ${host}:${port} cannot be used (${cause.code}).`,
          {
            where: 'PORT',
            mend: 'Stop what runs there, or choose another: PORT=8090 npm start.',
            cause,
          },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeIdleConnections' in server) server.closeIdleConnections();
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 5_000).unref();
      }),
  };
}
