import type { Context as HttpContext, MiddlewareHandler } from 'hono';
import { readCookie, writeCookie } from '../access/index.ts';
import type { Context } from '../context.ts';
import { langOf, siteOf, type WebEnv } from '../http.ts';
import { type CitizenSession, readSession, writeSession } from '../notices/index.ts';
import type { Site } from '../web/index.ts';
import { type CitizenCase, readCitizenCase } from './case-view.ts';

export type PageContext = HttpContext<WebEnv>;

/** What to do with a request whose session is over: the page that opens files again. */
export type OnEnded = (c: PageContext) => Response | Promise<Response>;

const sessions = new WeakMap<Request, CitizenSession>();

/**
 * Lets in who has opened a file, and renews the session's idle time with the answer. Everybody else, also after a new
 * code was made, is handed to `onEnded`.
 */
export function openFileOnly(ctx: Context, onEnded: OnEnded): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const session = await readSession(ctx, readCookie(ctx, c, 'citizen'));
    if (session === undefined) return onEnded(c);
    sessions.set(c.req.raw, session);
    writeCookie(ctx, c, 'citizen', writeSession(ctx, session));
    await next();
  };
}

/** The session of a request behind `openFileOnly`. */
export function sessionOf(c: PageContext): CitizenSession {
  return sessions.get(c.req.raw) as CitizenSession;
}

export function caseOf(ctx: Context, c: PageContext): Promise<CitizenCase> {
  const { authorityId, caseId } = sessionOf(c);
  return readCitizenCase(ctx, authorityId, caseId);
}

/** The site of a page of this file: its human is the one the system names. */
export function siteOfCase(ctx: Context, c: PageContext, of: CitizenCase): Site {
  return { ...siteOf(ctx, c, of.authorityId), human: of.record.humanContact };
}

/** The address of a page of the file, in the page's language; for redirects. */
export function caseAddress(c: PageContext, page: string): string {
  return `/${langOf(c)}/case${page === '' ? '' : `/${page}`}`;
}
