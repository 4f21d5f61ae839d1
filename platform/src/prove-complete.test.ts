import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { CHEAP_PASSWORDS } from '../test/make-platform.ts';
import { makeWorld } from '../worlds/soutien-menages/world.ts';
import { checkStore } from './check-store.ts';
import { VirtualClock } from './clock.ts';
import { openPlatform } from './open.ts';
import { openReader } from './open-reader.ts';
import { type Completeness, proveComplete } from './prove-complete.ts';
import { openVault, type Vault } from './vault/vault.ts';

const A = 'specimen';
let made: string;
let folder: string;
let vault: Vault;

before(async () => {
  made = mkdtempSync(join(tmpdir(), 'taalil-complete-'));
  folder = mkdtempSync(join(tmpdir(), 'taalil-attacked-'));
  const clock = new VirtualClock(Temporal.Instant.fromEpochMilliseconds(0));
  const platform = await openPlatform({
    folder: made,
    clock,
    kind: 'demonstration',
    originPrefix: 'test.example/log',
  });
  await makeWorld({ ...platform, ...CHEAP_PASSWORDS }, clock, { households: 260 });
  await platform.ledger.published(A);
  await platform.close();
  vault = openVault(made);
});
after(() => {
  vault.close();
  rmSync(made, { recursive: true });
  rmSync(folder, { recursive: true });
});

/** The store after somebody with full rights on the database ran `attack`, checked with the keys and the fence. */
async function proved(attack: (db: DatabaseSync) => void): Promise<Completeness> {
  const file = join(folder, 'taalil.db');
  copyFileSync(join(made, 'taalil.db'), file);
  const db = new DatabaseSync(file);
  attack(db);
  db.close();
  const store = await openReader({ folder });
  try {
    return await proveComplete({ store, vault, fenceFolder: join(made, 'fence') }, A);
  } finally {
    await store.close();
  }
}

const sql = (text: string) => proved((db) => db.exec(text));

test('an untouched store holds exactly the entries of its log', async () => {
  const { findings, entries } = await sql('select 1');
  assert.deepEqual(findings.list, []);
  assert.deepEqual(findings.notes, []);
  assert.ok(entries > 500, `${entries} entries`);
  const checked = await checkStore({ folder: made });
  assert.deepEqual([checked.findings.list, checked.untrusted], [[], []]);
});

/** What somebody with full rights on the database may try, and the row that has to be named for it. */
const ATTACKS: readonly (readonly [what: string, sql: string, named: RegExp])[] = [
  [
    'an event deleted',
    'delete from case_events where log_index = 200',
    /^journal or case_events\/specimen\/200$/,
  ],
  [
    'two events swapped',
    `update case_events set log_index = -1 where log_index = 200;
     update case_events set log_index = 200 where log_index = 201;
     update case_events set log_index = 201 where log_index = -1`,
    /^case_events\/specimen\/20[01]$/,
  ],
  [
    'an event given to another case',
    'update case_events set case_id = (select case_id from case_events where log_index = 201) where log_index = 200',
    /^case_events\/specimen\/200$/,
  ],
  [
    'an event dated otherwise',
    "update case_events set at = '2024-01-01T00:00:00.000Z' where log_index = 200",
    /200$/,
  ],
  ['an event of another type', "update case_events set type = 'assisted' where log_index = 200", /200$/],
  [
    'a payload altered',
    "update case_events set sealed = x'01' || substr(sealed, 2, 40) where log_index = 200",
    /200$/,
  ],
  [
    'an event copied to the end',
    `insert into case_events select authority_id, (select max(log_index) + 1 from log_entries), case_id, system_id,
       decision_id, type, at, sealed from case_events where log_index = 200`,
    /^case_events\/specimen\/\d+$/,
  ],
  ['a case deleted', 'delete from cases where case_id = (select min(case_id) from cases)', /^case_events/],
  [
    'a case and all of it deleted',
    `create temp table gone as select min(case_id) id from cases;
     delete from case_events where case_id in (select id from gone);
     delete from decisions where case_id in (select id from gone);
     delete from cases where case_id in (select id from gone)`,
    /^journal or case_events/,
  ],
  ['a case given another person', 'update cases set subject_mac = zeroblob(32)', /^cases/],
  [
    'a reference changed',
    "update cases set reference = 'AAAAA-AAAAA' where case_id = (select min(case_id) from cases)",
    /^cases/,
  ],
  [
    'a decision deleted',
    'delete from decisions where decision_id = (select min(decision_id) from decisions)',
    /^decisions/,
  ],
  ['an effect turned', "update decisions set effect = 'favourable' where effect = 'adverse'", /^decisions/],
  [
    'a decision made by a person',
    "update decisions set decided_by = 'person' where decided_by = 'rule'",
    /^decisions/,
  ],
  [
    'a decision added',
    `insert into decisions select authority_id, 'dec_added', case_id, system_id, version, status, effect, decided_by,
       overridden, created_at, effective_at, supersedes, superseded_by from decisions limit 1`,
    /^decisions\/specimen\/dec_added$/,
  ],
  [
    'a decision dated otherwise',
    "update decisions set created_at = '2024-01-01T00:00:00.000Z'",
    /^decisions/,
  ],
  [
    'a journal row deleted',
    'delete from journal where log_index = (select max(log_index) from journal)',
    /^journal or/,
  ],
  [
    'a journal row rewritten',
    `update journal set openings = replace(openings, 'granted', 'revoked'), type = replace(type, 'granted', 'revoked')
     where type like '%granted%'`,
    /^journal/,
  ],
  [
    'a published record altered',
    "update system_versions set record = replace(record, 'impactLevel', 'x')",
    /^system_versions/,
  ],
  ['a model replaced', "update models set bytes = x'7b7d'", /^models/],
  [
    'a version added',
    `insert into system_versions select authority_id, system_id, 9, record, model_version, published_at, 3
     from system_versions limit 1`,
    /^system_versions/,
  ],
  ['an entry deleted', 'delete from log_entries where log_index = 300', /^log_entries\/specimen\/300$/],
  [
    'an entry altered',
    'update log_entries set entry = cast(replace(cast(entry as text), \'"period":"202\', \'"period":"203\') as blob) where log_index = 300',
    /^log_entries\/specimen\/300$/,
  ],
  [
    'an entry added',
    'insert into log_entries select authority_id, (select max(log_index) + 1 from log_entries), entry from log_entries limit 1',
    /^log_entries/,
  ],
  [
    'two entries swapped with their hashes',
    `update log_entries set log_index = -1 where log_index = 300;
     update log_entries set log_index = 300 where log_index = 301;
     update log_entries set log_index = 301 where log_index = -1`,
    /^log_entries\/specimen\/30[01]$/,
  ],
  [
    'a tile altered',
    'update log_tiles set hashes = zeroblob(length(hashes)) where level = 0 and tile_index = 1',
    /^log_tiles\/specimen\/0\/1$/,
  ],
  [
    'an upper tile altered',
    'update log_tiles set hashes = zeroblob(length(hashes)) where level = 1',
    /^log_tiles\/specimen\/1\/0$/,
  ],
  ['a tile deleted', 'delete from log_tiles where level = 1', /^log_tiles\/specimen\/1\/0$/],
  [
    'a checkpoint deleted',
    'delete from log_checkpoints where size = (select max(size) from log_checkpoints where size < 300)',
    /^log_checkpoints/,
  ],
  [
    'a checkpoint altered',
    `update log_checkpoints set note = substr(note, 1, length(note) - 6)
       || case substr(note, length(note) - 5, 1) when 'A' then 'B' else 'A' end || substr(note, length(note) - 4)
     where size = (select max(size) from log_checkpoints where size < 300)`,
    /^log_checkpoints/,
  ],
  ['the state set back', 'update log_state set size = size - 1', /^log_state\/specimen$/],
  [
    'the end of the log cut off, everywhere in the store',
    `create temp table cut as select max(size) at from log_checkpoints where size < (select max(size) from log_checkpoints) - 50;
     delete from log_entries where log_index >= (select at from cut);
     delete from case_events where log_index >= (select at from cut);
     delete from log_checkpoints where size > (select at from cut);
     update log_state set size = (select at from cut)`,
    /^log_state\/specimen$/,
  ],
];

for (const [what, attack, named] of ATTACKS) {
  test(`found and named: ${what}`, async () => {
    const { findings } = await sql(attack);
    assert.ok(findings.count > 0, 'nothing was found');
    assert.ok(
      findings.list.some(({ where }) => named.test(where)),
      JSON.stringify(findings.list.slice(0, 5)),
    );
  });
}

/** The same for the tables of single rooms that follow from the journal. */
const ROOM_ATTACKS: typeof ATTACKS = [
  ['a cap on files a day lifted', 'update primacy_plans set day_cap = 500', /^primacy_plans\/specimen\//],
  [
    'an announcement added that nobody made',
    `insert into primacy_plans select authority_id, system_id, '2099-01-01T00:00:00.000Z', 0, 0, 0, announced_by
     from primacy_plans limit 1`,
    /^primacy_plans\/specimen\/.*2099/,
  ],
  [
    'a certificate prolonged',
    "update certificates set valid_to = '2099-12-31'",
    /^certificates\/specimen\/cer_/,
  ],
  ['a delegation taken away', "update delegations set revoked_at = '2099'", /^delegations\/specimen\/del_/],
  [
    'a delegation given by the database',
    `insert into delegations select authority_id, 'del_added', staff_id, act, scope, valid_from, valid_to, instrument,
       granted_by, granted_at, revoked_at, log_index from delegations limit 1`,
    /^delegations\/specimen\/del_added$/,
  ],
  [
    'an assessment approved at another level',
    `update assessments set result = replace(result, '"level":', '"level":-')`,
    /^assessments\//,
  ],
  ['an approved answer changed', 'update assessment_answers set value = \'"x"\'', /^assessments\//],
  ['the level that binds lowered', 'update norm_bindings set impact_level = 1', /^norm_bindings\//],
  [
    'a question of law answered otherwise',
    'update applicability_answers set answer = 1 - answer',
    /^applicability_answers\//,
  ],
  [
    'a comment rewritten',
    "update consultation_comments set text = 'Très bien.' where status = 'published'",
    /^consultation_comments\//,
  ],
  [
    'a comment suppressed',
    "delete from consultation_comments where comment_id = (select max(comment_id) from consultation_comments where status = 'published')",
    /^consultation_comments\//,
  ],
  [
    'a withholding that nobody approved',
    `insert into withholdings values ('specimen', 'wth_added', 's', '{}', 'stf_a', '2026', 'stf_b', '2026', null, null)`,
    /^withholdings\/specimen\/wth_added$/,
  ],
  [
    'something withheld without an order',
    "insert into withholding_standings values ('specimen', 's', '[]', 4)",
    /^withholding_standings\/specimen\/s$/,
  ],
];

test('found and named: what single rooms keep, altered in the store', async () => {
  const { findings } = await sql(ROOM_ATTACKS.map(([, attack]) => attack).join(';\n'));
  for (const [what, , named] of ROOM_ATTACKS)
    assert.ok(
      findings.list.some(({ where }) => named.test(where)),
      `${what}: ${JSON.stringify(findings.list.slice(0, 40))}`,
    );
});

test('any single row of any table of the log that is deleted or altered is found', async () => {
  const tables = {
    case_events: ['case_id', 'system_id', 'decision_id', 'type', 'at', 'sealed'],
    journal: ['type', 'at', 'openings'],
    log_entries: ['entry'],
    log_tiles: ['hashes'],
    log_checkpoints: ['note', 'prior', 'mac'],
    cases: ['system_id', 'reference', 'subject_mac', 'opened_at'],
    decisions: [
      'case_id',
      'system_id',
      'version',
      'status',
      'effect',
      'decided_by',
      'overridden',
      'created_at',
    ],
    models: ['bytes'],
    system_versions: ['record', 'model_version', 'published_at', 'log_index'],
  };
  const plan = fc
    .constantFrom(...Object.entries(tables))
    .chain(([table, columns]) =>
      fc.record({ table: fc.constant(table), column: fc.constantFrom('', ...columns), nth: fc.nat(100_000) }),
    );
  await fc.assert(
    fc.asyncProperty(plan, async ({ table, column, nth }) => {
      const { findings } = await proved((db) => {
        const { n } = db.prepare(`select count(*) n from "${table}"`).get() as { n: number };
        const keys = (
          db.prepare(`select name from pragma_table_info('${table}') where pk > 0`).all() as {
            name: string;
          }[]
        )
          .map(({ name }) => `"${name}"`)
          .join();
        const row = `(${keys}) = (select ${keys} from "${table}" limit 1 offset ${nth % n})`;
        const altered = `case typeof("${column}") when 'blob' then x'00' || substr("${column}", 2) || x'7f'
          when 'integer' then "${column}" + 1 else coalesce("${column}", '') || 'x' end`;
        db.exec(
          column === ''
            ? `delete from "${table}" where ${row}`
            : `update "${table}" set "${column}" = ${altered} where ${row}`,
        );
      });
      assert.ok(findings.count > 0);
    }),
    { seed: 7, numRuns: 40 },
  );
});
