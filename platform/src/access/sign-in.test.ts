import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Hono } from 'hono';
import { AUTHORITY_A, AUTHORITY_B, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import type { Context } from '../context.ts';
import { typed } from '../store/index.ts';
import { parseNext } from './guard.ts';
import { accessPages } from './pages.tsx';
import { SCRYPT_COST } from './password.ts';
import { signIn } from './sign-in.ts';
import { changeRoles, createStaff, endStaff } from './staff.ts';
import type { AccessTables } from './tables.ts';
import type { WebEnv } from './web-env.ts';

const PASSWORD = 'une phrase assez longue';
const SIGN_IN = '/fr/staff/sign-in';
const HOME = `/fr/staff/${AUTHORITY_A}`;

let p: TestPlatform;
let app: Hono<WebEnv>;
let staffId: string;
let supervisor: string;
before(async () => {
  p = await makePlatform({ system: false });
  app = webApp(accessPages(p));
  const add = (authorityId: string, subject: string, roles: Parameters<typeof createStaff>[1]['roles']) =>
    createStaff(p, { authorityId, subject, name: 'Amina Test', roles, password: PASSWORD });
  ({ staffId } = await add(AUTHORITY_A, 'amina', ['reviewer']));
  ({ staffId: supervisor } = await add(AUTHORITY_A, 'samir', ['supervisor']));
  await add(AUTHORITY_B, 'amina', ['auditor']);
});
after(() => p.dispose());
// Every test begins long after the last one: attempts are forgotten, sessions have ended.
beforeEach(() => p.clock.moveTo(p.clock.now().add({ hours: 24 })));

const fields = (account = 'amina', password = PASSWORD, authority = AUTHORITY_A) => ({
  authority,
  account,
  password,
});

async function enter(visitor = new Visitor(app)): Promise<Visitor> {
  const answer = await visitor.post(SIGN_IN, fields());
  assert.equal(answer.status, 303);
  return visitor;
}

describe('signing in', () => {
  test('leads home, and the home says what the role can do', async () => {
    const visitor = new Visitor(app);
    const answer = await visitor.post(SIGN_IN, fields());
    assert.equal(answer.status, 303);
    assert.equal(answer.location, HOME);
    const home = await visitor.get(HOME);
    assert.equal(home.status, 200);
    assert.match(home.html, /Amina Test/);
    assert.match(home.html, new RegExp(`href="${HOME}/desk"`));
    assert.doesNotMatch(home.html, /access-log|\/people/);
  });

  test('the account is found whatever its letter case and the spaces around it', async () => {
    assert.equal((await new Visitor(app).post(SIGN_IN, fields(' AMINA '))).status, 303);
  });

  test('leads back to where the person was going, in the same authority only', async () => {
    const visitor = new Visitor(app);
    const blocked = await visitor.get(`${HOME}/access-log?case=x`);
    assert.equal(blocked.status, 303);
    assert.equal(blocked.location, `${SIGN_IN}?next=${encodeURIComponent(`${HOME}/access-log?case=x`)}`);
    const back = await visitor.post(blocked.location ?? '', fields());
    assert.equal(back.location, `${HOME}/access-log?case=x`);
    const elsewhere = await new Visitor(app).post(`${SIGN_IN}?next=/fr/staff/${AUTHORITY_B}/desk`, fields());
    assert.equal(elsewhere.location, HOME);
  });

  test('a signed-in person who opens the sign-in page is led home', async () => {
    assert.equal((await (await enter()).get(SIGN_IN)).location, HOME);
  });

  for (const next of [
    'https://evil.example/fr/staff/a',
    '//evil.example/fr/staff/a',
    '/\\evil.example',
    '/fr/staff/sign-out',
    '/fr/staff/sign-in',
    '/fr/case',
    '/fr/staff/a\r\nSet-Cookie: x=1',
    '/fr/staff//evil.example',
    `/fr/staff/${'a'.repeat(600)}`,
  ]) {
    test(`never leads to ${JSON.stringify(next.slice(0, 40))}`, () =>
      assert.equal(parseNext(next), undefined));
  }

  test('a wrong password, an unknown account and another authority get the same answer', async () => {
    const visitor = new Visitor(app);
    const answers = [
      await visitor.post(SIGN_IN, fields('amina', 'another long sentence')),
      await visitor.post(SIGN_IN, fields('nobody', PASSWORD)),
      await visitor.post(SIGN_IN, fields('samir', PASSWORD, AUTHORITY_B)),
    ];
    for (const { status, html } of answers) {
      assert.equal(status, 401);
      assert.match(html, /Le compte ou le mot de passe n’est pas exact/);
    }
    assert.match(answers[0]?.html ?? '', /value="amina"/, 'the account typed is not lost');
    assert.doesNotMatch(answers[0]?.html ?? '', /another long sentence/, 'a password never comes back');
    assert.equal(visitor.cookies.has('taalil-staff'), false);
  });

  test('each missing field is named', async () => {
    const { status, html } = await new Visitor(app).post(SIGN_IN, {
      authority: 'nowhere',
      account: '',
      password: '',
    });
    assert.equal(status, 422);
    for (const id of ['authority', 'account', 'password'])
      assert.match(html, new RegExp(`href="#field-${id}"`));
  });

  test('five wrong attempts close the account, also to the right password, for three minutes', async () => {
    const visitor = new Visitor(app);
    for (let i = 0; i < 5; i++) {
      assert.equal((await visitor.post(SIGN_IN, fields('amina', 'another long sentence'))).status, 401);
    }
    const closed = await visitor.post(SIGN_IN, fields());
    assert.equal(closed.status, 429);
    assert.match(closed.html, /Réessayez dans 3 minutes/);
    assert.equal(closed.response.headers.get('retry-after'), '180');
    assert.equal((await visitor.post(SIGN_IN, fields('samir'))).status, 303, 'other accounts stay open');
    p.clock.moveTo(p.clock.now().add({ seconds: 180 }));
    assert.equal((await new Visitor(app).post(SIGN_IN, fields())).status, 303);
  });

  test('forty wrong attempts on many accounts close their address, and no other', async () => {
    const attempt = (account: string, password: string, address: string) =>
      signIn(p, { authorityId: AUTHORITY_A, account, password, address });
    // Too long to be a password: refused without the cost of comparing.
    const wrong = 'x'.repeat(2_000);
    for (let i = 0; i < 40; i++) {
      await assert.rejects(attempt(`nobody-${i}`, wrong, '192.0.2.1'), { code: 'unauthenticated' });
    }
    await assert.rejects(attempt('amina', PASSWORD, '192.0.2.1'), { code: 'rate-limited' });
    await attempt('amina', PASSWORD, '192.0.2.2');
  });

  test('attempts at the same time do not slip past the limit', async () => {
    const attempts = Array.from({ length: 9 }, () =>
      signIn(p, {
        authorityId: AUTHORITY_A,
        account: 'amina',
        password: 'another long sentence',
        address: 'x',
      }),
    );
    const codes = (await Promise.allSettled(attempts)).map((r) =>
      r.status === 'rejected' ? r.reason.code : 'in',
    );
    assert.equal(codes.filter((code) => code === 'unauthenticated').length, 5);
    assert.equal(codes.filter((code) => code === 'rate-limited').length, 4);
  });
});

test('the full cost is paid unless told otherwise, and a password stored cheaper is stored anew', async () => {
  const full = { ...p, passwordCost: undefined };
  const add = (ctx: Context, subject: string) =>
    createStaff(ctx, {
      authorityId: AUTHORITY_A,
      subject,
      name: 'X',
      roles: ['counter'],
      password: PASSWORD,
    });
  const cost = async (id: string) => {
    const stored = await typed<AccessTables>(p.store.read)
      .selectFrom('local_accounts')
      .select('password')
      .where('staff_id', '=', id)
      .executeTakeFirstOrThrow();
    return stored.password.split('$').slice(1, 4).map(Number);
  };
  const today = [SCRYPT_COST.N, SCRYPT_COST.r, SCRYPT_COST.p];
  assert.deepEqual(await cost((await add(full, 'rkia')).staffId), today);
  const { staffId: cheap } = await add(p, 'omar');
  assert.notDeepEqual(await cost(cheap), today);
  const at = { authorityId: AUTHORITY_A, account: 'omar', address: '192.0.2.7' };
  await signIn(full, { ...at, password: PASSWORD });
  assert.deepEqual(await cost(cheap), today);
  await signIn(full, { ...at, password: PASSWORD });
});

describe('sessions', () => {
  test('a session that somebody planted is not taken over', async () => {
    const planted = 'A'.repeat(43);
    const visitor = new Visitor(app);
    visitor.cookies.set('taalil-staff', planted);
    await enter(visitor);
    const fresh = visitor.cookies.get('taalil-staff');
    assert.notEqual(fresh, planted);
    const thief = new Visitor(app);
    thief.cookies.set('taalil-staff', planted);
    assert.equal((await thief.get(HOME)).status, 303);
  });

  test('signing in again gives a new secret and ends the old session', async () => {
    const visitor = await enter();
    const old = visitor.cookies.get('taalil-staff') as string;
    const csrf = await visitor.token(HOME);
    const again = await visitor.send(SIGN_IN, { csrf, ...fields() });
    assert.equal(again.status, 303);
    assert.notEqual(visitor.cookies.get('taalil-staff'), old);
    const left = new Visitor(app);
    left.cookies.set('taalil-staff', old);
    assert.equal((await left.get(HOME)).status, 303);
  });

  test('signing out ends the session on the server', async () => {
    const visitor = await enter();
    const secret = visitor.cookies.get('taalil-staff') as string;
    const out = await visitor.post('/fr/staff/sign-out', {}, HOME);
    assert.equal(out.location, SIGN_IN);
    assert.equal(visitor.cookies.has('taalil-staff'), false);
    visitor.cookies.set('taalil-staff', secret);
    assert.equal((await visitor.get(HOME)).status, 303);
  });

  test('ends after half an hour without a request, and after ten hours of work', async () => {
    const idle = await enter();
    p.clock.moveTo(p.clock.now().add({ minutes: 29 }));
    assert.equal((await idle.get(HOME)).status, 200);
    p.clock.moveTo(p.clock.now().add({ minutes: 29 }));
    assert.equal((await idle.get(HOME)).status, 200, 'a request keeps it alive');
    p.clock.moveTo(p.clock.now().add({ minutes: 31 }));
    assert.equal((await idle.get(HOME)).status, 303);

    const busy = await enter();
    for (let minutes = 0; minutes < 10 * 60; minutes += 20) {
      assert.equal((await busy.get(HOME)).status, 200);
      p.clock.moveTo(p.clock.now().add({ minutes: 20 }));
    }
    assert.equal((await busy.get(HOME)).status, 303);
  });

  test("authority B's session on a page of A finds nothing, and the other way round", async () => {
    const visitor = new Visitor(app);
    await visitor.post(SIGN_IN, fields('amina', PASSWORD, AUTHORITY_B));
    assert.equal((await visitor.get(`/fr/staff/${AUTHORITY_B}/access-log`)).status, 200);
    for (const path of [HOME, `${HOME}/access-log`, '/fr/staff/no-such-authority']) {
      const answer = await visitor.get(path);
      assert.equal(answer.status, 404, path);
      assert.equal(answer.html, 'not-found');
    }
    assert.equal((await (await enter()).get(`/fr/staff/${AUTHORITY_B}`)).status, 404);
  });

  test('roles taken away are gone with the next request; who left is signed out', async () => {
    const { staffId: changing } = await createStaff(p, {
      authorityId: AUTHORITY_A,
      subject: 'nora',
      name: 'Nora Test',
      roles: ['auditor'],
      password: PASSWORD,
    });
    const visitor = new Visitor(app);
    await visitor.post(SIGN_IN, fields('nora'));
    assert.equal((await visitor.get(`${HOME}/access-log`)).status, 200);
    await changeRoles(p, { authorityId: AUTHORITY_A, staffId: changing, roles: ['counter'], by: supervisor });
    assert.equal((await visitor.get(`${HOME}/access-log`)).status, 403);
    await endStaff(p, { authorityId: AUTHORITY_A, staffId: changing, by: supervisor });
    assert.equal((await visitor.get(HOME)).status, 303);
    assert.equal((await visitor.post(SIGN_IN, fields('nora'))).status, 401);
  });

  test('nobody changes their own roles, nor without the permission', async () => {
    const own = changeRoles(p, {
      authorityId: AUTHORITY_A,
      staffId: supervisor,
      roles: ['dpo'],
      by: supervisor,
    });
    await assert.rejects(own, { code: 'not-independent' });
    const without = changeRoles(p, {
      authorityId: AUTHORITY_A,
      staffId: supervisor,
      roles: ['dpo'],
      by: staffId,
    });
    await assert.rejects(without, { code: 'forbidden' });
  });
});

describe('cookies', () => {
  const cookieOf = async (visitor: Visitor, url: string) => {
    const csrf = await visitor.token(url);
    const { response } = await visitor.send(url, { csrf, ...fields() });
    return response.headers.getSetCookie().find((line) => line.includes('staff')) ?? '';
  };

  test('over plain HTTP: HttpOnly, SameSite=Lax, the whole site', async () => {
    assert.match(
      await cookieOf(new Visitor(app), SIGN_IN),
      /^taalil-staff=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test('over HTTPS, also where a proxy ends it: __Host- and Secure', async () => {
    const expected = /^__Host-taalil-staff=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/;
    assert.match(await cookieOf(new Visitor(app), `https://taalil.example${SIGN_IN}`), expected);
    const proxied = webApp(accessPages({ ...p, http: { publicOrigin: 'https://taalil.example' } }));
    assert.match(await cookieOf(new Visitor(proxied), SIGN_IN), expected);
  });
});

test('a production store has no local accounts, neither to make nor to use', async () => {
  const production = { ...p, kind: 'production' as const };
  const account = {
    authorityId: AUTHORITY_A,
    subject: 'x',
    name: 'X',
    roles: ['counter'] as const,
    password: PASSWORD,
  };
  await assert.rejects(createStaff(production, account), { code: 'forbidden' });
  await assert.rejects(signIn(production, { ...fields(), authorityId: AUTHORITY_A, address: 'x' }), {
    code: 'forbidden',
  });
  const page = await new Visitor(webApp(accessPages(production))).get(SIGN_IN);
  assert.equal(page.status, 200);
  assert.doesNotMatch(page.html, /type="password"/);
  const provided = await createStaff(production, {
    ...account,
    issuer: 'https://id.example',
    subject: 'sub-1',
  });
  assert.match(provided.staffId, /^stf_/);
});

test('the same account twice in an authority is a conflict', async () => {
  const twice = createStaff(p, {
    authorityId: AUTHORITY_A,
    subject: 'Amina',
    name: 'Other',
    roles: ['counter'],
  });
  await assert.rejects(twice, { code: 'conflict' });
});
