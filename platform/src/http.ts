import type { Context as HttpContext } from 'hono';
import { staffNav } from './access/nav.tsx';
import type { WebEnv } from './access/web-env.ts';
import type { Context } from './context.ts';
import { authorities } from './register/authorities.ts';
import { type Lang, parseLang, type Site } from './web/index.ts';

export type { WebEnv };

/**
 * Path parameter of every page: `app.get(`${LANG}/register`, …)`. Grouped, because the router puts its own anchors around
 * the pattern: without the group `/fr/anything` would match the home page.
 */
export const LANG = '/:lang{(?:ar|zgh|fr|en)}';

export function langOf(c: HttpContext): Lang {
  return parseLang(c.req.param('lang')) ?? 'ar';
}

/**
 * The site as one request sees it: language, path for the language switch, who is signed in, how to reach a human
 * (at `authorityId`, else at the first authority of this platform).
 */
export function siteOf(ctx: Context, c: HttpContext<WebEnv>, authorityId?: string): Site {
  const staff = c.get('staff') as WebEnv['Variables']['staff'] | undefined;
  const lang = langOf(c);
  const url = new URL(c.req.url);
  const all = authorities(ctx);
  const profile = all.get(authorityId ?? staff?.authorityId ?? '') ?? all.values().next().value;
  return {
    lang,
    path: url.pathname + url.search,
    demonstration: ctx.kind === 'demonstration',
    csrf: c.get('csrf') as string | undefined,
    human: profile?.humanContact,
    staff: staff && { name: staff.name, roles: staff.roles, authority: staff.authorityId },
    nav: staff && staffNav(staff, lang, url.pathname),
    signOut: staff && `/${lang}/staff/sign-out`,
  };
}

/** A form's fields as text; files and anything else are left out. */
export async function formOf(c: HttpContext): Promise<Record<string, string | string[]>> {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, string | string[]][] => {
      if (typeof value === 'string') return [[name, value]];
      return Array.isArray(value) ? [[name, value.filter((v) => typeof v === 'string')]] : [];
    }),
  );
}
