import type { Answer } from '@taalil/norms';
import { PlatformError } from '../errors.ts';
import { readOnce, type Transaction, typed } from '../store/index.ts';
import type { ConformityTables } from './tables.ts';

/** A jurist's answer as it is stored and sealed; days as `YYYY-MM-DD`. */
export interface StoredAnswer {
  readonly pack: string;
  readonly question: string;
  readonly answer: boolean;
  readonly because: string;
  readonly answeredBy: string;
  readonly answeredOn: string;
  readonly until: string | null;
}

/** What binds a system's safeguards beside its published record. */
export interface Binding {
  /** The level of its approved impact assessment; absent before the first approval. */
  readonly level: number | undefined;
  readonly answers: readonly StoredAnswer[];
  /** Changes with every change; -1 when nothing was ever recorded. */
  readonly revision: number;
}

const NOTHING: Binding = { level: undefined, answers: [], revision: -1 };

interface System {
  readonly authorityId: string;
  readonly systemId: string;
}

/** What binds now: the committed state for a store, its own for a transaction. */
export async function bindingOf(
  from: Pick<Transaction, 'lookup'>,
  { authorityId, systemId }: System,
): Promise<Binding> {
  const found = await from.lookup('norm_bindings', { authority_id: authorityId, system_id: systemId });
  const row = found as ConformityTables['norm_bindings'] | undefined;
  if (row === undefined) return NOTHING;
  return {
    level: row.impact_level === null ? undefined : Number(row.impact_level),
    answers: JSON.parse(row.answers) as StoredAnswer[],
    revision: Number(row.revision),
  };
}

const bindings = readOnce<Binding>();

/**
 * For use inside a sealing transaction: what admission relied on still binds, its `revision`. Read once for all decisions of a commit,
 * and again after a change that the same commit makes. Throws `stale-version`: then the case is admitted again.
 */
export async function assertStillBound(tx: Transaction, system: System, revision: number): Promise<void> {
  const key = `${system.authorityId}/${system.systemId}`;
  if ((await bindings.get(tx, key, () => bindingOf(tx, system))).revision === revision) return;
  throw new PlatformError('stale-version', `What binds "${system.systemId}" has just changed.`, {
    mend: 'Send the request again: it is decided under what binds now.',
  });
}

/** Records, inside the transaction that seals it at `index`, what binds a system from this commit on. */
export async function bind(
  tx: Transaction,
  system: System,
  index: number,
  at: string,
  change: { readonly level?: number; readonly answer?: StoredAnswer },
): Promise<void> {
  const before = await bindingOf(tx, system);
  const { answer } = change;
  const answers =
    answer === undefined
      ? before.answers
      : [...before.answers.filter((a) => a.pack !== answer.pack || a.question !== answer.question), answer];
  const row = {
    impact_level: change.level ?? before.level ?? null,
    answers: JSON.stringify(answers),
    revision: index,
    changed_at: at,
  };
  const key = { authority_id: system.authorityId, system_id: system.systemId };
  if (before.revision < 0) {
    await typed<ConformityTables>(tx.db)
      .insertInto('norm_bindings')
      .values({ ...key, ...row })
      .execute();
  } else {
    await typed<ConformityTables>(tx.db)
      .updateTable('norm_bindings')
      .set(row)
      .where('authority_id', '=', key.authority_id)
      .where('system_id', '=', key.system_id)
      .execute();
  }
  bindings.changed(tx);
}

/** The level that safeguards are asked with: a record may declare more than was approved, never less. */
export function bindingLevel(declared: number, { level }: Binding): number {
  return Math.max(declared, level ?? 0);
}

/** The answers that may be relied on at an instant, as the norm packs take them. */
export function answersOn({ answers }: Binding, day: string): readonly Answer[] {
  return answers
    .filter(({ until }) => until === null || until >= day)
    .map(({ until, answeredOn, ...answer }) => ({
      ...answer,
      answeredOn: Temporal.PlainDate.from(answeredOn),
      ...(until === null ? {} : { until: Temporal.PlainDate.from(until) }),
    }));
}

/** Whether the answers in force can change by the mere passing of days. */
export const expires = ({ answers }: Binding): boolean => answers.some(({ until }) => until !== null);
