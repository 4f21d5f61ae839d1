import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ErasureMemory, MEMORY_FILE } from './memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-memory-'));
after(() => rmSync(folder, { recursive: true }));

const erasure = (caseId: string) => ({
  ...{ authority_id: 'a', case_id: caseId, system_id: 's', requested_at: 't', requested_by: 'x' },
  ...{ archive_outcome: 'eliminate' as const, archive_instrument: 'Visa n° 8', archive_day: '2027-03-01' },
  ...{ erased_at: 't', confirmed_by: 'y', backups_until: '2027-04-01' },
});

test('what was erased is remembered once, across restarts, also after a line was torn', () => {
  const at = join(folder, 'fence');
  const memory = new ErasureMemory(at);
  memory.remember([erasure('one'), erasure('two')]);
  memory.remember([erasure('one')]);
  appendFileSync(join(at, MEMORY_FILE), '{"authority_id":"a","case_id":"to');
  const again = new ErasureMemory(at);
  assert.deepEqual([again.all.length, again.unreadable], [2, 1]);
  again.remember([erasure('three')]);
  const last = new ErasureMemory(at);
  assert.deepEqual(
    last.all.map((row) => row.case_id),
    ['one', 'two', 'three'],
  );
  assert.ok(last.has('a', 'three') && !last.has('b', 'three'));
});

test('a disk that takes nothing is told, and nothing counts as remembered', () => {
  writeFileSync(join(folder, 'no-folder'), '');
  const memory = new ErasureMemory(join(folder, 'no-folder', 'fence'));
  assert.throws(() => memory.remember([erasure('one')]), { code: 'store-unavailable' });
  assert.ok(!memory.has('a', 'one'));
});
