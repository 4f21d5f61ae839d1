import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  parseCheckpoint,
  parseNote,
  proveConsistency,
  verifyCheckpoint,
  verifyConsistency,
} from '@taalil/transparency-log';
import { nodeRuntime, nodeSha256 } from '@taalil/transparency-log/writer';
import type { CaseTables } from '../../src/cases/tables.ts';
import { systemClock } from '../../src/clock.ts';
import type { DecisionTables } from '../../src/decisions/tables.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { tileReader } from '../../src/ledger/read-log.ts';
import { verifyLog } from '../../src/ledger/verify.ts';
import { openReader } from '../../src/open-reader.ts';
import { proveComplete } from '../../src/prove-complete.ts';
import { type Store, typed } from '../../src/store/index.ts';
import { openVault } from '../../src/vault/vault.ts';
import { AUTHORITY_A } from '../make-platform.ts';
import type { Clients } from './clients.ts';
import type { World } from './world.ts';

/**
 * What must hold after any fault, read beside the running platform: every acknowledged decision is there once, with the answer
 * that was given; the log verifies from its first entry and contains every checkpoint that any client was shown.
 */
export async function assertWhole(
  world: World,
  clients: Clients,
  { complete = false } = {},
): Promise<number> {
  const place = { folder: world.folder, database: world.databaseUrl };
  const store = await openReader(place);
  const vault = openVault(world.folder);
  try {
    const ledger = openLedger(store as unknown as Store, vault, systemClock, {
      originPrefix: 'test.example/log',
      fenceFolder: join(world.folder, 'fence'),
    });
    const size = await verifyLog({ store, ledger } as never, AUTHORITY_A);

    const decisions = await typed<DecisionTables>(store.read)
      .selectFrom('decisions')
      .select('decision_id')
      .where('authority_id', '=', AUTHORITY_A)
      .execute();
    const stored = new Set(decisions.map(({ decision_id }) => decision_id));
    for (const [key, { decision }] of clients.acknowledged) {
      assert.ok(stored.has(decision), `${key} was acknowledged as ${decision} and is lost`);
    }
    const distinct = new Set([...clients.acknowledged.values()].map(({ decision }) => decision));
    assert.equal(distinct.size, clients.acknowledged.size, 'two keys, one decision');
    assert.equal(stored.size, distinct.size, 'a request was decided twice, or decided and never answered');
    const made = await typed<CaseTables>(store.read)
      .selectFrom('case_events')
      .select(['decision_id', 'log_index'])
      .where('authority_id', '=', AUTHORITY_A)
      .where('type', 'in', ['decision-made', 'decision-proposed'])
      .execute();
    const indexes = new Map(made.map((row) => [row.decision_id, Number(row.log_index)]));
    for (const [key, { decision, index }] of clients.acknowledged) {
      assert.equal(indexes.get(decision), index, `${key}: another place in the log than was answered`);
    }

    const vkey = await ledger.vkey(AUTHORITY_A);
    const now = await verifyCheckpoint(
      (await ledger.checkpoint(AUTHORITY_A)) as string,
      { vkey },
      nodeRuntime,
    );
    const heads = [];
    for (const note of clients.checkpoints) {
      const then = await verifyCheckpoint(note, { vkey }, nodeRuntime);
      heads.push({ source: 'a client', size: then.size, root: then.root });
      const proof = await proveConsistency(then.size, now.size, tileReader(store, AUTHORITY_A), nodeSha256);
      verifyConsistency(
        { size1: then.size, size2: now.size, root1: then.root, root2: now.root, proof },
        nodeSha256,
      );
    }
    if (complete) {
      const fenceFolder = join(world.folder, 'fence');
      const known = new Map([[AUTHORITY_A, heads]]);
      const frozen = await openReader(place);
      const { findings, entries } = await proveComplete(
        { store: frozen, vault, fenceFolder, known },
        AUTHORITY_A,
      );
      await frozen.close();
      assert.deepEqual(findings.list, [], 'the store holds exactly the entries of its log');
      assert.ok(entries >= size);
    }
    return size;
  } finally {
    vault.close();
    await store.close();
  }
}

/** The size that a signed checkpoint names. */
export function sizeOf(note: string): number {
  return parseCheckpoint(parseNote(note).text).size;
}
