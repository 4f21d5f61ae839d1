import { openEvent } from '../../src/cases/events.ts';
import type { CaseTables } from '../../src/cases/tables.ts';
import type { Context } from '../../src/context.ts';
import type { Effect } from '../../src/decisions/tables.ts';
import { typed } from '../../src/store/index.ts';
import { AUTHORITY_ID, SELECTION } from './record.ts';
import { type Groups, groupsOf, type TaxReturn } from './returns.ts';

/** One return as an audit sees it: what the model proposed, what a person decided, and the truth where it is known. */
export interface AuditRow extends Groups {
  readonly decision: string;
  /** The month of filing, `YYYY-MM`. */
  readonly month: string;
  /** The model's margin: log-odds of a finding. */
  readonly score: string;
  readonly proposed: boolean;
  /** Whether an inspection stands after people decided; null while a proposal waits. */
  readonly chosen: boolean | null;
  /** Staff id of whoever signed first; null where nobody had to. */
  readonly officer: string | null;
  /** What an inspection found; null for returns never inspected. */
  readonly found: boolean | null;
  /** Drawn by lot: inspected whatever the model said. */
  readonly random: boolean;
}

/** Every return of the world, read from the store as an auditor with its keys would; oldest first. */
export async function auditRows(ctx: Pick<Context, 'store' | 'vault'>): Promise<AuditRow[]> {
  const rows = await typed<CaseTables>(ctx.store.read)
    .selectFrom('case_events')
    .selectAll()
    .where('authority_id', '=', AUTHORITY_ID)
    .orderBy('log_index')
    .execute();
  const byCase = Map.groupBy(
    rows.filter((row) => row.system_id === SELECTION),
    (row) => row.case_id,
  );
  const out: AuditRow[] = [];
  for (const [caseId, events] of byCase) {
    const key = ctx.vault.caseKey(AUTHORITY_ID, caseId);
    const life = events.map((row) => openEvent(key, row));
    const made = life.find((e) => e.type === 'decision-made' || e.type === 'decision-proposed');
    if (made === undefined) continue;
    const outcomes = life.filter((e) => e.facts.outcome !== undefined && e.type !== 'outcome-established');
    const { effect } = (outcomes.at(-1) ?? made).facts.outcome as { readonly effect: Effect };
    const signed = life.find((e) => e.type === 'proposal-confirmed' || e.type === 'proposal-overridden');
    const established = life.findLast((e) => e.type === 'outcome-established')?.facts;
    const proposed = made.type === 'decision-proposed';
    out.push({
      decision: String(made.decisionId),
      month: made.at.slice(0, 7),
      ...groupsOf(made.facts.input as unknown as TaxReturn),
      score: (made.facts.explanation as { score: string }).score,
      proposed,
      chosen: proposed && signed === undefined ? null : effect === 'adverse',
      officer: (signed?.facts.decided_by as { staff: string } | undefined)?.staff ?? null,
      found: established === undefined ? null : established.outcome === 'adverse',
      random: established?.sought === 'random',
    });
  }
  return out;
}

const COLUMNS = [
  'decision',
  'month',
  'sector',
  'size',
  'city',
  'cash',
  'score',
  'proposed',
  'chosen',
  'officer',
  'found',
  'random',
] as const satisfies readonly (keyof AuditRow)[];

/** The rows as CSV: booleans as 1 and 0, an empty cell for what is not known. */
export function csvOf(rows: readonly AuditRow[]): string {
  const cell = (value: string | boolean | null) =>
    value === null ? '' : typeof value === 'boolean' ? String(Number(value)) : value;
  return `${[COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((c) => cell(row[c])).join(','))].join('\n')}\n`;
}
