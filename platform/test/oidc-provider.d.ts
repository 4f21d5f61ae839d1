/** As much of `oidc-provider` as the tests use; it ships no types. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export default class Provider {
    constructor(
      issuer: string,
      configuration: {
        readonly clients: readonly Readonly<Record<string, unknown>>[];
        readonly pkce: { required(): boolean };
        readonly cookies: { readonly keys: readonly string[] };
        findAccount(
          ctx: unknown,
          id: string,
        ): { readonly accountId: string; claims(): { readonly sub: string } };
      },
    );
    callback(): RequestListener;
  }
}
