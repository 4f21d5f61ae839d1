import type { MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { clientAddress } from '../access/address.ts';
import { HOP_HEADER, hopAddress } from '../access/hop.ts';
import type { WebEnv } from '../http.ts';
import { ANSWERED_ANYWHERE } from '../portable-units.ts';
import { type Running, serve } from '../serve.ts';
import { forward, notWriter } from './forward.ts';
import type { Member } from './member.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Serves one of the processes of a platform: it answers what only reads, prepares decisions for the writer to seal, and lets the
 * writer answer the rest. `observe` sees every
 * request first.
 */
export async function serveMember(
  member: Member,
  address: { readonly host: string; readonly port: number },
  observe?: MiddlewareHandler<WebEnv>,
): Promise<Running> {
  const answer: MiddlewareHandler<WebEnv> = async (c, next) => {
    if (member.writes || SAFE.has(c.req.method)) return next();
    if (ANSWERED_ANYWHERE.test(c.req.path) && (await member.canSeal())) return next();
    // Two processes that take each other for the writer would pass a request to and fro.
    const hop = hopAddress(member.context.vault.keyring, c.req.header(HOP_HEADER) ?? '');
    if (hop !== undefined) return notWriter();
    return forward(member, c.req.raw, clientAddress(member.context, c));
  };
  const front = observe === undefined ? answer : every(observe, answer);
  const running = await serve(member.context, address, front);
  await member.announce(running.url);
  return running;
}
