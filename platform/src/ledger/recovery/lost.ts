import { LogError } from '@taalil/transparency-log';
import type { Store, StoreReader } from '../../store/index.ts';
import { checkJournal, lostIn } from '../completeness/check-journal.ts';
import { Findings } from '../completeness/findings.ts';
import { entryReader, OWNERS, ownedIndexes, type Ranges } from '../completeness/owners.ts';
import type { LogPlace } from '../log-id.ts';

/** Entries whose rows (what happened, and its salts) are nowhere in the store. */
export interface LostPayloads {
  /** Ranges `[from, to)` of indexes among all entries of the authority. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly count: number;
  /** What the log itself still says of them: coarse type and month, with how many. */
  readonly kinds: ReadonlyMap<string, number>;
}

/**
 * The payloads of an authority that are lost, below `total`: an entry of the log, and no row in the journal or among the
 * events of cases. Those that an earlier recovery declared are left out.
 */
export async function lostPayloads(
  store: Store,
  authorityId: string,
  logs: readonly LogPlace[],
  total: number,
): Promise<LostPayloads> {
  const declared = await declaredLost(store, authorityId, logs);
  const ranges: [number, number][] = [];
  const kinds = new Map<string, number>();
  const readEntry = entryReader(asReader(store), logs);
  let count = 0;
  const STEP = 20_000;
  for (let from = 0; from < total; from += STEP) {
    const to = Math.min(total, from + STEP);
    const owned = new Set<number>();
    for (const table of OWNERS) {
      for (const index of await ownedIndexes(asReader(store), table, authorityId, from, to)) owned.add(index);
    }
    for (let index = from; index < to; index++) {
      if (owned.has(index) || declared.some(([a, b]) => index >= a && index < b)) continue;
      const last = ranges.at(-1);
      if (last?.[1] === index) last[1] = index + 1;
      else ranges.push([index, index + 1]);
      count++;
      const kind = await kindOf(readEntry, index);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  return { ranges, count, kinds };
}

async function kindOf(readEntry: ReturnType<typeof entryReader>, index: number): Promise<string> {
  const entry = await readEntry(index);
  return entry === undefined ? 'not known: the entry is lost too' : `${entry.type}, ${entry.period}`;
}

async function declaredLost(store: Store, authorityId: string, logs: readonly LogPlace[]): Promise<Ranges> {
  const declared: (readonly [number, number])[] = [];
  const read = entryReader(asReader(store), logs);
  try {
    await checkJournal(asReader(store), authorityId, read, new Findings(), (fact) => {
      declared.push(...lostIn(fact));
    });
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
  }
  return declared;
}

/** The writing store, as the checks of a reader know it; nothing else writes while it is recovered. */
function asReader(store: Store): StoreReader {
  return { ...store, freeze: async () => {} };
}
