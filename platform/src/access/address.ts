import { isIPv4, isIPv6 } from 'node:net';
import type { Context as HttpContext } from 'hono';
import type { Context } from '../context.ts';
import { HOP_HEADER, hopAddress } from './hop.ts';

interface NodeBindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

/**
 * The client's address for rate limits: the peer of the connection, or, behind configured proxies, the address that the
 * outermost of them saw. What a client writes into `X-Forwarded-For` itself is never read. IPv6 counts by its /64, which
 * is what one subscriber holds.
 */
export function clientAddress(ctx: Context, c: HttpContext): string {
  const header = c.req.header(HOP_HEADER);
  const hop = header === undefined ? undefined : hopAddress(ctx.vault.keyring, header);
  if (hop !== undefined) return hop;
  const peer = (c.env as NodeBindings | undefined)?.incoming?.socket?.remoteAddress ?? 'unknown';
  const proxies = ctx.http?.trustedProxies ?? 0;
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  return normalise(proxies > 0 ? (forwarded.at(-proxies) ?? peer) : peer);
}

function normalise(address: string): string {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(mapped)) return mapped;
  if (!isIPv6(address)) return 'unknown';
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...new Array<string>(Math.max(0, zeros)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
