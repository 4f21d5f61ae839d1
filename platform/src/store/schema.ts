import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import type { Db, Migration, Store } from './contract.ts';
import { createTables } from './migrate.ts';
import type { ColumnType } from './postgres-copy.ts';
import { COMMITS_TABLE } from './postgres-settlement.ts';
import { askOver, sqliteKysely } from './sqlite.ts';
import { preparedOn } from './sqlite-connection.ts';

export interface ColumnShape {
  readonly name: string;
  /** As PostgreSQL names it; a name of the catalogue's own where no room may declare such a column. */
  readonly type: ColumnType | (string & {});
  readonly nullable: boolean;
}

/** A table as both adapters have it. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  /** Columns of the primary key, in its order. */
  readonly key: readonly string[];
  /** Every other index as `index (a, b)` or `unique (a, b)`, sorted. */
  readonly indexes: readonly string[];
}

export type Schema = ReadonlyMap<string, TableShape>;

interface ColumnRow {
  readonly table_name: string;
  readonly name: string;
  readonly type: string;
  readonly required: number | boolean;
  /** Place in the primary key, from 1; 0 where it is no part of it. */
  readonly key_place: number;
}

interface IndexRow {
  readonly table_name: string;
  readonly index_name: string;
  readonly is_unique: number | boolean;
  readonly name: string | null;
  readonly condition: string | null;
}

/** The tables of a store, by name. */
export async function readSchema(db: Db, dialect: Store['dialect']): Promise<Schema> {
  const sqlite = dialect === 'sqlite';
  const { rows: columns } = await (sqlite ? sqliteColumns : postgresColumns).execute(db);
  const { rows: indexes } = await (sqlite ? sqliteIndexes : postgresIndexes).execute(db);
  const indexesOf = Map.groupBy(indexes, (row) => row.table_name);
  const tables = [...Map.groupBy(columns, (row) => row.table_name)].map(([name, rows]): TableShape => {
    const key = rows
      .filter((row) => Number(row.key_place) > 0)
      .sort((a, b) => Number(a.key_place) - Number(b.key_place));
    return {
      name,
      columns: rows.map((row) => ({
        name: row.name,
        type: sqlite ? (SQLITE_TYPES[row.type.toLowerCase()] ?? row.type) : row.type,
        nullable: !row.required && Number(row.key_place) === 0,
      })),
      key: key.map((row) => row.name),
      indexes: [...Map.groupBy(indexesOf.get(name) ?? [], (row) => row.index_name).values()]
        .map(indexShape)
        .sort(),
    };
  });
  return new Map(tables.map((table) => [table.name, table]));
}

function indexShape(parts: readonly IndexRow[]): string {
  const condition = parts[0]?.condition ? ` where ${parts[0].condition}` : '';
  return `${parts[0]?.is_unique ? 'unique' : 'index'} (${parts.map(({ name }) => name ?? '…').join(', ')})${condition}`;
}

/** What the migrations make of an empty store. */
export async function declaredSchema(migrations: readonly Migration[]): Promise<Schema> {
  const memory = new DatabaseSync(':memory:');
  try {
    const db = sqliteKysely(askOver(preparedOn(memory)));
    await createTables(db, 'sqlite', migrations);
    return await readSchema(db, 'sqlite');
  } finally {
    memory.close();
  }
}

/** Where a store's tables are not what they should be, in words; empty where they are. */
export function schemaDifferences(declared: Schema, found: Schema): string[] {
  const differences: string[] = [];
  for (const name of declared.keys()) if (!found.has(name)) differences.push(`${name}: the table is missing`);
  for (const [name, table] of found) {
    const wanted = declared.get(name);
    if (wanted === undefined) {
      differences.push(`${name}: this version knows no such table`);
      continue;
    }
    const here = partsOf(table);
    const there = partsOf(wanted);
    for (const part of there.difference(here)) differences.push(`${name}: ${part} is missing`);
    for (const part of here.difference(there)) differences.push(`${name}: ${part} does not belong there`);
  }
  return differences;
}

function partsOf({ columns, key, indexes }: TableShape): Set<string> {
  return new Set([
    ...columns.map(({ name, type, nullable }) => `column ${name} ${type}${nullable ? '' : ' not null'}`),
    `primary key (${key.join(', ')})`,
    ...indexes,
  ]);
}

const SQLITE_TYPES: Readonly<Record<string, ColumnType>> = {
  text: 'text',
  integer: 'int4',
  bigint: 'int8',
  blob: 'bytea',
  'double precision': 'float8',
};

const sqliteColumns = sql<ColumnRow>`
  select m.name as table_name, c.name, c.type || case c.hidden when 0 then '' else ' generated' end as type,
    c."notnull" as required, c.pk as key_place
  from sqlite_schema m join pragma_table_xinfo(m.name) c
  where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\'
  order by m.name, c.cid`;

const sqliteIndexes = sql<IndexRow>`
  select m.name as table_name, i.name as index_name, i."unique" as is_unique, x.name,
    case i.partial when 1 then 'partial' end as condition
  from sqlite_schema m join pragma_index_list(m.name) i join pragma_index_xinfo(i.name) x
  where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' and i.origin <> 'pk' and x.key = 1
  order by m.name, i.name, x.seqno`;

/** Ordinary tables of the schema in use, without those of an extension and what the adapter keeps for itself. */
const postgresTables = sql`
  from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
  where c.relkind in ('r', 'p') and c.relname <> ${COMMITS_TABLE} and not exists (
    select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** Text that does not compare by its bytes is another type to us, as is a column whose values the server makes. */
const postgresColumns = sql<ColumnRow>`
  with t as (select c.oid, c.relname ${postgresTables})
  select t.relname as table_name, a.attname as name, y.typname
      || case when a.attcollation <> 0 and l.collname <> 'C' then ' collate ' || l.collname else '' end
      || case when a.attidentity <> '' or a.attgenerated <> '' then ' generated' else '' end as type,
    a.attnotnull as required, coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) as key_place
  from t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    join pg_type y on y.oid = a.atttypid
    left join pg_collation l on l.oid = a.attcollation
    left join pg_index i on i.indrelid = t.oid and i.indisprimary
  order by t.relname, a.attnum`;

const postgresIndexes = sql<IndexRow>`
  with t as (select c.oid, c.relname ${postgresTables})
  select t.relname as table_name, x.relname as index_name, i.indisunique as is_unique, a.attname as name,
    case when i.indpred is null then null else 'partial' end as condition
  from t join pg_index i on i.indrelid = t.oid and not i.indisprimary
    join pg_class x on x.oid = i.indexrelid
    cross join unnest(i.indkey::int2[]) with ordinality k(attnum, place)
    left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum
  where k.place <= i.indnkeyatts
  order by t.relname, x.relname, k.place`;
