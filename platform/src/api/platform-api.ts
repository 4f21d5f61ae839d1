import { OpenAPIHono } from '@hono/zod-openapi';
import { assessmentApi } from '../assessment/api.ts';
import { conformityApi } from '../conformity/api.ts';
import { consultationApi } from '../consultation/api.ts';
import type { Context } from '../context.ts';
import { decisionsApi } from '../decisions/api.ts';
import { outcomesApi } from '../decisions/outcome-api.ts';
import type { WebEnv } from '../http.ts';
import { noticesApi } from '../notices/api.ts';
import { registerApi } from '../register/api.ts';
import { requestsApi } from '../reviews/api.ts';
import { webhooksApi } from '../webhooks/api.ts';
import { eventsApi } from './events.ts';

/** Every room's machine routes. */
const ROOMS = [
  decisionsApi,
  outcomesApi,
  eventsApi,
  webhooksApi,
  noticesApi,
  requestsApi,
  registerApi,
  ...[assessmentApi, conformityApi, consultationApi],
];

export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** All machine routes, and the OpenAPI 3.1 document made from the very schemas that validate. */
export function platformApi(ctx: Context): OpenAPIHono<WebEnv> {
  const api = new OpenAPIHono<WebEnv>();
  for (const routes of ROOMS) api.route('/', routes(ctx));
  api.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of your authority, scoped to what it may do and to which systems.',
  });
  api.get('/api/v1/openapi.json', (c) => c.json(openApiDocument(api), 200, { 'Cache-Control': 'no-cache' }));
  return api;
}

export function openApiDocument(api: OpenAPIHono<WebEnv>) {
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Taalil',
      version: '1',
      description:
        'Decisions that are explained, sealed and open to review. Errors are RFC 9457 problems: what went wrong, where, and how to mend it. Decimals are strings.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
  });
}

/** The document without a platform behind it: routes are described, not served. */
export function documentOf() {
  return openApiDocument(platformApi({} as Context));
}
