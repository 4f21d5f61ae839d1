import type { Context } from 'hono';
import { type Child, jsx } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { LANGUAGES } from './languages.ts';
import { IdContext, type Site, SiteContext } from './site.ts';

export interface RenderOptions {
  readonly status?: ContentfulStatusCode;
  /**
   * `public` lets shared caches keep the page five minutes. It is ignored (`no-store`) whenever the page is made
   * for somebody: a CSRF token or a member of staff in the site.
   */
  readonly cache?: 'public' | 'none';
}

/** No inline script or style, nothing from elsewhere; `data:` images are the icons inside our own stylesheet. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The whole page as a string, doctype included: what {@link renderPage} answers with. */
export async function renderToString(site: Site, node: Child): Promise<string> {
  const page = jsx(IdContext.Provider, { value: { last: 0 } }, node);
  return `<!doctype html>${await jsx(SiteContext.Provider, { value: site }, page).toString()}`;
}

/**
 * Answers with a page.
 *
 * @param node usually a `<Page>` or a `<LetterPage>`; it may contain async components.
 */
export async function renderPage(
  c: Context,
  site: Site,
  node: Child,
  options: RenderOptions = {},
): Promise<Response> {
  const html = await renderToString(site, node);
  const shared = options.cache === 'public' && !site.csrf && !site.staff;
  return c.body(html, options.status ?? 200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': LANGUAGES[site.lang].tag,
    'Cache-Control': shared ? 'public, max-age=300' : 'no-store',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(site.demonstration ? { 'X-Robots-Tag': 'noindex, nofollow' } : {}),
  });
}
