import type { Lookup } from './buffered-transaction.ts';
import type { Row, Value } from './contract.ts';
import { type Ask, selectBy } from './driver.ts';

/** Keys that one query asks for at most. */
const KEYS_MOST = 1_000;
const PLACE = 'place of the key';

interface Waiting {
  readonly values: readonly Value[];
  resolve(row: Row | undefined): void;
  reject(error: unknown): void;
}

/** Reads of one table by the same columns. */
interface Group {
  waiting: Waiting[];
  due: boolean;
  underWay: boolean;
}

/**
 * Point reads over the network: those of one table by the same columns that fall due in one turn of the event loop, or while others
 * are under way, are one query, whose answer gives each its own row.
 */
export function lookupsTogether(read: Ask): Lookup {
  const groups = new Map<string, Group>();
  function send(table: string, columns: readonly string[], group: Group): void {
    if (group.underWay || group.waiting.length === 0) return;
    const some = group.waiting.splice(0, KEYS_MOST);
    group.underWay = true;
    look(read, table, columns, some)
      .catch((error) => some.forEach(({ reject }) => void reject(error)))
      .finally(() => {
        group.underWay = false;
        send(table, columns, group);
      });
  }
  return (table, key) =>
    new Promise((resolve, reject) => {
      const columns = Object.keys(key);
      const name = `${table}(${columns.join()})`;
      const group = groups.get(name) ?? { waiting: [], due: false, underWay: false };
      groups.set(name, group);
      group.waiting.push({ values: Object.values(key), resolve, reject });
      if (group.due) return;
      group.due = true;
      setImmediate(() => {
        group.due = false;
        send(table, columns, group);
      });
    });
}

async function look(
  read: Ask,
  table: string,
  columns: readonly string[],
  due: readonly Waiting[],
): Promise<void> {
  const [first] = due as [Waiting];
  if (due.length === 1) {
    const { rows } = await read(
      selectBy(table, columns, (place) => `$${place}`),
      first.values,
    );
    first.resolve(rows[0] as Row | undefined);
    return;
  }
  const lists = columns.map((_, i) => due.map(({ values }) => values[i] as Value));
  const { rows } = await read(selectAll(table, columns, lists.map(typeOf)), lists);
  for (const found of rows as Record<string, unknown>[]) {
    const place = Number(found[PLACE]) - 1;
    delete found[PLACE];
    due[place]?.resolve(found);
  }
  for (const { resolve } of due) resolve(undefined);
}

/** Text is compared by the column's own collation, which is not the default one. */
function selectAll(table: string, columns: readonly string[], types: readonly string[]): string {
  const arrays = types.map((type, i) => `$${i + 1}::${type}[]`);
  const names = columns.map((_, i) => `k${i}`);
  const same = columns.map((column, i) => `t."${column}" = k.k${i}`);
  return `select k.place as "${PLACE}", t.* from unnest(${arrays.join()}) with ordinality as k(${names.join()}, place) join "${table}" as t on ${same.join(' and ')}`;
}

function typeOf(values: readonly Value[]): string {
  const some = values.find((value) => value !== null);
  if (some instanceof Uint8Array) return 'bytea';
  return typeof some === 'number' || typeof some === 'bigint' ? 'bigint' : 'text';
}
