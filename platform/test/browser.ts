import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { serve } from '@hono/node-server';
import type { AxeResults, RunOptions } from 'axe-core';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where Chromium is: `CHROMIUM_PATH`, or where Debian installs it. Undefined when there is none. */
export function chromiumPath(): string | undefined {
  return [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path !== undefined && existsSync(path),
  );
}

const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-first-run',
  '--font-render-hinting=none',
  `--disable-features=${[
    // The address bar's own pages: two more to start with every window, which cost more than the page under test.
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'WebUIOmniboxFullPopup',
    // This switch takes the place of Playwright's own: what it switches off for the sake of tests stays off.
    'AimEnabled',
    'AvoidCorsURLLoaderRestartOnRedirect',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsFirstBalancedModeAutoEnable',
    'HttpsUpgrades',
    'LensOverlay',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
    'PreconnectToSearch',
    'ThirdPartyStoragePartitioning',
  ].join()}`,
];

export interface OpenOptions {
  /** Default true; axe needs it, citizens do not. */
  readonly javaScript?: boolean;
  readonly colorScheme?: 'light' | 'dark';
  readonly forcedColors?: 'active' | 'none';
  /** CSS pixels; default 1280 × 900. */
  readonly width?: number;
  readonly height?: number;
  readonly acceptLanguage?: string;
}

/** One browser with fresh profiles; each `open` is a context of its own, without any cookie of the others. */
export interface TestBrowser {
  open(options?: OpenOptions): Promise<Page>;
}

/**
 * A test in real Chromium. Without Chromium it says loudly how to get it, and is counted as skipped.
 *
 * @param body gets a browser that is closed after it, whatever happens.
 */
export function browserTest(
  name: string,
  body: (browser: TestBrowser, t: TestContext) => Promise<void>,
  options: { timeout?: number } = {},
): void {
  const executablePath = chromiumPath();
  if (!executablePath) {
    console.error(`\n!!! SKIPPED, no Chromium: "${name}". Get it with: apt-get install chromium\n`);
    test(name, { skip: 'no Chromium: apt-get install chromium' }, () => {});
    return;
  }
  test(name, { timeout: options.timeout ?? 120_000 }, async (t) => {
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    try {
      await body({ open: (wanted) => open(browser.newContext(contextOptions(wanted))) }, t);
    } finally {
      await browser.close();
    }
  });
}

function contextOptions(options: OpenOptions = {}) {
  return {
    javaScriptEnabled: options.javaScript ?? true,
    colorScheme: options.colorScheme ?? ('light' as const),
    forcedColors: options.forcedColors ?? ('none' as const),
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    reducedMotion: 'reduce' as const,
    ...(options.acceptLanguage ? { extraHTTPHeaders: { 'Accept-Language': options.acceptLanguage } } : {}),
  };
}

async function open(context: Promise<BrowserContext>): Promise<Page> {
  return (await context).newPage();
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds on a page, a sentence an element; needs JavaScript on. Axe runs in the page itself: handing its results
 * to a page of their own, as its package for Playwright does for the sake of frames, costs seven times as much, and a page
 * with frames is refused here.
 *
 * @param rules only these rules; by default every rule for WCAG A and AA, and axe's best practices.
 */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  assert.equal(page.frames().length, 1, 'axe would look into the first frame only');
  const options: RunOptions = {
    resultTypes: ['violations'],
    ...(rules ? { runOnly: { type: 'rule', values: [...rules] } } : {}),
  };
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => ({ violations }))`,
  );
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) =>
        `${violation.id} (${violation.help}): ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`,
    ),
  );
}

/** By how many CSS pixels the page scrolls sideways; a container that scrolls by itself does not count. */
export function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Saves a screenshot in the folder `TAALIL_SCREENSHOTS` names; does nothing when it names none. */
export async function screenshot(page: Page, name: string, fullPage = true): Promise<void> {
  const folder = process.env.TAALIL_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}

/** Serves an app on a free loopback port for the time of `body`. */
export async function withServer<T>(
  app: { fetch: (request: Request) => Response | Promise<Response> },
  body: (origin: string) => Promise<T>,
): Promise<T> {
  const { server, port } = await listen(app);
  try {
    return await body(`http://127.0.0.1:${port}`);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
}

function listen(app: { fetch: (request: Request) => Response | Promise<Response> }) {
  return new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ server, port }),
    );
  });
}
