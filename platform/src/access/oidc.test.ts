import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, AUTHORITY_B, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { createApp } from '../app.tsx';
import { readIdentityProviders } from './identity.ts';
import { createStaff, endStaff } from './staff.ts';

const ORIGIN = 'http://taalil.test';
const CALLBACK = `${ORIGIN}/staff/sign-in/callback`;

let p: TestPlatform;
let app: ReturnType<typeof createApp>;
let provider: ChildProcess;
let issuer: string;
let staffId: string;

before(async () => {
  provider = fork(join(import.meta.dirname, '../../test/oidc-server.ts'), [CALLBACK], {
    execArgv: process.execArgv,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  ({ issuer } = (await once(provider, 'message'))[0] as { issuer: string });
  p = await makePlatform();
  const client = { issuer, clientId: 'taalil', clientSecret: 'a-secret-of-a-test-client' };
  app = createApp({
    ...p,
    identity: new Map([
      [AUTHORITY_A, client],
      [AUTHORITY_B, { ...client, clientSecret: 'not-the-secret-of-it' }],
    ]),
    http: { publicOrigin: ORIGIN },
  });
  ({ staffId } = await createStaff(p, {
    authorityId: AUTHORITY_A,
    issuer,
    subject: 'alice',
    name: 'Alice Exemple',
    roles: ['supervisor'],
  }));
});
after(async () => {
  provider.kill('SIGKILL');
  await p.dispose();
});

/** A browser: cookies by host, redirects followed by hand. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async go(url: string, form?: Record<string, string>): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const init = {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual' as const,
      headers: {
        'Accept-Language': 'fr',
        Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    };
    const response = origin === ORIGIN ? await app.request(url, init) : await fetch(url, init);
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) as unknown as [string, string, string];
      if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(ORIGIN)?.get(name);
  }

  /** From our sign-in page to the provider's answer, which is not followed yet. */
  async upToCallback(as: string, authority = AUTHORITY_A, next?: string): Promise<string> {
    const start = `${ORIGIN}/fr/staff/sign-in/${authority}${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`;
    let at = start;
    for (let step = 0; step < 15; step++) {
      const response = await this.go(at);
      const location = response.headers.get('location');
      if (location !== null) {
        at = new URL(location, at).href;
        if (at.startsWith(CALLBACK)) return at;
        continue;
      }
      const html = await response.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
      assert.ok(action !== undefined, html.slice(0, 500));
      const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1] as string;
      const sent = await this.go(new URL(action, at).href, { prompt, login: as, password: 'any' });
      at = new URL(sent.headers.get('location') as string, at).href;
      if (at.startsWith(CALLBACK)) return at;
    }
    throw new Error('the provider never came back');
  }
}

test('somebody whom the provider vouches for signs in, and lands where they wanted to go', async () => {
  const browser = new Browser();
  const page = await browser.go(`${ORIGIN}/fr/staff/sign-in`);
  assert.match(await page.text(), new RegExp(`/fr/staff/sign-in/${AUTHORITY_A}`));
  const back = await browser.upToCallback('alice', AUTHORITY_A, `/fr/staff/${AUTHORITY_A}/me`);
  const done = await browser.go(back);
  assert.equal(done.headers.get('location'), `/fr/staff/${AUTHORITY_A}/me`);
  assert.equal(browser.cookie('taalil-signing-in'), undefined, 'the flow ends with its answer');
  const me = await browser.go(`${ORIGIN}/fr/staff/${AUTHORITY_A}/me`);
  assert.equal(me.status, 200);
  assert.match(await me.text(), /Alice Exemple/);
});

test('an answer counts once, in the browser that asked, and never for another flow', async () => {
  const [alice, mallory] = [new Browser(), new Browser()];
  const back = await alice.upToCallback('alice');
  const stolen = await mallory.go(back);
  assert.match(stolen.headers.get('location') as string, /refused/);
  assert.equal(mallory.cookie('taalil-staff'), undefined);
  await mallory.upToCallback('mallory');
  const mixed = await mallory.go(back);
  assert.match(
    mixed.headers.get('location') as string,
    /refused/,
    'another browser’s code, with one’s own flow',
  );
  assert.equal(mallory.cookie('taalil-staff'), undefined);
  const own = new Browser();
  const answer = await own.upToCallback('alice');
  await own.go(answer);
  assert.ok(own.cookie('taalil-staff'));
  const again = await own.go(answer);
  assert.match(again.headers.get('location') as string, /refused/);
});

test('a session from before is never taken over: signing in gives a new secret and ends the old one', async () => {
  const browser = new Browser();
  await browser.go(await browser.upToCallback('alice'));
  const first = browser.cookie('taalil-staff');
  await browser.go(await browser.upToCallback('alice'));
  const second = browser.cookie('taalil-staff');
  assert.ok(first && second && first !== second);
  const old = await app.request(`${ORIGIN}/fr/staff/${AUTHORITY_A}/me`, {
    headers: { Cookie: `taalil-staff=${first}` },
  });
  assert.equal(old.status, 303);
});

test('who is known to the provider and not employed here gets in nowhere; nor who left', async () => {
  const stranger = new Browser();
  const refused = await stranger.go(await stranger.upToCallback('bob'));
  const page = refused.headers.get('location') as string;
  assert.match(page, /refused=unknown/);
  assert.match(await (await stranger.go(new URL(page, ORIGIN).href)).text(), /ne vous a pas ajouté/);
  const left = await createStaff(p, {
    authorityId: AUTHORITY_A,
    issuer,
    subject: 'carla',
    name: 'Carla Exemple',
    roles: ['auditor'],
  });
  await endStaff(p, { authorityId: AUTHORITY_A, staffId: left.staffId, by: staffId });
  const carla = new Browser();
  assert.match(
    (await carla.go(await carla.upToCallback('carla'))).headers.get('location') as string,
    /refused=unknown/,
  );
});

test('a client that the provider refuses signs nobody in; an unknown authority has no provider', async () => {
  const browser = new Browser();
  const back = await browser.upToCallback('alice', AUTHORITY_B);
  assert.match((await browser.go(back)).headers.get('location') as string, /refused/);
  assert.equal((await browser.go(`${ORIGIN}/fr/staff/sign-in/nobody`)).status, 404);
});

test('the file of providers: read, or refused with its field and without its secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-identity-'));
  const path = join(folder, 'identity.json');
  const write = (value: unknown) =>
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  try {
    assert.equal(readIdentityProviders(path).size, 0);
    const good = {
      issuer: 'https://id.example',
      client_id: 'taalil',
      client_secret: 'sixteen characters or more',
    };
    write({ agency: good });
    assert.equal(readIdentityProviders(path).get('agency')?.clientId, 'taalil');
    for (const bad of [
      '{',
      { agency: { ...good, issuer: 'http://id.example' } },
      { agency: { ...good, colour: 1 } },
      { Agency: good },
    ]) {
      write(bad);
      assert.throws(
        () => readIdentityProviders(path),
        (error: Error & { code: string }) => {
          assert.equal(error.code, 'invalid-request');
          assert.ok(!JSON.stringify(error).includes('sixteen'));
          return true;
        },
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
