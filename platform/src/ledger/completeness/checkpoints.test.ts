import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AUTHORITY_A, makePlatform } from '../../../test/make-platform.ts';
import { CheckpointWalk } from './checkpoints.ts';
import { Findings } from './findings.ts';

test('a log may have more heads than a call takes arguments: one for each commit', async () => {
  const p = await makePlatform();
  try {
    const heads = 300_000;
    const known = Array.from({ length: heads }, (_, n) => ({
      source: 'kept',
      size: n + 1,
      root: new Uint8Array(32),
    }));
    const walk = await CheckpointWalk.begin({
      store: { ...p.store, freeze: async () => {} },
      logId: AUTHORITY_A,
      keys: { vkey: await p.ledger.vkey(AUTHORITY_A), mac: p.vault.keyring.mac },
      known,
      findings: new Findings(),
    });
    assert.equal(walk.size, heads);
    assert.ok(walk.hasHead(1) && walk.hasHead(heads) && !walk.hasHead(heads + 1));
  } finally {
    await p.dispose();
  }
});
