import type { ProvedCase } from '../cases/against-log.ts';
import type { CaseEvent } from '../cases/events.ts';
import type { Findings } from '../ledger/completeness/findings.ts';
import { type StoreReader, typed } from '../store/index.ts';
import type { DecisionTables, Effect } from './tables.ts';

type Row = DecisionTables['decisions'];

/**
 * Compares the decisions of some cases with those that their sealed events tell of: none missing, none too many, every column
 * as it follows from what was sealed.
 */
export async function checkDecisions(
  store: StoreReader,
  authorityId: string,
  cases: readonly ProvedCase[],
  findings: Findings,
): Promise<void> {
  if (cases.length === 0) return;
  const rows = await typed<DecisionTables>(store.read)
    .selectFrom('decisions')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where(
      'case_id',
      'in',
      cases.map(({ caseId }) => caseId),
    )
    // In the order of the index by case: without it the store would read all decisions.
    .orderBy('case_id')
    .orderBy('created_at')
    .execute();
  const byCase = Map.groupBy(rows, (row) => row.case_id);
  for (const proved of cases) compare(proved, byCase.get(proved.caseId) ?? [], findings);
}

function compare({ row, events }: ProvedCase, stored: readonly Row[], findings: Findings): void {
  const told = decisionsTold(events);
  for (const [decisionId, expected] of told) {
    const where = `decisions/${row.authority_id}/${decisionId}`;
    const found = stored.find((r) => r.decision_id === decisionId);
    if (found === undefined) {
      findings.add(where, 'The log tells of this decision; its row is missing.');
      continue;
    }
    for (const column of Object.keys(expected) as (keyof typeof expected)[]) {
      if (found[column] === expected[column]) continue;
      findings.add(
        where,
        `${column} is ${String(found[column])}; the sealed events say ${String(expected[column])}.`,
      );
    }
  }
  for (const extra of stored.filter((r) => !told.has(r.decision_id))) {
    findings.add(
      `decisions/${row.authority_id}/${extra.decision_id}`,
      'The log tells of no such decision: the row was added.',
    );
  }
}

type Told = Omit<Row, 'authority_id' | 'decision_id' | 'case_id'>;

/** The decisions of a case as its events make them, by id. */
export function decisionsTold(events: readonly CaseEvent[]): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const event of events) {
    const id = event.decisionId;
    if (id === undefined) continue;
    const before = told.get(id);
    if (
      event.type === 'decision-made' ||
      event.type === 'decision-proposed' ||
      event.type === 'review-upheld'
    ) {
      const supersedes = textOf(event.facts.supersedes);
      const old = supersedes === null ? undefined : told.get(supersedes);
      if (old !== undefined && supersedes !== null) {
        told.set(supersedes, { ...old, status: 'superseded', superseded_by: id });
      }
      told.set(id, { ...made(event), supersedes });
    } else if (
      before !== undefined &&
      (event.type === 'proposal-confirmed' || event.type === 'proposal-overridden')
    ) {
      told.set(id, {
        ...before,
        status: 'effective',
        effect: effectOf(event),
        decided_by: 'person',
        overridden: event.type === 'proposal-overridden' ? 1 : 0,
        effective_at: event.at,
      });
    }
  }
  return told;
}

function made(event: CaseEvent): Told {
  const { facts, at, type } = event;
  const model = facts.model as { readonly record_version?: unknown } | undefined;
  const proposed = type === 'decision-proposed';
  return {
    system_id: textOf(facts.system) ?? '',
    version: Number(model?.record_version),
    status: proposed ? 'awaiting-person' : 'effective',
    effect: effectOf(event),
    decided_by: type === 'review-upheld' ? 'person' : 'rule',
    overridden: 0,
    created_at: at,
    effective_at: proposed ? null : at,
    supersedes: null,
    superseded_by: null,
  };
}

function effectOf({ facts }: CaseEvent): Effect {
  const outcome = facts.outcome as { readonly effect?: unknown } | undefined;
  return outcome?.effect as Effect;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Decisions whose case has no row at all. */
export async function checkOrphanDecisions(
  store: StoreReader,
  authorityId: string,
  findings: Findings,
): Promise<void> {
  const rows = await typed<DecisionTables & { cases: { authority_id: string; case_id: string } }>(store.read)
    .selectFrom('decisions as d')
    .leftJoin('cases as c', (join) =>
      join.onRef('c.authority_id', '=', 'd.authority_id').onRef('c.case_id', '=', 'd.case_id'),
    )
    .select('d.decision_id')
    .where('d.authority_id', '=', authorityId)
    .where('c.case_id', 'is', null)
    .execute();
  for (const { decision_id } of rows) {
    findings.add(`decisions/${authorityId}/${decision_id}`, 'Its case has no row.');
  }
}
