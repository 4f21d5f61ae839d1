import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import type { Context } from '../context.ts';
import { authenticateApiKey, requireScope } from './api-key-auth.ts';
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey, type Scope } from './api-keys.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform({ system: false });
});
after(() => p.dispose());

const make = (more: { scopes?: Scope[]; systems?: string[] | 'all' } = {}) =>
  createApiKey(p, {
    authorityId: AUTHORITY_A,
    label: 'service social',
    scopes: more.scopes ?? ['decisions:write', 'decisions:read'],
    systems: more.systems ?? [SYSTEM],
  });
const bearer = (secret: string) => `Bearer ${secret}`;
const refused = { code: 'unauthenticated' };

/** The same platform as another process sees it: the same files, nothing in memory. */
const elsewhere = (): Context => ({ ...p, store: { ...p.store } });

test('a key opens what it was made for', async () => {
  const { keyId, secret } = await make();
  assert.match(secret, /^taalil_[0-9a-z]{24}_[\w-]{43}$/);
  assert.deepEqual(await authenticateApiKey(p, bearer(secret)), {
    authorityId: AUTHORITY_A,
    apiKeyId: keyId,
    scopes: ['decisions:write', 'decisions:read'],
    systems: [SYSTEM],
  });
});

describe('refused alike', () => {
  const headers: Record<string, (secret: string) => string | undefined> = {
    'no header': () => undefined,
    'an empty one': () => '',
    'another scheme': (s) => `Basic ${s}`,
    'the secret without a scheme': (s) => s,
    'a changed secret': (s) => bearer(`${s.slice(0, -1)}${s.endsWith('A') ? 'B' : 'A'}`),
    'a longer secret': (s) => bearer(`${s}A`),
    'a shorter one': (s) => bearer(s.slice(0, -1)),
    "another key's id": (s) => bearer(`taalil_${'0'.repeat(24)}_${s.slice(-43)}`),
    'two keys': (s) => `${bearer(s)}, ${bearer(s)}`,
  };
  for (const [what, header] of Object.entries(headers)) {
    test(what, async () => {
      await assert.rejects(authenticateApiKey(p, header((await make()).secret)), refused);
    });
  }
});

test('scopes and systems are asked one by one', async () => {
  const narrow = await authenticateApiKey(p, bearer((await make()).secret));
  requireScope(narrow, 'decisions:write', SYSTEM);
  requireScope(narrow, 'decisions:read');
  assert.throws(() => requireScope(narrow, 'events:read'), { code: 'forbidden' });
  assert.throws(() => requireScope(narrow, 'decisions:write', 'another-system'), { code: 'forbidden' });
  const wide = await authenticateApiKey(p, bearer((await make({ systems: 'all' })).secret));
  requireScope(wide, 'decisions:write', 'another-system');
  assert.throws(() => requireScope(wide, 'notices:write', SYSTEM), { code: 'forbidden' });
});

test('a key without scope, system or label is not made, nor one with unknown ones', async () => {
  const good = {
    authorityId: AUTHORITY_A,
    label: 'x',
    scopes: ['events:read'] as Scope[],
    systems: 'all' as const,
  };
  for (const bad of [
    { ...good, scopes: [] },
    { ...good, scopes: ['everything' as Scope] },
    { ...good, systems: [] },
    { ...good, systems: ['*'] },
    { ...good, systems: ['a b'] },
    { ...good, label: ' ' },
  ]) {
    await assert.rejects(createApiKey(p, bad), { code: 'invalid-request' });
  }
});

describe('revoking', () => {
  test('ends a key at once, though it was just in use', async () => {
    const { keyId, secret } = await make();
    await authenticateApiKey(p, bearer(secret));
    const racing = authenticateApiKey(p, bearer(secret));
    await revokeApiKey(p, { authorityId: AUTHORITY_A, keyId, by: 'setup' });
    await racing;
    await assert.rejects(authenticateApiKey(p, bearer(secret)), refused);
    await assert.rejects(revokeApiKey(p, { authorityId: AUTHORITY_A, keyId, by: 'setup' }), {
      code: 'conflict',
    });
    const listed = (await listApiKeys(p, AUTHORITY_A)).find((key) => key.keyId === keyId);
    assert.ok(listed?.revokedAt);
  });

  test('a read that began before the revocation is not kept after it', async () => {
    const { keyId, secret } = await make();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let holding = true;
    const slow: Context = {
      ...p,
      store: { ...p.store, read: slowed(p.store.read, () => (holding ? held : undefined)) },
    };
    const early = authenticateApiKey(slow, bearer(secret));
    await revokeApiKey(slow, { authorityId: AUTHORITY_A, keyId, by: 'setup' });
    holding = false;
    release();
    await early.catch(() => undefined);
    await assert.rejects(authenticateApiKey(slow, bearer(secret)), refused);
  });

  test('is seen by another process within a second', async () => {
    const { keyId, secret } = await make();
    const other = elsewhere();
    await authenticateApiKey(other, bearer(secret));
    await revokeApiKey(p, { authorityId: AUTHORITY_A, keyId, by: 'setup' });
    p.clock.moveTo(p.clock.now().add({ seconds: 1 }));
    await assert.rejects(authenticateApiKey(other, bearer(secret)), refused);
  });

  test("another authority's key is not there to revoke, rotate or list", async () => {
    const { keyId, secret } = await make();
    const change = { authorityId: AUTHORITY_B, keyId, by: 'setup' };
    await assert.rejects(revokeApiKey(p, change), { code: 'not-found' });
    await assert.rejects(rotateApiKey(p, change), { code: 'not-found' });
    assert.deepEqual(await listApiKeys(p, AUTHORITY_B), []);
    await authenticateApiKey(p, bearer(secret));
  });
});

test('rotating keeps the key and its id; the old secret works for the overlap, then no more', async () => {
  const first = await make();
  await authenticateApiKey(p, bearer(first.secret));
  const second = await rotateApiKey(p, { authorityId: AUTHORITY_A, keyId: first.keyId, by: 'setup' });
  assert.equal(second.keyId, first.keyId);
  assert.notEqual(second.secret, first.secret);
  for (const { secret } of [first, second]) {
    assert.equal((await authenticateApiKey(p, bearer(secret))).apiKeyId, first.keyId);
  }
  p.clock.moveTo(p.clock.now().add({ hours: 24 }));
  await assert.rejects(authenticateApiKey(p, bearer(first.secret)), refused);
  await authenticateApiKey(p, bearer(second.secret));

  const third = await rotateApiKey(p, {
    authorityId: AUTHORITY_A,
    keyId: first.keyId,
    by: 'setup',
    overlap: Temporal.Duration.from('PT0S'),
  });
  await assert.rejects(authenticateApiKey(p, bearer(second.secret)), refused);
  await authenticateApiKey(p, bearer(third.secret));
});

test('a key that was revoked elsewhere is not kept by a clock that is set back', async () => {
  let ahead = 0;
  const clock = { virtual: true, now: () => p.clock.now().add({ milliseconds: ahead }) };
  const other: Context = { ...elsewhere(), clock };
  const { keyId, secret } = await createApiKey(p, {
    authorityId: AUTHORITY_A,
    label: 'set back',
    scopes: ['decisions:read'],
    systems: 'all',
  });
  await authenticateApiKey(other, `Bearer ${secret}`);
  await revokeApiKey(p, { authorityId: AUTHORITY_A, keyId, by: 'setup' });
  ahead = -3_600_000;
  await assert.rejects(authenticateApiKey(other, `Bearer ${secret}`), { code: 'unauthenticated' });
});

test('a key in use is answered from memory', async () => {
  const { secret } = await make();
  let reads = 0;
  const counted: Context = {
    ...p,
    store: {
      ...p.store,
      read: slowed(p.store.read, () => {
        reads++;
        return undefined;
      }),
    },
  };
  for (let i = 0; i < 1_000; i++) await authenticateApiKey(counted, bearer(secret));
  assert.equal(reads, 1);
});

/** A reading connection that asks `before` whenever a query is begun. */
function slowed(
  db: Context['store']['read'],
  before: () => Promise<void> | undefined,
): Context['store']['read'] {
  return new Proxy(db, {
    get(target, name) {
      if (name !== 'selectFrom') return Reflect.get(target, name);
      return (...tables: Parameters<typeof target.selectFrom>) => {
        const wait = before();
        const query = target.selectFrom(...tables);
        return wait === undefined ? query : lateExecute(query, wait);
      };
    },
  });
}

function lateExecute<T extends object>(query: T, wait: Promise<void>): T {
  return new Proxy(query, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name === 'execute') {
        return async () => {
          const rows = await value.call(target);
          await wait;
          return rows;
        };
      }
      return (...args: unknown[]) => {
        const next = value.apply(target, args);
        return typeof next === 'object' && next !== null ? lateExecute(next, wait) : next;
      };
    },
  });
}
