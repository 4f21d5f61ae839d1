import type { Context as HttpContext } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { PlatformError } from './errors.ts';

/** RFC 9457 problem details: what went wrong, where, and how to mend it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly where?: string;
  readonly mend?: string;
  readonly faults?: readonly { readonly where: string; readonly what: string }[];
}

export function problemOf(error: PlatformError): Problem {
  const { where, mend, faults } = error.details;
  return {
    type: `urn:taalil:problem:${error.code}`,
    title: error.message,
    status: error.status,
    code: error.code,
    ...(where === undefined ? {} : { where }),
    ...(mend === undefined ? {} : { mend }),
    ...(faults === undefined ? {} : { faults }),
  };
}

export function problemResponse(c: HttpContext, error: PlatformError): Response {
  if (error.details.retryAfter !== undefined) c.header('Retry-After', String(error.details.retryAfter));
  if (error.code === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer');
  c.header('Cache-Control', 'no-store');
  return c.body(JSON.stringify(problemOf(error)), error.status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json; charset=utf-8',
  });
}
