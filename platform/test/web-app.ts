import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { WebEnv } from '../src/access/web-env.ts';
import { PlatformError } from '../src/errors.ts';

/** Some rooms' pages alone; an error is answered with its code as text. */
export function webApp(...rooms: readonly Hono<WebEnv>[]): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  for (const room of rooms) app.route('/', room);
  app.onError((error, c) => {
    if (!(error instanceof PlatformError)) throw error;
    return c.text(error.code, error.status as ContentfulStatusCode);
  });
  return app;
}
