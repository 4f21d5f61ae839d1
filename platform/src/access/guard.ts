import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context as HttpContext, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANGS } from '../web/languages.ts';
import { publicOrigin, readCookie, writeCookie } from './cookies.ts';
import { assertCan, type Permission } from './permissions.ts';
import { csrfOf, readSession, type Staff } from './sessions.ts';
import type { WebEnv } from './web-env.ts';

const asked = new WeakMap<Request, Promise<Staff | undefined>>();

/** Who is signed in, whatever the route; read once per request. */
export function currentStaff(ctx: Context, c: HttpContext): Promise<Staff | undefined> {
  let staff = asked.get(c.req.raw);
  if (staff === undefined) {
    staff = readSession(ctx, readCookie(ctx, c, 'staff'));
    asked.set(c.req.raw, staff);
  }
  return staff;
}

const LANG = `(?:${LANGS.join('|')})`;
const STAFF_PATH = new RegExp(
  `^/${LANG}/staff/(?!sign-(?:in|out)\\b)[\\w~.-]+(?:/[\\w~.-]+)*(?:\\?[\\w~.%&=+-]*)?$`,
);

/** Where to go after signing in: an address of the staff pages, or nothing. Never another site. */
export function parseNext(next: string | undefined): string | undefined {
  return next !== undefined && next.length <= 500 && STAFF_PATH.test(next) ? next : undefined;
}

/**
 * Lets in who is signed in at the authority of the route and holds the permission; `c.var.staff` is who it is.
 *
 * Not signed in: 303 to the sign-in page, which leads back. Signed in at another authority: `not-found`, as if the page
 * did not exist (I14). Without the permission: `forbidden`.
 */
export function staffOnly(ctx: Context, permission: Permission): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const staff = await currentStaff(ctx, c);
    if (staff === undefined) return c.redirect(signInAddress(c), 303);
    const authority = c.req.param('authority');
    if (authority !== undefined && authority !== staff.authorityId) {
      throw new PlatformError('not-found', 'There is no such page.');
    }
    c.set('staff', staff);
    c.set('csrf', staff.csrf);
    assertCan(staff, permission);
    await next();
  };
}

function signInAddress(c: HttpContext): string {
  const lang = LANGS.find((l) => l === c.req.param('lang')) ?? 'ar';
  const { pathname, search } = new URL(c.req.url);
  const next = parseNext(pathname + search);
  return `/${lang}/staff/sign-in${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`;
}

/** The largest form without files: some thousands of characters, each up to nine bytes in percent signs. */
const FORM_MOST = 128 * 1024;

const uploadTokens = new WeakMap<Request, readonly string[]>();

/** A form with files at an address that takes them: its body is read piece by piece by whoever handles it. */
export type TakesFiles = (path: string) => boolean;

const isUpload = (c: HttpContext, files: TakesFiles | undefined) =>
  files?.(c.req.path) === true && /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '');

/**
 * What `csrfGuard` leaves to whoever reads a form with files: throws `forbidden` unless the token of the form, its first field, is
 * that of this session or visitor. Call it before anything else of the form is kept.
 */
export function assertFormToken(c: HttpContext, sent: string | undefined): void {
  assertToken(uploadTokens.get(c.req.raw) ?? [], sent);
}

function assertToken(tokens: readonly string[], sent: unknown): void {
  if (typeof sent === 'string' && tokens.some((token) => sameText(token, sent))) return;
  throw new PlatformError('forbidden', 'This form is no longer valid.', {
    where: 'csrf',
    mend: 'Open the page again and send the form from there. Cookies must be allowed for this site.',
  });
}

/**
 * For every page with a form, of staff and citizens alike. GET: `c.var.csrf` is the token for the form. POST: throws
 * `forbidden` unless the request comes from our own pages and brings back the token of this session or visitor.
 *
 * Mount it on the page's own path, so that pages without forms set no cookie and stay cacheable. A form of more than
 * `most` bytes is refused with `too-large` before it is read. At the addresses that take `files` a multipart form is not read
 * here: its handler asks {@link assertFormToken}.
 */
export function csrfGuard(
  ctx: Context,
  { most = FORM_MOST, files }: { most?: number; files?: TakesFiles } = {},
): MiddlewareHandler<WebEnv> {
  const limit = bodyLimit({
    maxSize: most,
    onError: () => {
      throw new PlatformError('too-large', `The form is larger than ${most} bytes.`, {
        mend: 'Shorten the text.',
      });
    },
  });
  return async (c, next) => {
    const staff = await currentStaff(ctx, c);
    const visitor = readVisitor(ctx, c);
    const tokens = [
      ...(staff === undefined ? [] : [staff.csrf]),
      ...(visitor === undefined ? [] : [csrfOf(ctx, 'visitor', visitor)]),
    ];
    if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) {
      assertOwnOrigin(ctx, c);
      if (isUpload(c, files)) uploadTokens.set(c.req.raw, tokens);
      else {
        await limit(c, async () => {});
        assertToken(tokens, (await c.req.parseBody()).csrf);
      }
    }
    c.set('csrf', tokens[0] ?? csrfOf(ctx, 'visitor', newVisitor(ctx, c)));
    await next();
    if (c.req.method === 'POST' && isUpload(c, files) && c.res.status < 400) await readRest(c.req.raw);
  };
}

const REST_MOST = 17 * 1024 * 1024;

/**
 * Browsers follow no redirect that comes while they still send; an error page they show. So a form with files that was led elsewhere
 * without being read is read to its end, or to the size of the largest.
 */
async function readRest({ body }: Request): Promise<void> {
  if (body === null || body.locked) return;
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > REST_MOST) return;
  }
}

function readVisitor(ctx: Context, c: HttpContext): string | undefined {
  const visitor = readCookie(ctx, c, 'visitor');
  return visitor !== undefined && /^[\w-]{22}$/.test(visitor) ? visitor : undefined;
}

function newVisitor(ctx: Context, c: HttpContext): string {
  const visitor = randomBytes(16).toString('base64url');
  writeCookie(ctx, c, 'visitor', visitor);
  return visitor;
}

/**
 * Refuses what a browser says comes from elsewhere. `Origin: null` says nothing (a page under `no-referrer` sends it to
 * its own site too), and old browsers send neither header: then the token alone decides.
 */
function assertOwnOrigin(ctx: Context, c: HttpContext): void {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  const foreign =
    (site !== undefined && site !== 'same-origin') ||
    (origin !== undefined && origin !== 'null' && origin !== publicOrigin(ctx, c));
  if (!foreign) return;
  throw new PlatformError('forbidden', 'This form was sent from another site.', {
    where: 'Origin',
    mend: 'Open the page here and send the form from it. Behind a proxy the public origin must be configured.',
  });
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
