import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { accessLogPages } from './access-log-page.tsx';
import { type HomeCounts, homePages } from './home-page.tsx';
import type { Staff } from './sessions.ts';
import { signInPages } from './sign-in-page.tsx';
import type { WebEnv } from './web-env.ts';

export interface AccessPagesOptions {
  /** How much waits on the pages that the person may open; shown on the home page. */
  readonly counts?: (staff: Staff) => Promise<HomeCounts>;
}

/** Sign-in, sign-out, the staff's home and the access log. */
export function accessPages(
  ctx: Context,
  { counts = async () => ({}) }: AccessPagesOptions = {},
): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.route('/', signInPages(ctx));
  app.route('/', homePages(ctx, counts));
  app.route('/', accessLogPages(ctx));
  return app;
}
