import { timingSafeEqual } from 'node:crypto';
import type { Keyring } from '../vault/keyring.ts';

/** Tells the process that writes for whom another one asks: the client's address as that process saw it. */
export const HOP_HEADER = 'x-taalil-hop';

export function hopHeader(keyring: Pick<Keyring, 'sessionMac'>, address: string): string {
  return `${address} ${keyring.sessionMac('hop', address).toString('base64url')}`;
}

/**
 * The address in a hop header; undefined unless a process of this platform wrote it, which the key that they share proves. From
 * anybody else the header is ignored.
 */
export function hopAddress(keyring: Pick<Keyring, 'sessionMac'>, header: string): string | undefined {
  const [address, mac, ...rest] = header.split(' ');
  if (address === undefined || mac === undefined || rest.length > 0) return undefined;
  const expected = keyring.sessionMac('hop', address);
  const given = Buffer.from(mac, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected) ? address : undefined;
}
