import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { PlatformError } from '../errors.ts';

/** scrypt's cost (RFC 7914 §2): N iterations of 128·r bytes, p times. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and about a quarter of a second: one of the settings of OWASP's Password Storage Cheat Sheet. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };

export const PASSWORD_LEAST = 12;
const PASSWORD_MOST = 1_024;

function derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const maxmem = 2 * 128 * cost.r * (cost.N + cost.p);
  scrypt(password.normalize('NFKC'), salt, 32, { ...cost, maxmem }, (error, key) =>
    error ? reject(error) : resolve(key),
  );
  return promise;
}

/** `scrypt$N$r$p$salt$key`, salt and key in base64. Throws `invalid-request` when the password is too short. */
export async function hashPassword(password: string, cost: ScryptCost = SCRYPT_COST): Promise<string> {
  if (password.length < PASSWORD_LEAST || password.length > PASSWORD_MOST) {
    throw new PlatformError('invalid-request', 'The password is too short or too long.', {
      where: 'password',
      mend: `Use ${PASSWORD_LEAST} to ${PASSWORD_MOST} characters; a sentence works well.`,
    });
  }
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

export interface PasswordCheck {
  readonly ok: boolean;
  /** It was stored with another cost than today's: store it anew. */
  readonly outdated: boolean;
}

/**
 * Compares in constant time. Without a stored password it takes the same time and says no, so that the answer
 * does not tell which accounts exist.
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
  today: ScryptCost = SCRYPT_COST,
): Promise<PasswordCheck> {
  const [, n, r, p, salt, key] =
    /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w+/=]+)\$([\w+/=]+)$/.exec(stored ?? '') ?? [];
  if (password.length > PASSWORD_MOST) return { ok: false, outdated: false };
  if (salt === undefined || key === undefined) {
    await derive(password, Buffer.alloc(16), today);
    return { ok: false, outdated: false };
  }
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  const expected = Buffer.from(key, 'base64');
  const derived = await derive(password, Buffer.from(salt, 'base64'), cost);
  const ok = expected.length === derived.length && timingSafeEqual(expected, derived);
  return { ok, outdated: cost.N !== today.N || cost.r !== today.r || cost.p !== today.p };
}
