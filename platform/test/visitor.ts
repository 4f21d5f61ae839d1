import { createStaff, type Role } from '../src/access/index.ts';
import { startSession } from '../src/access/sessions.ts';
import type { Context } from '../src/context.ts';

export interface RequestApp {
  request(path: string, init?: RequestInit): Response | Promise<Response>;
}

/** Somebody with a browser: keeps cookies, sends forms back with the token that stood in the page. */
export class Visitor {
  readonly #app: RequestApp;
  readonly cookies = new Map<string, string>();
  /** Sent with every request. */
  readonly headers: Record<string, string>;

  constructor(app: RequestApp, headers: Record<string, string> = {}) {
    this.#app = app;
    this.headers = headers;
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...this.headers,
      ...(init.headers as Record<string, string>),
      ...(cookie ? { cookie } : {}),
    };
    const response = await this.#app.request(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0(?:;|$)/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async get(
    path: string,
  ): Promise<{ status: number; location: string | null; html: string; response: Response }> {
    const response = await this.request(path);
    return {
      status: response.status,
      location: response.headers.get('location'),
      html: await response.text(),
      response,
    };
  }

  /** Sends a form as given, without looking at any page before. */
  async send(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    const response = await this.request(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    return {
      status: response.status,
      location: response.headers.get('location'),
      html: await response.text(),
      response,
    };
  }

  /** Opens the page `from` (the form's own address unless said), then sends the form with its token. */
  async post(path: string, fields: Record<string, string>, from = path) {
    return this.send(path, { csrf: await this.token(from), ...fields });
  }

  async token(path: string): Promise<string> {
    const { html } = await this.get(path);
    const token = /name="csrf" value="([^"]+)"/.exec(html)?.[1];
    if (token === undefined) throw new Error(`No form with a token on ${path}`);
    return token;
  }
}

/** Adds a member of staff without a password. */
export async function makeStaff(
  ctx: Context,
  authorityId: string,
  roles: readonly Role[],
  name = 'Test Person',
) {
  const subject = `${roles.join('.')}.${staffMade++}`;
  const { staffId } = await createStaff(ctx, { authorityId, subject, name, roles });
  return staffId;
}
let staffMade = 0;

/** A visitor who is signed in as that member of staff, without asking for a password. */
export async function signedIn(
  ctx: Context,
  app: RequestApp,
  authorityId: string,
  staffId: string,
): Promise<Visitor> {
  const visitor = new Visitor(app);
  const token = await ctx.store.transact(async (tx) =>
    startSession(tx, ctx.clock.now(), authorityId, staffId),
  );
  visitor.cookies.set('taalil-staff', token);
  return visitor;
}
