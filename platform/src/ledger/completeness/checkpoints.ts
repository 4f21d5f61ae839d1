import { equalBytes, LogError, parseCheckpoint, parseNote } from '@taalil/transparency-log';
import { verifyCheckpointSync } from '@taalil/transparency-log/writer';
import { type StoreReader, typed } from '../../store/index.ts';
import type { Vault } from '../../vault/vault.ts';
import { checkpointMac } from '../appender.ts';
import type { Head } from '../fence.ts';
import type { LedgerTables } from '../tables.ts';
import { bytesIn, type Findings } from './findings.ts';

/** What only the authority's key files know. */
export interface LogKeys {
  readonly vkey: string;
  readonly mac: Vault['keyring']['mac'];
}

/** A head that something outside the store vouches for. */
export interface KnownHead extends Head {
  /** Where it is from, for people: `the fence file`, the name of a checkpoint's file. */
  readonly source: string;
}

interface Sighted extends Head {
  readonly where: string;
}

export interface CheckpointsToWalk {
  readonly store: StoreReader;
  readonly logId: string;
  readonly keys: LogKeys;
  readonly known: readonly KnownHead[];
  readonly findings: Findings;
}

/**
 * Goes along a log with all heads that must be of its tree: the rows of `log_checkpoints` (their chain of sizes and MACs
 * checked on the way in), the co-signed ones, the state row, and those known from elsewhere.
 */
export class CheckpointWalk {
  /** The largest size that a signature, the state row or a known head vouches for. */
  readonly size: number;
  readonly #heads: ReadonlyMap<number, readonly Sighted[]>;
  readonly #findings: Findings;
  /** Once a tree differs, every later root differs too: the first is named. */
  #lost = false;

  private constructor(heads: readonly Sighted[], findings: Findings) {
    const bySize = new Map<number, Sighted[]>();
    for (const head of heads) bySize.set(head.size, [...(bySize.get(head.size) ?? []), head]);
    this.#heads = bySize;
    this.#findings = findings;
    this.size = largest(heads);
  }

  static async begin(to: CheckpointsToWalk): Promise<CheckpointWalk> {
    const { store, logId, known, findings } = to;
    const state = await typed<LedgerTables>(store.read)
      .selectFrom('log_state')
      .selectAll()
      .where('authority_id', '=', logId)
      .executeTakeFirst();
    const heads: Sighted[] = [
      ...known.map(({ source, size, root }) => ({ where: source, size, root })),
      ...(await storedHeads(to)),
      ...(await cosignedHeads(to)),
    ];
    const latest = largest(heads);
    if (state === undefined) findings.add(`log_state/${logId}`, 'The row is missing.');
    else if (Number(state.size) === latest)
      heads.push({ where: `log_state/${logId}`, size: latest, root: bytesIn(state.root) });
    else findings.add(`log_state/${logId}`, `It says ${state.size} entries; ${latest} were signed.`);
    return new CheckpointWalk(heads, findings);
  }

  /** Whether there is anything to compare the tree of this size with. */
  hasHead(size: number): boolean {
    return this.#heads.has(size);
  }

  /** Whether at least one head of this size has this root; it need not be asked once the tree is known to differ. */
  agrees({ size, root }: Head): boolean {
    return !this.#lost && (this.#heads.get(size) ?? []).some((head) => equalBytes(head.root, root));
  }

  /** Compares the tree at one size with every head of that size, and names those that differ. */
  meet({ size, root }: Head): void {
    if (this.#lost) return;
    const all = this.#heads.get(size) ?? [];
    const others = all.filter((head) => !equalBytes(head.root, root));
    for (const { where } of others) {
      this.#findings.add(where, `Its root is not that of the ${size} stored entries.`);
    }
    this.#lost = others.length > 0 && others.length === all.length;
  }

  end(): void {
    if (this.#lost)
      this.#findings.notes.push('From the first root that differs on, later roots could not be compared.');
  }
}

/** A log has as many heads as it had commits, more than one call takes as arguments. */
function largest(heads: readonly Sighted[]): number {
  return heads.reduce((most, { size }) => Math.max(most, size), 0);
}

async function storedHeads({ store, logId, keys, findings }: CheckpointsToWalk): Promise<Sighted[]> {
  const heads: Sighted[] = [];
  let before = 0;
  let marked = false;
  let unmarked = 0;
  for (let after = -1; ; ) {
    const rows = await typed<LedgerTables>(store.read)
      .selectFrom('log_checkpoints')
      .selectAll()
      .where('authority_id', '=', logId)
      .where('size', '>', after)
      .orderBy('size')
      .limit(1_000)
      .execute();
    for (const row of rows) {
      const size = Number(row.size);
      const where = `log_checkpoints/${logId}/${size}`;
      const prior = row.prior === null ? undefined : Number(row.prior);
      let vouched = false;
      if (prior !== undefined && row.mac !== null) {
        marked = true;
        vouched = equalBytes(
          checkpointMac(keys.mac, logId, { size, prior, note: row.note }),
          bytesIn(row.mac),
        );
        if (!vouched) findings.add(where, 'The row was altered: its mark does not fit.');
        else if (prior !== before)
          findings.add(where, `The checkpoint before it, of size ${prior}, is missing.`);
      } else if (marked) findings.add(where, 'The row was put in: it carries no mark.');
      else unmarked++;
      before = size;
      // A mark that fits was made by the writer, over the note as it stands: its signature need not be checked again.
      const root = vouched
        ? parseCheckpoint(parseNote(row.note).text).root
        : signedRoot(row.note, keys.vkey, size);
      if (root instanceof Error) findings.add(where, root.message);
      else heads.push({ where, size, root });
    }
    if (rows.length === 0) break;
    after = Number(rows.at(-1)?.size);
  }
  if (unmarked > 0)
    findings.notes.push(`${unmarked} checkpoints of ${logId} are older than the marks between checkpoints.`);
  return heads;
}

async function cosignedHeads({ store, logId, keys, findings }: CheckpointsToWalk): Promise<Sighted[]> {
  const rows = await typed<LedgerTables>(store.read)
    .selectFrom('log_witnessed')
    .select(['size', 'note'])
    .where('authority_id', '=', logId)
    .execute();
  const heads: Sighted[] = [];
  for (const row of rows) {
    const size = Number(row.size);
    const where = `log_witnessed/${logId}/${size}`;
    const root = signedRoot(row.note, keys.vkey, size);
    if (root instanceof Error) findings.add(where, root.message);
    else heads.push({ where, size, root });
  }
  return heads;
}

function signedRoot(note: string, vkey: string, size: number): Uint8Array | Error {
  try {
    const signed = verifyCheckpointSync(note, { vkey });
    return signed.size === size ? signed.root : new Error(`The checkpoint is of size ${signed.size}.`);
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
}
