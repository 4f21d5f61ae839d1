import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CaseTables } from '../../src/cases/tables.ts';
import type { OpenPlatform } from '../../src/open.ts';
import { openReader } from '../../src/open-reader.ts';
import { publishVersion } from '../../src/register/publish.ts';
import { changeStatus } from '../../src/register/status.ts';
import type { RegisterTables } from '../../src/register/tables.ts';
import { typed } from '../../src/store/index.ts';
import { seeded } from '../../worlds/random.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { AUTHORITY_A, inputOf, people } from '../make-platform.ts';
import type { Database } from './database.ts';
import { type StoreName, World } from './world.ts';

const bodies = people(100, 'suspension').map(({ subject, household }) => ({
  subject,
  input: inputOf(household),
}));
const systemsOf = (count: number) => Array.from({ length: count }, (_, n) => `systeme-${n}`);

async function publishAll(platform: OpenPlatform, systems: readonly string[]): Promise<void> {
  const bytes = modelFile({ version: 1, fault: false });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  for (const systemId of systems) {
    await publishVersion(platform, AUTHORITY_A, systemId, RECORD, { bytes, sha256 });
    await changeStatus(platform, { authorityId: AUTHORITY_A, systemId, to: 'live', by: 'stf_test' });
  }
}

export interface Suspended {
  readonly systems: number;
  readonly decisions: number;
  /** Requests that were refused because of the suspension. */
  readonly refused: number;
  /** Of those, the ones that were admitted before it, and refused when the admission was read again. */
  readonly atTheSeal: number;
}

/**
 * Systems are suspended one after another, each through any of two processes and at a moment of its own, while both decide on all of
 * them. In the log no decision of a system stands after its suspension, and none is answered that was asked for after it.
 */
export async function runSuspensions(
  store: StoreName,
  database: Database | undefined,
  {
    systems: count,
    connections,
    seed,
  }: { readonly systems: number; readonly connections: number; readonly seed: string },
): Promise<Suspended> {
  const systems = systemsOf(count);
  const world = await World.make(store, database, (platform) => publishAll(platform, systems));
  const random = seeded(seed);
  const suspended = new Map<string, number>();
  let decisions = 0;
  let refused = 0;
  let atTheSeal = 0;
  let stopping = false;
  let keys = 0;
  const headers = { authorization: `Bearer ${world.secret}`, 'content-type': 'application/json' };

  async function decide(): Promise<void> {
    while (!stopping) {
      const system = systems[random.whole(0, count - 1)] as string;
      const key = `suspension-${keys++}`;
      const batch = keys % 9 === 0;
      const envelope = { ...bodies[keys % bodies.length] };
      const begun = performance.now();
      const response = await fetch(
        `${random.pick(world.urls)}/api/v1/systems/${system}/decisions${batch ? '/batch' : ''}`,
        batch
          ? {
              method: 'POST',
              headers: { ...headers, 'content-type': 'application/x-ndjson' },
              body: [1, 2, 3]
                .map((n) => JSON.stringify({ ...envelope, idempotency_key: `${key}-${n}` }))
                .join('\n'),
            }
          : {
              method: 'POST',
              headers: { ...headers, 'idempotency-key': key },
              body: JSON.stringify(envelope),
            },
      );
      const text = await response.text();
      const since = suspended.get(system);
      if (response.ok) {
        decisions += batch ? 3 : 1;
        assert.ok(
          since === undefined || begun < since,
          `${system} decided what was asked for after its suspension`,
        );
      } else {
        assert.equal(JSON.parse(text).code, 'suspended', text);
        refused += 1;
        if (since === undefined || begun < since) atTheSeal += 1;
      }
    }
  }

  try {
    await world.join();
    await world.join();
    const load = Array.from({ length: connections }, decide);
    await pause(1_000);
    for (const system of systems) {
      await pause(random.whole(20, 150));
      const response = await fetch(`${random.pick(world.urls)}/api/v1/systems/${system}/status`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ status: 'suspended', reason: { en: 'a test' } }),
      });
      assert.equal(response.status, 200, await response.text());
      suspended.set(system, performance.now());
    }
    stopping = true;
    await Promise.all(load);
    const reader = await openReader({ folder: world.folder, database: world.databaseUrl });
    for (const system of systems) await assertNoneAfter(reader, system);
    await reader.close();
    return { systems: count, decisions, refused, atTheSeal };
  } finally {
    await world.remove();
  }
}

async function assertNoneAfter(
  reader: Awaited<ReturnType<typeof openReader>>,
  systemId: string,
): Promise<void> {
  const { at } = await typed<RegisterTables>(reader.read)
    .selectFrom('system_status_changes')
    .select(({ fn }) => fn.max<number>('log_index').as('at'))
    .where('authority_id', '=', AUTHORITY_A)
    .where('system_id', '=', systemId)
    .where('to_status', '=', 'suspended')
    .executeTakeFirstOrThrow();
  const { last } = await typed<CaseTables>(reader.read)
    .selectFrom('case_events')
    .select(({ fn }) => fn.max<number>('log_index').as('last'))
    .where('authority_id', '=', AUTHORITY_A)
    .where('system_id', '=', systemId)
    .where('type', 'in', ['decision-made', 'decision-proposed'])
    .executeTakeFirstOrThrow();
  assert.ok(Number(last) < Number(at), `${systemId} was suspended at ${at} and decided at ${last}`);
}
