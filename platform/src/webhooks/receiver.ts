import { lookup as resolve } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';

const TIMEOUT_MS = 10_000;
const ANSWER_MOST = 64 * 1024;

/** Addresses that no receiver has: this machine, link-local (cloud metadata among them), multicast, unspecified. */
const NEVER = blockList([
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/128',
  '::1/128',
  'fe80::/10',
  'ff00::/8',
]);

/** Addresses of private networks: only those that the operator names. */
const PRIVATE = blockList(['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']);

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split('/') as [string, string];
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Whether the platform may connect there. What a name resolves to is asked at every connection, not when it is typed. */
function mayReach(ctx: Pick<Context, 'kind' | 'outgoing'>, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (blockList(ctx.outgoing?.networks ?? []).check(plain, family)) return true;
  if (ctx.kind === 'demonstration' && blockList(['127.0.0.0/8', '::1/128']).check(plain, family)) return true;
  return !NEVER.check(plain, family) && !PRIVATE.check(plain, family);
}

/** Reads the address of a receiver. Throws `invalid-request`. */
export function parseReceiver(ctx: Pick<Context, 'kind'>, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const secure = url?.protocol === 'https:' || (ctx.kind === 'demonstration' && url?.protocol === 'http:');
  if (url === undefined || !secure || url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new PlatformError('invalid-request', 'The address is not one that events can be sent to.', {
      where: '/url',
      mend: 'Give an https address without a user, a password or a fragment.',
    });
  }
  return url;
}

export type Delivered = { readonly ok: true } | { readonly ok: false; readonly failure: string };

/** Posts once. Redirects are not followed, the answer's body is not read beyond a limit, and nothing of it is kept. */
export function post(
  ctx: Pick<Context, 'kind' | 'outgoing'>,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Delivered> {
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const allowed = (found ?? []).filter(({ address }) => mayReach(ctx, address));
      const [first] = allowed;
      if (error !== null || first === undefined) {
        callback(error ?? Object.assign(new Error('refused address'), { code: 'REFUSED_ADDRESS' }), '', 4);
      } else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !mayReach(ctx, host)) return Promise.resolve(failed('refused-address'));
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((settle) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        lookup,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (incoming) => {
        let size = 0;
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > ANSWER_MOST) incoming.destroy();
        });
        incoming.on('error', () => undefined);
        const status = incoming.statusCode ?? 0;
        settle(status >= 200 && status < 300 ? { ok: true } : failed(String(status)));
      },
    );
    outgoing.once('error', (error: NodeJS.ErrnoException) => settle(failed(failureOf(error))));
    outgoing.end(body);
  });
}

function failed(failure: string): Delivered {
  return { ok: false, failure };
}

function failureOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'REFUSED_ADDRESS') return 'refused-address';
  return error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
}
