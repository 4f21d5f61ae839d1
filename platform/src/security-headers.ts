import type { MiddlewareHandler } from 'hono';

/** What no browser may do with an answer unless its route says otherwise: nothing is loaded, run, framed or sent from it. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Nothing of a device is ever asked for, by us or by what somebody might smuggle into a page. */
const PERMISSIONS = ['camera', 'display-capture', 'geolocation', 'microphone', 'midi', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

const DEFAULTS: readonly (readonly [name: string, value: string])[] = [
  ['Content-Security-Policy', NOTHING],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Permissions-Policy', PERMISSIONS],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cache-Control', 'no-store'],
];

/** A year (RFC 6797, section 6.1.1). Neighbours on the same domain are not ours to bind: no `includeSubDomains`. */
const HSTS = 'max-age=31536000';

/**
 * Gives every answer the headers of a site that trusts nothing, whatever its route forgot; a route's own values stay. Mount it
 * first of all, so that errors and refusals have them too.
 *
 * What other sites may read (`Access-Control-Allow-Origin`: the public log and register) they may also embed; nothing else.
 */
export function securityHeaders({ https }: { readonly https: boolean }): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    for (const [name, value] of DEFAULTS) if (!headers.has(name)) headers.set(name, value);
    const shared = headers.has('Access-Control-Allow-Origin');
    headers.set('Cross-Origin-Resource-Policy', shared ? 'cross-origin' : 'same-origin');
    if (https) headers.set('Strict-Transport-Security', HSTS);
  };
}
