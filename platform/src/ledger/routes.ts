import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import {
  formatPolicy,
  LogError,
  parseTilePath,
  parseVerifierKey,
  TILE_WIDTH,
  type TilePath,
  tileWidth,
} from '@taalil/transparency-log';
import { Hono, type Context as HttpContext } from 'hono';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { authorityOf } from './log-id.ts';
import { bundleReader, tileReader } from './read-log.ts';

const gzip = promisify(gzipCallback);

const BYTES = {
  'Content-Type': 'application/octet-stream',
  'X-Content-Type-Options': 'nosniff',
  'Access-Control-Allow-Origin': '*',
  'Cache-Control': 'public, max-age=31536000, immutable',
};

/** Compressed full bundles kept in memory: what monitors that start from zero ask for. About 10 MB. */
const BUNDLES_KEPT = 64;

/**
 * A log for machines, as C2SP tlog-tiles lays it out below `/log/<log>`: `checkpoint`, `tile/<L>/<N>[.p/<W>]`,
 * `tile/entries/<N>[.p/<W>]`; and `policy`, the tlog-policy of its witnesses. Partial tiles and bundles of any width are cut from the store; nothing beyond the published
 * size is served. `<log>` is an authority's id, or `authority~2` for a successor.
 */
export function logRoutes(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const bundles = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  app.get('/log/:log/checkpoint', async (c) => {
    const head = await ctx.ledger.published(c.req.param('log'));
    if (head === undefined)
      throw new PlatformError('not-found', 'There is no such log, or it has shown nothing yet.');
    return c.body(head.note, 200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'no-cache',
    });
  });

  app.get('/log/:log/policy', async (c) => {
    const logId = c.req.param('log');
    const head = await ctx.ledger.published(logId);
    const witnesses = head && (await ctx.ledger.witnesses(authorityOf(logId)));
    if (witnesses === undefined) throw new PlatformError('not-found', 'This log has no witnesses.');
    const vkeys = await ctx.ledger.vkeys(authorityOf(logId));
    const logs = vkeys.map((vkey) => ({ key: parseVerifierKey(vkey) }));
    return c.body(formatPolicy({ ...witnesses.setup.policy, logs }), 200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'no-cache',
    });
  });

  app.get('/log/:log/tile/*', async (c) => {
    const logId = c.req.param('log');
    const id = pathOf(c.req.path.slice(`/log/${logId}/`.length));
    const { index, width } = id;
    const level = id.level === 'entries' ? 0 : id.level;
    const published = (await ctx.ledger.published(logId))?.size ?? 0;
    if (width > tileWidth(published, level, index)) throw absent();
    if (id.level === 'entries') {
      return sendBundle(c, await zipped(logId, index, width, acceptsGzip(c)), acceptsGzip(c));
    }
    const hashes = await tileReader(ctx.store, logId)(level, index, width);
    if (hashes === undefined || hashes.length < width * 32) throw damaged(logId);
    return c.body(new Uint8Array(hashes.subarray(0, width * 32)), 200, BYTES);
  });

  async function zipped(logId: string, index: number, width: number, zip: boolean) {
    const read = async () => {
      const bundle = await bundleReader(ctx.store, logId)(index, width);
      if (bundle === undefined) throw damaged(logId);
      return new Uint8Array(zip ? await gzip(bundle) : bundle);
    };
    if (!zip || width < TILE_WIDTH) return read();
    const key = `${logId}/${index}`;
    const kept = bundles.get(key);
    if (kept !== undefined) return kept;
    const made = read();
    if (bundles.size >= BUNDLES_KEPT) bundles.delete(bundles.keys().next().value as string);
    bundles.set(key, made);
    made.catch(() => bundles.delete(key));
    return made;
  }

  return app;
}

/** Bundles SHOULD be compressed at the HTTP layer; tiles are hashes and do not shrink (tlog-tiles, "Log entries"). */
function sendBundle(c: HttpContext, body: Uint8Array<ArrayBuffer>, zip: boolean): Response {
  return c.body(body, 200, {
    ...BYTES,
    Vary: 'Accept-Encoding',
    ...(zip ? { 'Content-Encoding': 'gzip' } : {}),
  });
}

function acceptsGzip(c: HttpContext): boolean {
  return (c.req.header('accept-encoding') ?? '')
    .split(',')
    .some((part) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(part));
}

function pathOf(path: string): TilePath {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    throw new PlatformError('not-found', error.message, { where: 'tile' });
  }
}

function absent(): PlatformError {
  return new PlatformError('not-found', 'The published log has no such tile: look at its checkpoint first.');
}

function damaged(logId: string): PlatformError {
  return new PlatformError('store-unavailable', 'The store lacks a part of this log that was signed.', {
    where: logId,
    mend: 'The operator recovers the log from a mirror: taalil log recover.',
  });
}
