import { join } from 'node:path';
import type { DecisionTables } from '../../platform/src/decisions/tables.ts';
import { openReader } from '../../platform/src/open-reader.ts';
import { proveComplete } from '../../platform/src/prove-complete.ts';
import { typed } from '../../platform/src/store/index.ts';
import { openVault } from '../../platform/src/vault/vault.ts';
import type { HttpAnswer } from './load.ts';
import type { Serving } from './serving.ts';

const PAGE = 20_000;

/** What the platform acknowledged, by idempotency key, to be held against what its store has in the end. */
export class Acknowledged {
  readonly #decisions = new Map<string, string>();
  repeats = 0;

  /** Throws when the answer is no success, or names another decision than an earlier answer to the same key. */
  take(key: string, { status, body }: HttpAnswer): void {
    if (status !== 201 && status !== 202) throw new Error(`answered ${status}: ${body.slice(0, 500)}`);
    const found = /"decision":"(dec_[0-9a-z]{24})"/.exec(body)?.[1];
    if (found === undefined) throw new Error(`no decision in the answer: ${body.slice(0, 500)}`);
    // A copy: a part of a string keeps the whole answer in memory.
    const decision = Buffer.from(found, 'latin1').toString('latin1');
    const before = this.#decisions.get(key);
    if (before !== undefined) {
      this.repeats++;
      if (before !== decision) throw new Error(`${key} was answered with ${before} and with ${decision}`);
    }
    this.#decisions.set(key, decision);
  }

  get count(): number {
    return this.#decisions.size;
  }

  /**
   * Reads the whole store of a platform that has ended: every acknowledged decision is there under its key, there is no other, and
   * the log has exactly the entries that the rows claim. Throws with what differs.
   */
  async prove(
    { folder, database }: Pick<Serving, 'folder' | 'database'>,
    authorityId: string,
  ): Promise<void> {
    const store = await openReader({ folder, database });
    const vault = openVault(folder);
    try {
      const read = typed<DecisionTables>(store.read);
      let found = 0;
      for (let after = ''; ; ) {
        const rows = await read
          .selectFrom('idempotency')
          .select(['idempotency_key', 'decision_id'])
          .where('authority_id', '=', authorityId)
          .where('idempotency_key', '>', after)
          .orderBy('idempotency_key')
          .limit(PAGE)
          .execute();
        for (const row of rows) {
          if (this.#decisions.get(row.idempotency_key) !== row.decision_id)
            throw new Error(`the store has ${row.decision_id} for ${row.idempotency_key}`);
        }
        found += rows.length;
        if (rows.length < PAGE) break;
        after = rows.at(-1)?.idempotency_key as string;
      }
      const { count } = await read
        .selectFrom('decisions')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      if (found !== this.count || Number(count) !== this.count)
        throw new Error(`${this.count} acknowledged, ${found} keys, ${count} decisions in the store`);
      const { findings } = await proveComplete(
        { store, vault, fenceFolder: join(folder, 'fence') },
        authorityId,
      );
      if (findings.count > 0)
        throw new Error(`the log is not complete: ${JSON.stringify(findings.list.slice(0, 5))}`);
    } finally {
      vault.close();
      await store.close();
    }
  }
}
