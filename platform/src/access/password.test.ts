import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { test } from 'node:test';
import { hashPassword, SCRYPT_COST, verifyPassword } from './password.ts';

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

test('the stored form names its cost and is what scrypt gives', async () => {
  const stored = await hashPassword('une phrase assez longue');
  const [name, n, r, p, salt = '', key] = stored.split('$');
  assert.deepEqual(
    [name, Number(n), Number(r), Number(p)],
    ['scrypt', SCRYPT_COST.N, SCRYPT_COST.r, SCRYPT_COST.p],
  );
  const again = scryptSync('une phrase assez longue', Buffer.from(salt, 'base64'), 32, {
    ...SCRYPT_COST,
    maxmem: 2 ** 27,
  });
  assert.equal(again.toString('base64'), key);
  assert.notEqual(stored, await hashPassword('une phrase assez longue'), 'every password has its own salt');
});

test('tells the right password from others, whatever way its letters are composed', async () => {
  const stored = await hashPassword('clé de la maison', CHEAP);
  assert.deepEqual(await verifyPassword('clé de la maison'.normalize('NFD'), stored), {
    ok: true,
    outdated: true,
  });
  for (const wrong of ['clé de la maisoN', 'clé de la maison ', '', 'x'.repeat(5_000)]) {
    assert.equal((await verifyPassword(wrong, stored)).ok, false);
  }
});

test('nothing stored, or something else, opens to nobody', async () => {
  for (const stored of [undefined, '', 'plain', 'scrypt$1024$8$1$$', stored16('AAAA')]) {
    assert.deepEqual(await verifyPassword('une phrase assez longue', stored), { ok: false, outdated: false });
  }
});

test('a password that is too short or too long is refused before any work', async () => {
  for (const password of ['', 'short', 'x'.repeat(1_025)]) {
    await assert.rejects(hashPassword(password), { code: 'invalid-request' });
  }
});

function stored16(key: string): string {
  return `scrypt$${SCRYPT_COST.N}$${SCRYPT_COST.r}$${SCRYPT_COST.p}$AAAAAAAAAAAAAAAAAAAAAA==$${key}`;
}
