import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from '../context.ts';
import type { WebEnv } from '../http.ts';
import { agencySystemsApi } from './agency-api.ts';
import { publicRegisterApi } from './public-api.ts';

/** The register's routes for machines: the public register, and agencies' own systems. */
export function registerApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  app.route('/', publicRegisterApi(ctx));
  app.route('/', agencySystemsApi(ctx));
  return app;
}
