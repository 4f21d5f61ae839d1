import { canonicalize, type JsonValue } from '@taalil/transparency-log';
import type { Findings } from './findings.ts';

/** A row as the journal makes it: the columns that follow from sealed facts, and only those. */
export type ToldRow = Readonly<Record<string, string | number | null>>;

/**
 * Compares rows of a table with those that the journal tells of: none missing, none added, every column that follows from sealed
 * facts as they say. Integers that a database gives as text count as integers; `json` columns are compared by what they mean.
 *
 * @param where name of the table and authority, to which a row's key is added.
 */
export function compareRows(
  where: string,
  stored: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  told: ReadonlyMap<string, ToldRow>,
  findings: Findings,
  json: readonly string[] = [],
): void {
  for (const [key, expected] of told) {
    const row = stored.get(key);
    if (row === undefined) {
      findings.add(`${where}/${key}`, 'The log tells of this row; it is missing.');
      continue;
    }
    for (const [column, value] of Object.entries(expected)) {
      const found = row[column] ?? null;
      const same = json.includes(column)
        ? meaning(found) === meaning(value)
        : String(found) === String(value);
      if (!same) findings.add(`${where}/${key}`, `${column} is not what the sealed facts say.`);
    }
  }
  for (const key of stored.keys()) {
    if (!told.has(key)) findings.add(`${where}/${key}`, 'The log tells of no such row: it was added.');
  }
}

function meaning(text: unknown): string {
  if (text === null) return 'null';
  try {
    return canonicalize(JSON.parse(String(text)) as JsonValue);
  } catch {
    return `unreadable: ${String(text)}`;
  }
}
