import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Hono } from 'hono';
import { ROLES } from '../src/access/index.ts';
import { createApp } from '../src/app.tsx';
import type { WebEnv } from '../src/http.ts';
import { typed } from '../src/store/index.ts';
import { formWith } from './files-to-attach.ts';
import { AUTHORITY_A, AUTHORITY_B, makePlatform, SYSTEM, type TestPlatform } from './make-platform.ts';
import { openedBy } from './opened-file.ts';
import { reviewOfRefusal, staffMember } from './reviewing.ts';
import { makeStaff, signedIn, Visitor } from './visitor.ts';

/** Every route of the whole platform is walked, as it stands in the router: one that is added is walked too. */
interface Route {
  readonly method: string;
  readonly pattern: string;
  /** An address that it answers. */
  readonly path: string;
}

let p: TestPlatform;
let app: Hono<WebEnv>;
let routes: Route[];
/** Somebody with every role at once, and a file open in the same browser: whatever guards a route lets them in. */
let everybody: Visitor;
before(async () => {
  p = await makePlatform();
  app = createApp(p);
  const author = await staffMember(p, 'author', ['reviewer'], { password: null });
  const { caseId, decisionId, reviewId } = await reviewOfRefusal(p, { by: author });
  const staffId = await makeStaff(p, AUTHORITY_A, ROLES);
  everybody = await signedIn(p, app, AUTHORITY_A, staffId);
  for (const [name, value] of (await openedBy(p, app, caseId)).cookies) everybody.cookies.set(name, value);
  const { visit = '' } =
    /counter\/(?<visit>ast_\w+)/.exec(
      (
        await everybody.post(`/fr/staff/${AUTHORITY_A}/counter`, {
          reference: await referenceOf(caseId),
          document: 'passport',
          present: 'person',
        })
      ).location ?? '',
    )?.groups ?? {};
  const known: Readonly<Record<string, string>> = {
    lang: 'fr',
    authority: AUTHORITY_A,
    system: SYSTEM,
    staff: staffId,
    case: caseId,
    decision: decisionId,
    review: reviewId,
    visit,
  };
  routes = distinct(app.routes).map(({ method, path: pattern }) => ({
    method,
    pattern,
    path: concrete(pattern, known),
  }));
});
after(() => p.dispose());

async function referenceOf(caseId: string): Promise<string> {
  const row = await p.store.lookup('cases', { authority_id: AUTHORITY_A, case_id: caseId });
  return String(row?.reference);
}

function distinct<R extends { method: string; path: string }>(all: readonly R[]): R[] {
  const named = all.filter(({ method }) => method !== 'ALL');
  return [...new Map(named.map((route) => [`${route.method} ${route.path}`, route])).values()];
}

/** Values for parameters that a pattern bounds; the pattern itself is asked whether they fit. */
const FITTING = ['1', 'publish', 'submit', 'a'.repeat(24), '0'.repeat(64), 'x'];
const PREFIXES = ['rev_', 'fil_', 'ast_', 'dec_', 'case_', 'stf_', 'com_', 'con_', 'col_', 'asm_'];

function concrete(pattern: string, known: Readonly<Record<string, string>>): string {
  return pattern
    .replace(/:(\w+)(?:\{((?:[^{}]|\{[^{}]*\})+)\})?(\??)/g, (_, name: string, bound: string | undefined) => {
      const fits = (value: string) => bound === undefined || new RegExp(`^(?:${bound})$`).test(value);
      const value = [known[name], ...FITTING, ...PREFIXES.map((prefix) => prefix + '0'.repeat(24))].find(
        (one) => one !== undefined && fits(one),
      );
      assert.ok(value, `no value for :${name} of ${pattern}: add one to the test`);
      return value;
    })
    .replace('*', 'x');
}

const isApi = ({ pattern }: Route) => pattern.startsWith('/api/');
/** Public and without a session: nothing but a check of what was sent, or a page. */
const OPEN_FORMS = new Set(['/:lang{(?:ar|zgh|fr|en)}/receipt']);

describe('headers', () => {
  const forbidden = /unsafe-inline|unsafe-eval|\*|https?:|(?<!img-src 'self' )data:/;
  async function assertGuarded({ method, path }: Pick<Route, 'method' | 'path'>, response: Response) {
    const where = `${method} ${path} (${response.status})`;
    const header = (name: string) => response.headers.get(name) ?? '';
    const policy = header('content-security-policy');
    assert.match(policy, /default-src 'none'/, where);
    assert.match(policy, /frame-ancestors 'none'/, where);
    assert.doesNotMatch(policy, forbidden, where);
    assert.equal(header('x-content-type-options'), 'nosniff', where);
    assert.equal(header('x-frame-options'), 'DENY', where);
    assert.equal(header('referrer-policy'), 'no-referrer', where);
    assert.match(header('permissions-policy'), /camera=\(\).*geolocation=\(\)/, where);
    assert.equal(header('cross-origin-opener-policy'), 'same-origin', where);
    const shared = response.headers.has('access-control-allow-origin');
    assert.equal(header('cross-origin-resource-policy'), shared ? 'cross-origin' : 'same-origin', where);
    assert.notEqual(header('cache-control'), '', where);
    assert.equal(response.headers.has('server') || response.headers.has('x-powered-by'), false, where);
    if (!header('content-type').startsWith('text/html')) return;
    const html = await response.text();
    if (header('content-disposition').startsWith('attachment')) return;
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle="|\son[a-z]+="|javascript:/i, where);
  }

  test('every route answers everybody, signed in or not, with all of them, errors too', async () => {
    assert.ok(routes.length > 150, `only ${routes.length} routes were found`);
    const answered = new Map<number, number>();
    for (const route of routes) {
      for (const visitor of [everybody, new Visitor(app)]) {
        const response = await visitor.request(route.path, { method: route.method });
        assert.ok(response.status < 500, `${route.method} ${route.path}: ${response.status}`);
        answered.set(response.status, (answered.get(response.status) ?? 0) + 1);
        await assertGuarded(route, response);
      }
    }
    assert.ok((answered.get(200) ?? 0) > 60, 'most pages were really seen');
  });

  test('so do addresses that are not there, other methods, and a fault of the server', async () => {
    for (const path of [
      '/nothing',
      '/fr/nothing',
      '/api/v1/nothing',
      `/fr/staff/${AUTHORITY_A}/nothing`,
      '/log/x/y',
    ]) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
        await assertGuarded({ method, path }, await app.request(path, { method }));
      }
    }
    const broken = createApp({
      ...p,
      store: {
        ...p.store,
        lookup: fail,
        get read() {
          return fail() as never;
        },
      },
    });
    const fault = await broken.request('/fr/register');
    assert.equal(fault.status, 503);
    await assertGuarded({ method: 'GET', path: '/fr/register' }, fault);
  });

  test('a route that forgets every header has them all the same', async () => {
    const forgetful = createApp(p);
    forgetful.get('/fr/forgotten', (c) => c.html('<p>x</p>'));
    forgetful.get('/fr/raw', () => new Response('x'));
    for (const path of ['/fr/forgotten', '/fr/raw']) {
      await assertGuarded({ method: 'GET', path }, await forgetful.request(path));
    }
  });

  test('HTTPS is told for a year where it is what browsers see, and only there', async () => {
    for (const [publicOrigin, told] of [
      ['https://taalil.example', 'max-age=31536000'],
      ['http://taalil.example', null],
      [undefined, null],
    ] as const) {
      const response = await createApp({ ...p, http: { publicOrigin } }).request('/fr');
      assert.equal(response.headers.get('strict-transport-security'), told, String(publicOrigin));
    }
  });

  const fail = (): never => {
    throw new Error('a fault');
  };
});

describe('requests that change something', () => {
  const changing = () => routes.filter((route) => !['GET', 'HEAD'].includes(route.method));

  const ATTACKS: Readonly<Record<string, (csrf: string) => RequestInit>> = {
    'from another site': (csrf) => ({
      body: new URLSearchParams({ csrf }),
      headers: { origin: 'https://evil.example' },
    }),
    'from a page that hides where it is': (csrf) => ({
      body: new URLSearchParams({ csrf }),
      headers: { origin: 'null', 'sec-fetch-site': 'cross-site' },
    }),
    'from a neighbour of the same domain': (csrf) => ({
      body: new URLSearchParams({ csrf }),
      headers: { 'sec-fetch-site': 'same-site' },
    }),
    'without a token': () => ({ body: new URLSearchParams({ x: 'y' }) }),
    'with the token of somebody else': () => ({ body: new URLSearchParams({ csrf: 'A'.repeat(43) }) }),
    'as a form with files, without a token': () => ({ body: formWith({ x: 'y' }, []) }),
    'as text, as other sites can send it unasked': () => ({
      body: 'csrf=x',
      headers: { 'content-type': 'text/plain' },
    }),
    'as JSON': (csrf) => ({
      body: JSON.stringify({ csrf }),
      headers: { 'content-type': 'application/json' },
    }),
  };
  for (const [how, attack] of Object.entries(ATTACKS)) {
    test(`${how}: refused by every route that a session opens, and nothing changes`, async () => {
      const csrf = await everybody.token(`/fr/staff/${AUTHORITY_A}/counter`);
      const before = await sizes();
      for (const route of changing()) {
        if (OPEN_FORMS.has(route.pattern)) continue;
        const response = await everybody.request(route.path, { method: route.method, ...attack(csrf) });
        const { status } = response;
        const where = `${route.method} ${route.path}: ${status}`;
        // A session in a cookie opens nothing of the API, which asks for a key.
        if (isApi(route)) assert.equal(status, 401, where);
        else assert.equal(status, 403, `${where} ${(await response.text()).slice(0, 200)}`);
      }
      assert.deepEqual(await sizes(), before);
    });
  }

  test('the right token from our own page passes every one of these doors: it is the attack that is refused', async () => {
    const csrf = await everybody.token(`/fr/staff/${AUTHORITY_A}/counter`);
    for (const route of changing()) {
      if (isApi(route) || /leave|sign-out|sign-in$|\/end$/.test(route.path)) continue;
      const body = new URLSearchParams({ csrf });
      const { status } = await everybody.request(route.path, { method: route.method, body });
      assert.notEqual(status, 403, route.path);
    }
  });

  async function sizes(): Promise<Record<string, number>> {
    const counted: Record<string, number> = {};
    for (const table of [
      'case_events',
      'journal',
      'reviews',
      'staff_sessions',
      'assistances',
      'attachments',
    ] as const) {
      const { n } = await typed<Record<string, object>>(p.store.read)
        .selectFrom(table)
        .select((e) => e.fn.countAll().as('n'))
        .executeTakeFirstOrThrow();
      counted[table] = Number(n);
    }
    return counted;
  }
});

test("whoever belongs to another authority finds none of this one's pages, by any route", async () => {
  const other = await signedIn(p, app, AUTHORITY_B, await makeStaff(p, AUTHORITY_B, ROLES));
  for (const route of routes) {
    if (!route.pattern.includes('/staff/:authority') || route.method !== 'GET') continue;
    const { status } = await other.request(route.path);
    assert.equal(status, 404, route.path);
  }
});

test('every page of the staff and of an open file leads a stranger to its door', async () => {
  for (const route of routes) {
    if (route.method !== 'GET' || !/\/staff\/:authority|\/case\/./.test(route.pattern)) continue;
    const response = await new Visitor(app).request(route.path);
    if (route.path === '/fr/case/left') continue;
    assert.equal(response.status, 303, route.path);
    assert.match(response.headers.get('location') ?? '', /^\/fr\/(?:staff\/sign-in|case)/, route.path);
  }
});

test('a citizen cookie that somebody planted opens nothing, and opening a file gives another', async () => {
  const author = await staffMember(p, 'second-author', ['reviewer'], { password: null });
  const { caseId } = await reviewOfRefusal(p, { by: author });
  for (const planted of [
    'x',
    'A'.repeat(120),
    (await openedBy(p, app, caseId)).cookies.get('taalil-staff') ?? 'y',
  ]) {
    const visitor = new Visitor(app);
    visitor.cookies.set('taalil-citizen', planted);
    assert.equal((await visitor.get('/fr/case/decision')).status, 303, planted);
  }
  const attacker = await openedBy(p, app, caseId);
  const own = attacker.cookies.get('taalil-citizen');
  const victim = await openedBy(p, app, (await reviewOfRefusal(p, { by: author })).caseId);
  assert.notEqual(victim.cookies.get('taalil-citizen'), own);
  await victim.post('/fr/case/leave', {}, '/fr/case/decision');
  assert.equal(victim.cookies.get('taalil-citizen'), undefined);
});
