import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { clientAddress } from './address.ts';

async function seen(
  peer: string | undefined,
  forwarded: string | undefined,
  trustedProxies?: number,
): Promise<string> {
  const ctx = { http: { trustedProxies } } as Partial<Context> as Context;
  const app = new Hono();
  app.get('/', (c) => c.text(clientAddress(ctx, c)));
  const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const env = { incoming: { socket: { remoteAddress: peer } } };
  return (await app.request('/', { headers }, env)).text();
}

const CASES: readonly (readonly [string | undefined, string | undefined, number | undefined, string])[] = [
  ['192.0.2.7', undefined, undefined, '192.0.2.7'],
  ['::ffff:192.0.2.7', undefined, undefined, '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', undefined, undefined, '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', undefined, undefined, '2001:db8:1:2::/64'],
  ['::1', undefined, undefined, '0:0:0:0::/64'],
  ['fe80::1%eth0', undefined, undefined, 'fe80:0:0:0::/64'],
  // Nobody in front of us: what a client writes itself is not read.
  ['192.0.2.7', '198.51.100.1', undefined, '192.0.2.7'],
  // One proxy: its own last entry counts, not what the client sent along.
  ['10.0.0.1', '203.0.113.9, 198.51.100.1', 1, '198.51.100.1'],
  ['10.0.0.1', '203.0.113.9, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
  ['10.0.0.1', undefined, 1, 'unknown'],
  ['10.0.0.1', '<script>', 1, 'unknown'],
  [undefined, undefined, undefined, 'unknown'],
];

for (const [peer, forwarded, proxies, expected] of CASES) {
  test(`${peer} forwarding ${forwarded} through ${proxies ?? 0} proxies is ${expected}`, async () => {
    assert.equal(await seen(peer, forwarded, proxies), expected);
  });
}
