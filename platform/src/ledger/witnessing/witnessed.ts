import { type Cosignature, formatVerifierKey, LogError, parseVerifierKey } from '@taalil/transparency-log';
import { verifyCheckpointSync } from '@taalil/transparency-log/writer';
import { type Store, typed } from '../../store/index.ts';
import type { LedgerTables } from '../tables.ts';
import type { LogName } from './against-witnesses.ts';
import type { OperatorName, WitnessSetup } from './setup.ts';

/** One witness's word for one checkpoint. */
export interface WitnessWord {
  /** Its name in the policy. */
  readonly name: string;
  /** The name of its key, by which it publishes it. */
  readonly keyName: string;
  readonly operator: OperatorName | undefined;
  /** POSIX seconds by the witness's own clock. */
  readonly since: number;
}

/**
 * How an entry stands with the witnesses: `none` where the authority has agreed with none, `pending` until the quorum has
 * cosigned a checkpoint that covers it.
 */
export type WitnessStanding =
  | { readonly state: 'none' | 'pending' }
  | { readonly state: 'witnessed'; readonly size: number; readonly by: readonly WitnessWord[] };

/** A row that carries the quorum, with the smallest tree that holds the entry: the earliest word for it. */
export async function firstCovering(store: Pick<Store, 'read'>, logId: string, index: number) {
  const row = await typed<LedgerTables>(store.read)
    .selectFrom('log_witnessed')
    .select(['size', 'note'])
    .where('authority_id', '=', logId)
    .where('size', '>', index)
    .orderBy('size')
    .limit(1)
    .executeTakeFirst();
  return row && { size: Number(row.size), note: row.note };
}

/** The witnesses' words under a stored checkpoint, each verified again; none where a signature does not hold. */
export function wordsUnder(note: string, log: LogName, setup: WitnessSetup): WitnessWord[] {
  try {
    // The quorum was met when the row was written; the policy may have changed since.
    const policy = {
      logs: [{ key: parseVerifierKey(log.vkey) }],
      witnesses: setup.policy.witnesses,
      quorum: { kind: 'none' as const },
    };
    return verifyCheckpointSync(note, { policy }).cosignatures.map((one) => wordOf(one, setup));
  } catch (error) {
    if (error instanceof LogError) return [];
    throw error;
  }
}

function wordOf({ witness, key, timestamp }: Cosignature, { operators }: WitnessSetup): WitnessWord {
  return { name: witness, keyName: key.name, operator: operators.get(witness), since: timestamp };
}

/** What the public page tells of a witness of the policy. */
export interface WitnessProfile {
  readonly name: string;
  readonly keyName: string;
  readonly vkey: string;
  readonly operator: OperatorName | undefined;
  /** Its latest word that is kept. */
  readonly last: { readonly size: number; readonly since: number } | undefined;
}

const ROWS_LOOKED_AT = 20;

/** Every witness of the policy with its latest word for a log. */
export async function witnessProfiles(
  store: Pick<Store, 'read'>,
  log: LogName,
  setup: WitnessSetup,
): Promise<WitnessProfile[]> {
  const rows = await typed<LedgerTables>(store.read)
    .selectFrom('log_witnessed')
    .select(['size', 'note'])
    .where('authority_id', '=', log.logId)
    .orderBy('size', 'desc')
    .limit(ROWS_LOOKED_AT)
    .execute();
  const last = new Map<string, { size: number; since: number }>();
  for (const { size, note } of rows) {
    for (const { name, since } of wordsUnder(note, log, setup)) {
      if (!last.has(name)) last.set(name, { size: Number(size), since });
    }
    if (last.size === setup.policy.witnesses.length) break;
  }
  return setup.policy.witnesses.map(({ name, key }) => ({
    name,
    keyName: key.name,
    vkey: formatVerifierKey(key),
    operator: setup.operators.get(name),
    last: last.get(name),
  }));
}
