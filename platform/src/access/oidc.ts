import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import { openBytes, sealBytes } from '../vault/seal.ts';
import type { IdentityProvider } from './identity.ts';
import { endSessions, startSession } from './sessions.ts';
import { subjectMac } from './staff.ts';
import type { AccessTables } from './tables.ts';

/** Somebody has this long to sign in at the identity provider. */
const FLOW_MS = 10 * 60_000;
const DISCOVERED_MS = 60 * 60_000;
const TIMEOUT_SECONDS = 10;

const known = new Map<string, { readonly until: number; readonly config: Promise<Configuration> }>();

/** The provider's metadata, read again every hour and after a failure. */
function configurationOf({ issuer, clientId, clientSecret }: IdentityProvider): Promise<Configuration> {
  const name = `${issuer} ${clientId}`;
  const kept = known.get(name);
  if (kept !== undefined && performance.now() < kept.until) return kept.config;
  const insecure = new URL(issuer).protocol === 'http:' ? { execute: [allowInsecureRequests] } : {};
  const config = discovery(new URL(issuer), clientId, clientSecret, undefined, {
    timeout: TIMEOUT_SECONDS,
    ...insecure,
  });
  config.catch(() => known.delete(name));
  known.set(name, { until: performance.now() + DISCOVERED_MS, config });
  return config;
}

/** What the browser keeps, sealed, while the person is at the identity provider. */
interface Flow {
  readonly authorityId: string;
  readonly lang: string;
  readonly next: string | undefined;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly until: number;
}

const PLACE = 'oidc-flow';
const flowKey = (ctx: Context) => ctx.vault.keyring.sessionMac('oidc-flow');

function providerOf(ctx: Context, authorityId: string): IdentityProvider {
  const provider = ctx.identity?.get(authorityId);
  if (provider !== undefined) return provider;
  throw new PlatformError('not-found', 'This authority has no identity provider here.', {
    mend: 'Ask the operator: see docs/operator.md.',
  });
}

function unreachable(cause: unknown): PlatformError {
  return new PlatformError('store-unavailable', 'The identity provider does not answer.', {
    mend: 'Try again in a moment; if it lasts, tell the operator.',
    retryAfter: 10,
    cause,
  });
}

export interface SignInStart {
  /** Where to send the browser. */
  readonly url: string;
  /** For a cookie of this browser alone. */
  readonly flow: string;
}

/**
 * Begins a sign-in (OpenID Connect Core 1.0, section 3.1, authorization code flow; PKCE by RFC 7636). State, nonce and verifier
 * are bound to this browser. Throws `not-found` without a provider, `store-unavailable` when it does not answer.
 */
export async function beginSignIn(
  ctx: Context,
  at: {
    readonly authorityId: string;
    readonly lang: string;
    readonly next: string | undefined;
    readonly callback: string;
  },
): Promise<SignInStart> {
  const provider = providerOf(ctx, at.authorityId);
  const config = await configurationOf(provider).catch((cause) => {
    throw unreachable(cause);
  });
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
  const url = buildAuthorizationUrl(config, {
    redirect_uri: at.callback,
    scope: 'openid',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const flow: Flow = {
    authorityId: at.authorityId,
    lang: at.lang,
    next: at.next,
    state,
    nonce,
    verifier,
    until: Date.now() + FLOW_MS,
  };
  return { url: url.href, flow: sealBytes(flowKey(ctx), PLACE, JSON.stringify(flow)).toString('base64url') };
}

export interface SignedIn {
  readonly authorityId: string;
  readonly lang: string;
  readonly next: string | undefined;
  /** The secret of a new session. */
  readonly token: string;
}

/**
 * Ends a sign-in: checks the answer against this browser's flow, and the ID token's signature, issuer, audience and nonce. Always
 * a new session; the one that the browser held ends. Throws `unauthenticated` for an answer that is not this browser's, was
 * refused or came too late, and `forbidden` for a person whom the provider knows and this authority does not employ.
 */
export async function endSignIn(
  ctx: Context,
  at: { readonly flow: string | undefined; readonly answer: URL; readonly earlier: string | undefined },
): Promise<SignedIn> {
  const flow = readFlow(ctx, at.flow);
  const provider = providerOf(ctx, flow.authorityId);
  const config = await configurationOf(provider).catch((cause) => {
    throw unreachable(cause);
  });
  const tokens = await authorizationCodeGrant(config, at.answer, {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    pkceCodeVerifier: flow.verifier,
    idTokenExpected: true,
  }).catch((cause) => {
    throw refused(cause);
  });
  const subject = tokens.claims()?.sub;
  if (subject === undefined) throw refused(undefined);
  const row = await typed<AccessTables>(ctx.store.read)
    .selectFrom('staff')
    .select(['staff_id', 'status'])
    .where('authority_id', '=', flow.authorityId)
    .where('issuer', '=', provider.issuer)
    .where('subject_mac', '=', subjectMac(ctx, flow.authorityId, provider.issuer, subject))
    .executeTakeFirst();
  if (row?.status !== 'active') {
    throw new PlatformError(
      'forbidden',
      'The identity provider knows you; this authority has no place for you here.',
      {
        mend: 'Ask a supervisor of your authority to add you.',
      },
    );
  }
  const now = ctx.clock.now();
  const token = await ctx.store.transact(async (tx) => {
    await endSessions(tx, now, at.earlier);
    return startSession(tx, now, flow.authorityId, row.staff_id);
  });
  return { authorityId: flow.authorityId, lang: flow.lang, next: flow.next, token };
}

function readFlow(ctx: Context, sealed: string | undefined): Flow {
  try {
    const bytes = Buffer.from(sealed ?? '', 'base64url');
    const flow = JSON.parse(openBytes(flowKey(ctx), PLACE, bytes).toString()) as Flow;
    if (flow.until > Date.now()) return flow;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
  }
  throw refused(undefined);
}

function refused(cause: unknown): PlatformError {
  return new PlatformError('unauthenticated', 'Signing in was not completed, or took too long.', {
    mend: 'Begin again on the sign-in page.',
    cause,
  });
}
