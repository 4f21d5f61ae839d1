import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../test/make-platform.ts';
import { reviewOfRefusal, staffMember } from '../../test/reviewing.ts';
import { webApp } from '../../test/web-app.ts';
import { createApiKey } from '../access/index.ts';
import { requestsApi } from './api.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

test('an agency reads kinds, clocks and outcomes of its requests, never what people wrote', async () => {
  const by = await staffMember(p, 'author', ['reviewer'], { password: null });
  const { reviewId, caseId } = await reviewOfRefusal(p, { by, kind: 'rectification' });
  const app = webApp(requestsApi(p));
  const keyFor = async (systems: readonly string[], scopes: readonly ('decisions:read' | 'events:read')[]) =>
    (
      await createApiKey(p, {
        authorityId: AUTHORITY_A,
        label: 'test',
        scopes: [...scopes],
        systems: [...systems],
      })
    ).secret;
  const get = async (path: string, key: string) => {
    const answer = await app.request(path, { headers: { authorization: `Bearer ${key}` } });
    return { status: answer.status, text: await answer.text() };
  };
  const key = await keyFor([SYSTEM], ['decisions:read']);
  const list = await get(`/api/v1/requests?case=${caseId}`, key);
  const [one] = JSON.parse(list.text).requests;
  assert.deepEqual(
    [one.request, one.kind, one.clock.rule, one.clock.due],
    [reviewId, 'rectification', 'ma.09-08.8', '2026-03-13'],
  );
  assert.ok(!list.text.includes('relise'));
  assert.equal((await get(`/api/v1/requests/${reviewId}`, key)).status, 200);
  assert.equal((await get('/api/v1/requests?status=lost', key)).status, 400);
  assert.equal(
    (await get(`/api/v1/requests/${reviewId}`, await keyFor([SYSTEM], ['events:read']))).status,
    403,
  );
});
