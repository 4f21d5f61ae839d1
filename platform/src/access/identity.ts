import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { PlatformError } from '../errors.ts';

/** Where the staff of an authority sign in. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type IdentityProviders = ReadonlyMap<string, IdentityProvider>;

const file = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  z.strictObject({
    issuer: z.url({ protocol: /^https?$/ }),
    client_id: z.string().min(1).max(200),
    client_secret: z.string().min(16).max(500),
  }),
);

/**
 * Reads which identity provider (OpenID Connect) vouches for the staff of which authority: a JSON file that only the operator can
 * read, `{"authority": {"issuer": "https://…", "client_id": "…", "client_secret": "…"}}`. None where there is no file. Throws
 * `invalid-request`, which names the field and repeats no secret.
 */
export function readIdentityProviders(path: string): IdentityProviders {
  if (!existsSync(path)) return new Map();
  const wrong = (where: string, what: string) =>
    new PlatformError('invalid-request', `The file of identity providers is not valid: ${what}.`, {
      where: `${path} ${where}`,
      mend: 'See docs/operator.md for its form.',
    });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw wrong('', 'it is no JSON');
  }
  const parsed = file.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(`/${issue?.path.map(String).join('/') ?? ''}`, issue?.message ?? 'a field is wrong');
  }
  for (const [id, { issuer }] of Object.entries(parsed.data)) {
    const { protocol, hostname } = new URL(issuer);
    if (protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1') continue;
    throw wrong(`/${id}/issuer`, 'an issuer beyond this machine takes https');
  }
  return new Map(
    Object.entries(parsed.data).map(([id, { issuer, client_id, client_secret }]) => [
      id,
      { issuer, clientId: client_id, clientSecret: client_secret },
    ]),
  );
}
