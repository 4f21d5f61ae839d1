import { clientAddress } from '../access/address.ts';
import { type Running, serve } from '../serve.ts';
import { forward } from './forward.ts';
import type { Member } from './member.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Serves one of the processes of a platform: it answers what only reads, and lets the writer answer the rest. */
export async function serveMember(
  member: Member,
  address: { readonly host: string; readonly port: number },
): Promise<Running> {
  const running = await serve(member.context, address, async (c, next) => {
    if (member.writes || SAFE.has(c.req.method)) return next();
    return forward(member, c.req.raw, clientAddress(member.context, c));
  });
  await member.announce(running.url);
  return running;
}
