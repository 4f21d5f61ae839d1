import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Hono } from 'hono';
import { AUTHORITY_A, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { makeStaff, signedIn, Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import type { Context } from '../context.ts';
import { csrfGuard } from './guard.ts';
import type { WebEnv } from './web-env.ts';

const FORM = '/fr/case/question';
const HERE = 'http://localhost';

/** A citizen's page with a form, and one without any. */
function room(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const guard = csrfGuard(ctx);
  app.get('/:lang/case/question', guard, (c) => c.html(`<input name="csrf" value="${c.var.csrf}">`));
  app.post('/:lang/case/question', guard, async (c) => c.text(`heard ${(await c.req.parseBody()).word}`));
  app.get('/:lang/register', (c) => c.text('public'));
  return app;
}

let p: TestPlatform;
let app: Hono<WebEnv>;
before(async () => {
  p = await makePlatform({ system: false });
  app = webApp(room(p));
});
after(() => p.dispose());

describe('a form of somebody without a session', () => {
  test('comes back with its token, and the handler still reads the body', async () => {
    const answer = await new Visitor(app).post(FORM, { word: 'oui' });
    assert.equal(answer.status, 200);
    assert.equal(answer.html, 'heard oui');
  });

  test('keeps its token while the browser stays open: two tabs work', async () => {
    const visitor = new Visitor(app);
    const first = await visitor.token(FORM);
    assert.equal(await visitor.token(FORM), first);
  });

  const refused: Record<string, (visitor: Visitor, token: string) => ReturnType<Visitor['send']>> = {
    'without a token': (v) => v.send(FORM, { word: 'oui' }),
    'with an empty token': (v) => v.send(FORM, { csrf: '', word: 'oui' }),
    'with a wrong token': (v, token) => v.send(FORM, { csrf: `${token.slice(0, -2)}AA`, word: 'oui' }),
    'with a token of another length': (v, token) => v.send(FORM, { csrf: `${token}A`, word: 'oui' }),
    'with the token but another browser': (_, token) =>
      new Visitor(app).send(FORM, { csrf: token, word: 'oui' }),
    'from another origin': (v, csrf) =>
      v.send(FORM, { csrf, word: 'oui' }, { origin: 'https://evil.example' }),
    'from another port': (v, csrf) => v.send(FORM, { csrf, word: 'oui' }, { origin: `${HERE}:8080` }),
    'from another site': (v, csrf) => v.send(FORM, { csrf, word: 'oui' }, { 'sec-fetch-site': 'cross-site' }),
    'from a neighbour': (v, csrf) =>
      v.send(FORM, { csrf, word: 'oui' }, { origin: HERE, 'sec-fetch-site': 'same-site' }),
    'from a sandboxed frame': (v, csrf) =>
      v.send(FORM, { csrf, word: 'oui' }, { origin: 'null', 'sec-fetch-site': 'cross-site' }),
    'as JSON': (v, csrf) =>
      v
        .request(FORM, {
          method: 'POST',
          body: JSON.stringify({ csrf }),
          headers: { 'content-type': 'application/json' },
        })
        .then(async (response) => ({
          status: response.status,
          location: null,
          html: await response.text(),
          response,
        })),
  };
  for (const [how, send] of Object.entries(refused)) {
    test(`is refused ${how}`, async () => {
      const visitor = new Visitor(app);
      const answer = await send(visitor, await visitor.token(FORM));
      assert.equal(answer.status, 403);
      assert.equal(answer.html, 'forbidden');
    });
  }

  for (const [how, headers] of Object.entries<Record<string, string>>({
    'its own origin': { origin: HERE, 'sec-fetch-site': 'same-origin' },
    'a hidden origin': { origin: 'null', 'sec-fetch-site': 'same-origin' },
    'a hidden origin on an old browser': { origin: 'null' },
  })) {
    test(`is taken from ${how}`, async () => {
      const visitor = new Visitor(app);
      const csrf = await visitor.token(FORM);
      assert.equal((await visitor.send(FORM, { csrf, word: 'oui' }, headers)).status, 200);
    });
  }

  test('of another size than a form is refused, announced or not', async () => {
    const visitor = new Visitor(app);
    const csrf = await visitor.token(FORM);
    const large = new URLSearchParams({ csrf, word: 'x'.repeat(200_000) }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const announced = await visitor.request(FORM, {
      method: 'POST',
      body: large,
      headers: { ...type, 'content-length': String(large.length) },
    });
    assert.equal(announced.status, 413);
    const chunks = new Blob([large]).stream();
    const chunked = { method: 'POST', body: chunks, duplex: 'half', headers: type } as RequestInit;
    assert.equal((await visitor.request(FORM, chunked)).status, 413);
    assert.equal((await visitor.send(FORM, { csrf, word: 'x'.repeat(100_000) })).status, 200);
  });

  test('pages without a form set no cookie', async () => {
    const { response } = await new Visitor(app).get('/fr/register');
    assert.deepEqual(response.headers.getSetCookie(), []);
  });
});

describe('a form of somebody signed in', () => {
  const enter = async () => signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['counter']));

  test('takes the token of its own session', async () => {
    assert.equal((await (await enter()).post(FORM, { word: 'oui' })).status, 200);
  });

  test("refuses another session's token", async () => {
    const other = await (await enter()).token(FORM);
    assert.equal((await (await enter()).send(FORM, { csrf: other, word: 'oui' })).status, 403);
  });

  test('written before signing in is still taken after', async () => {
    const visitor = new Visitor(app);
    const before = await visitor.token(FORM);
    visitor.cookies.set('taalil-staff', (await enter()).cookies.get('taalil-staff') as string);
    assert.equal((await visitor.send(FORM, { csrf: before, word: 'oui' })).status, 200);
  });
});

test('behind a proxy that ends TLS the configured origin counts, and only that', async () => {
  const visitor = new Visitor(webApp(room({ ...p, http: { publicOrigin: 'https://taalil.example' } })));
  const csrf = await visitor.token(FORM);
  assert.equal(
    (await visitor.send(FORM, { csrf, word: 'oui' }, { origin: 'https://taalil.example' })).status,
    200,
  );
  assert.equal((await visitor.send(FORM, { csrf, word: 'oui' }, { origin: HERE })).status, 403);
});
