import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { AUTHORITY_A, makePlatform } from '../../test/make-platform.ts';
import { Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { createApiKey } from './api-keys.ts';
import { accessPages } from './pages.tsx';
import { createStaff, findStaff, listStaff } from './staff.ts';

test('names, accounts, passwords, session secrets and API keys are in no file', async () => {
  const p = await makePlatform({ system: false });
  try {
    const planted = {
      name: 'Zoubida Plantée-Ici',
      subject: 'zoubida.compte',
      password: 'phrase plantée et longue',
    };
    const { staffId } = await createStaff(p, { authorityId: AUTHORITY_A, roles: ['auditor'], ...planted });
    const visitor = new Visitor(webApp(accessPages(p)));
    const fields = { authority: AUTHORITY_A, account: planted.subject, password: planted.password };
    assert.equal((await visitor.post('/ar/staff/sign-in', fields)).status, 303);
    const { secret } = await createApiKey(p, {
      authorityId: AUTHORITY_A,
      label: 'test',
      scopes: ['events:read'],
      systems: 'all',
    });
    assert.equal((await findStaff(p, AUTHORITY_A, staffId)).name, planted.name);
    const secrets = [...Object.values(planted), visitor.cookies.get('taalil-staff') ?? '', secret.slice(-43)];
    const files = readdirSync(p.folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    assert.ok(files.some((file) => file.name === 'taalil.db-wal' || file.name === 'taalil.db'));
    let found = 0;
    for (const file of files) {
      const bytes = readFileSync(join(file.parentPath, file.name));
      if (bytes.includes(staffId)) found++;
      for (const planted of secrets) {
        assert.ok(planted.length > 10 && !bytes.includes(planted), `${file.name} holds "${planted}"`);
      }
    }
    assert.ok(found > 0, 'the search reads what was written');
  } finally {
    await p.dispose();
  }
});

test("a person's erased key leaves the row, without a name", async () => {
  const p = await makePlatform({ system: false });
  try {
    const { staffId } = await createStaff(p, {
      authorityId: AUTHORITY_A,
      subject: 'gone',
      name: 'Gone Person',
      roles: ['counter'],
    });
    p.vault.destroy(AUTHORITY_A, staffId);
    const [row] = await listStaff(p, AUTHORITY_A);
    assert.deepEqual([row?.staffId, row?.name, row?.subject], [staffId, '', '']);
  } finally {
    await p.dispose();
  }
});
