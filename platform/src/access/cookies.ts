import type { Context as HttpContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Context } from '../context.ts';

/** Sessions of staff and of people who opened their case, and the visitor's mark that forms are bound to. */
export type CookieKind = 'staff' | 'visitor' | 'citizen' | 'signing-in';

/**
 * The origin that browsers see: configured where a proxy ends TLS, else that of the request itself. Without the
 * configuration a proxied form is refused rather than trusted.
 */
export function publicOrigin(ctx: Context, c: HttpContext): string {
  return ctx.http?.publicOrigin ?? new URL(c.req.url).origin;
}

const isSecure = (ctx: Context, c: HttpContext) => publicOrigin(ctx, c).startsWith('https:');

/** Over HTTPS `__Host-`: the browser then takes it from this host alone, on the whole of it (RFC 6265bis §4.1.3.2). */
function nameOf(ctx: Context, c: HttpContext, kind: CookieKind): string {
  return `${isSecure(ctx, c) ? '__Host-' : ''}taalil-${kind}`;
}

export function readCookie(ctx: Context, c: HttpContext, kind: CookieKind): string | undefined {
  return getCookie(c, nameOf(ctx, c, kind));
}

/** A cookie for the time of the browser's session: the server knows when it ends. */
export function writeCookie(ctx: Context, c: HttpContext, kind: CookieKind, value: string): void {
  setCookie(c, nameOf(ctx, c, kind), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(ctx, c),
  });
}

export function dropCookie(ctx: Context, c: HttpContext, kind: CookieKind): void {
  deleteCookie(c, nameOf(ctx, c, kind), { path: '/', secure: isSecure(ctx, c) });
}
