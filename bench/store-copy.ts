import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations } from '../platform/src/rooms.ts';
import { copyStore, isPostgres, migrate, openSqlite } from '../platform/src/store/index.ts';
import { startPostgres } from '../platform/test/postgres.ts';

/**
 * A store of N decisions copied to PostgreSQL and back: rows, bytes, processor time of this process, its largest memory.
 * `node launcher/launch.mjs run bench/store-copy.ts [N]`, 200,000 unless given; DATABASE_URL names another server.
 */
const [given = '200000', from, to] = process.argv.slice(2);
const decisions = Number(given);
if (from !== undefined && to !== undefined) await measured(from, to);
else await bench();

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-bench-copy-'));
  const server = await startPostgres();
  const [file, back] = [join(folder, 'taalil.db'), join(folder, 'back.db')];
  try {
    await fill(file);
    const url = await server.database();
    console.log(`${decisions} decisions, ${Math.round(statSync(file).size / 1e6)} MB`);
    // Each in a process of its own, so that its largest memory is that of the copy.
    for (const places of [
      [file, url],
      [url, back],
    ]) {
      const args = [...process.execArgv, import.meta.filename, given, ...places];
      await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** What a decision leaves: its case, itself, two events, their entries, its idempotency key; sealed bytes as large as real ones. */
async function fill(to: string): Promise<void> {
  const store = openSqlite(to);
  await migrate(store, migrations, 'demonstration');
  const at = '2026-03-02T09:00:00.000Z';
  const own = { authority_id: 'agency', system_id: 'aide' };
  for (let from = 0; from < decisions; from += 2_000) {
    await store.transact(async (tx) => {
      for (let n = from; n < Math.min(from + 2_000, decisions); n++) {
        const id = n.toString(36).padStart(24, '0');
        const [case_id, decision_id] = [`case_${id}`, `dec_${id}`];
        tx.append('cases', {
          ...own,
          case_id,
          reference: `R${id}`,
          subject_mac: randomBytes(32),
          opened_at: at,
        });
        tx.append('decisions', {
          ...{ ...own, decision_id, case_id, version: 1, status: 'effective', effect: 'favourable' },
          ...{ decided_by: 'rule', overridden: 0, created_at: at, effective_at: at, supersedes: null },
          superseded_by: null,
        });
        tx.append('idempotency', {
          ...{ ...own, api_key_id: 'key_1', idempotency_key: id, body_mac: randomBytes(32), decision_id },
          created_at: at,
        });
        for (const log_index of [2 * n, 2 * n + 1]) {
          tx.append('log_entries', { authority_id: 'agency', log_index, entry: randomBytes(900) });
          tx.append('case_events', {
            ...{ ...own, log_index, case_id, decision_id, type: 'decision-made', at },
            sealed: randomBytes(1_800),
          });
        }
      }
    });
  }
  await store.close();
}

async function measured(source: string, target: string): Promise<void> {
  const began = performance.now();
  const tables = await copyStore(source, target, { migrations });
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage();
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(
    [
      `${isPostgres(source) ? 'PostgreSQL to file' : 'file to PostgreSQL'}: ${rows} rows in ${seconds.toFixed(1)} s`,
      `${Math.round(rows / seconds)} rows/s, each counted and digested on both sides`,
      `${((user + system) / 1e6).toFixed(1)} s of processor time beside the server's`,
      `largest memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    ].join('; '),
  );
}
