import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A real OpenID Connect provider as a process of its own: `oidc-server.ts CALLBACK`. Whoever signs in as "x" has the subject "x". */
const [callback] = process.argv.slice(2) as [string];
const server = createServer().listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'taalil',
        client_secret: 'a-secret-of-a-test-client',
        redirect_uris: [callback],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    cookies: { keys: ['a-key-of-a-test'] },
  });
  server.on('request', provider.callback());
  process.send?.({ issuer });
});
