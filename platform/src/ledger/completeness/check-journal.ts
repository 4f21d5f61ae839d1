import type { JsonValue, Opening } from '@taalil/transparency-log';
import { type StoreReader, typed } from '../../store/index.ts';
import type { LedgerTables } from '../tables.ts';
import type { Findings } from './findings.ts';
import { mismatch, type Ranges, type ReadEntry } from './owners.ts';

/** One journal row that agrees with its log entry, with the facts that it opens. */
export interface JournalFact {
  readonly index: number;
  readonly type: string;
  readonly at: string;
  readonly facts: Readonly<Record<string, JsonValue>>;
}

/** Compares every row of an authority's journal with its log entry; passes on those that agree. */
export async function checkJournal(
  store: StoreReader,
  authorityId: string,
  readEntry: ReadEntry,
  findings: Findings,
  onFact: (fact: JournalFact) => void | Promise<void>,
): Promise<void> {
  const STEP = 1_000;
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = await typed<LedgerTables>(store.read)
      .selectFrom('journal')
      .selectAll()
      .where('authority_id', '=', authorityId)
      .where('log_index', '>', after)
      .orderBy('log_index')
      .limit(STEP)
      .execute();
    for (const row of rows) {
      const index = Number(row.log_index);
      const fact = openRow(row);
      const wrong =
        fact === undefined
          ? 'Its openings cannot be read.'
          : (differs(row, fact) ??
            mismatch(await readEntry(index), fact.openings, {
              at: row.at,
              types: ['register', 'authority'],
            }));
      if (wrong !== undefined) findings.add(`journal/${authorityId}/${index}`, wrong);
      else if (fact !== undefined) await onFact({ index, type: row.type, at: row.at, facts: fact.facts });
    }
    if (rows.length < STEP) return;
    after = Number(rows.at(-1)?.log_index);
  }
}

interface Opened {
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly openings: readonly Opening[];
}

function openRow(row: LedgerTables['journal']): Opened | undefined {
  try {
    const openings = JSON.parse(row.openings) as readonly Opening[];
    return { openings, facts: Object.fromEntries(openings.map(({ name, value }) => [name, value])) };
  } catch {
    return undefined;
  }
}

/** Every row opens these three and at least repeats its own columns. */
function differs(row: LedgerTables['journal'], { facts }: Opened): string | undefined {
  if (facts.authority !== row.authority_id) return 'It opens to another authority.';
  if (facts.type !== row.type) return `It opens to the type ${String(facts.type)}.`;
  if (facts.at !== row.at) return `It opens to ${String(facts.at)}.`;
  return undefined;
}

/** Ranges of payloads that a recovery declared lost, as its sealed facts say. */
export function lostIn({ type, facts }: JournalFact): Ranges {
  if (type !== 'log-recovered' && type !== 'log-succeeded') return [];
  return Array.isArray(facts.lost) ? (facts.lost as unknown as Ranges) : [];
}
