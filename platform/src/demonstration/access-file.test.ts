import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readAccessFile, writeAccessFile } from './access-file.ts';
import type { DemonstrationAccess } from './table.ts';

const WORLD: DemonstrationAccess = {
  authority: 'specimen',
  system: 'aide',
  citizen: { reference: 'AAAAA-BBBBB', code: '000000000000' },
  staff: [],
  apiKey: 'none',
  exampleInput: {},
};

test('a finished demonstration is read again; one of another version says what to do and stays as it is', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'taalil-demonstration-')), 'demonstration.json');
  writeAccessFile(file, [WORLD]);
  assert.deepEqual(readAccessFile(file), [WORLD]);
  const now = JSON.parse(readFileSync(file, 'utf8'));
  const older: readonly unknown[] = [
    WORLD,
    [WORLD],
    { ...now, tables: 'others' },
    { ...now, worlds: {} },
    null,
  ];
  for (const text of [...older.map((value) => JSON.stringify(value)), '', '{']) {
    writeFileSync(file, text);
    assert.throws(() => readAccessFile(file), { code: 'store-unavailable', message: /another version/ });
    assert.equal(readFileSync(file, 'utf8'), text);
  }
});
