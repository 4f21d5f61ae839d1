import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { WebEnv } from '../http.ts';
import { logger } from '../logger.ts';
import { httpSeconds } from '../metrics.ts';

/**
 * Measures and logs every answer by the pattern of its route: neither addresses, nor references, nor who asked, are in metrics
 * or logs.
 */
export const observe: MiddlewareHandler<WebEnv> = async (c, next) => {
  const started = performance.now();
  await next();
  const seconds = (performance.now() - started) / 1_000;
  const route = routePath(c, -1);
  const { method } = c.req;
  const { status } = c.res;
  httpSeconds.observe({ route, method, status: `${Math.floor(status / 100)}xx` }, seconds);
  logger.info({ route, method, status, ms: Math.round(seconds * 1_000) }, 'answered');
};
