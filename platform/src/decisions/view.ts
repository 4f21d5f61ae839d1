import { type CaseRow, findCase } from '../cases/cases.ts';
import { type CaseEvent, type CaseEventType, caseLife } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Facts } from '../register/inputs.ts';
import type { Explanation, SealedExplanation } from '../register/models/index.ts';
import { loadSystem, type PublishedSystem } from '../register/systems.ts';
import { typed } from '../store/index.ts';
import { type Closure, closureOf, type Disclosed } from '../withholding/closure.ts';
import { inForce, standingOf } from '../withholding/standing.ts';
import { explainedAgain } from './assess.ts';
import type { DecisionTables, Effect } from './tables.ts';

export type DecisionRow = DecisionTables['decisions'];

/** One decision with everything it rests on, opened and compared with its clear columns. */
export interface DecisionView {
  readonly row: DecisionRow;
  readonly case: CaseRow;
  readonly system: PublishedSystem;
  readonly subject: string;
  readonly facts: Facts;
  readonly explanation: Explanation;
  /** What of facts and reasons the person is not told, today; everything here is there for who decides. */
  readonly withheld: Closure | undefined;
  /** The effect as it stands: of a proposal, what is proposed. */
  readonly effect: Effect;
  /** The event that made or proposed it. */
  readonly made: CaseEvent;
  /** The event by which a person confirmed or overrode it, or made it by upholding a request for review. */
  readonly settled: CaseEvent | undefined;
  /** The whole life of the case, oldest first. */
  readonly life: readonly CaseEvent[];
}

/** Events that make or propose a decision, and events in which a person decides: a review upheld is both at once. */
const MAKES: ReadonlySet<CaseEventType> = new Set(['decision-made', 'decision-proposed', 'review-upheld']);
const SETTLES: ReadonlySet<CaseEventType> = new Set([
  'proposal-confirmed',
  'proposal-overridden',
  'review-upheld',
]);

export async function findDecisionRow(
  ctx: Context,
  authorityId: string,
  decisionId: string,
): Promise<DecisionRow | undefined> {
  const row = await ctx.store.lookup('decisions', { authority_id: authorityId, decision_id: decisionId });
  return row as DecisionRow | undefined;
}

/** The decision in force in a case, or the proposal that waits: the one that nothing supersedes. */
export async function currentDecisionRow(
  ctx: Context,
  authorityId: string,
  caseId: string,
): Promise<DecisionRow | undefined> {
  return (
    typed<DecisionTables>(ctx.store.read)
      .selectFrom('decisions')
      .selectAll()
      .where('authority_id', '=', authorityId)
      .where('case_id', '=', caseId)
      .where('superseded_by', 'is', null)
      // In the order of the index by case: without it the store would read all decisions.
      .orderBy('created_at')
      .executeTakeFirst()
  );
}

function altered(decisionId: string): PlatformError {
  return new PlatformError(
    'altered-record',
    `The stored row of decision ${decisionId} differs from what was sealed.`,
    {
      where: `decisions/${decisionId}`,
      mend: 'Do not rely on it. Compare the store with the log and restore the row from a backup.',
    },
  );
}

/** Reads one decision. Throws `not-found`, `altered-record` or `erased`. */
export async function readDecision(
  ctx: Context,
  authorityId: string,
  decisionId: string,
): Promise<DecisionView> {
  const row = await findDecisionRow(ctx, authorityId, decisionId);
  const found = row && (await findCase(ctx, authorityId, row.case_id));
  if (row === undefined || found === undefined) {
    throw new PlatformError('not-found', `There is no decision ${decisionId}.`, {
      mend: 'Check the identifier; it must belong to your own authority.',
    });
  }
  const life = await caseLife(ctx, authorityId, row.case_id);
  const made = life.find((e) => e.decisionId === decisionId && MAKES.has(e.type));
  const settled = life.find((e) => e.decisionId === decisionId && SETTLES.has(e.type));
  if (made === undefined) throw altered(decisionId);
  const outcome = made.facts.outcome as { effect: Effect };
  const effect =
    settled === undefined ? outcome.effect : (settled.facts.outcome as { effect: Effect }).effect;
  const waiting = made.type === 'decision-proposed' && settled === undefined;
  if (row.effect !== effect || (row.status === 'awaiting-person') !== waiting) {
    const now = await findDecisionRow(ctx, authorityId, decisionId);
    // Decided between our reading of the row and of the life: read again. A row that stands still was altered.
    if (now?.status !== row.status) return readDecision(ctx, authorityId, decisionId);
    throw altered(decisionId);
  }
  const system = await loadSystem(ctx.store.read, authorityId, row.system_id, row.version);
  const facts = made.facts.input as Facts;
  const sealed = made.facts.explanation as unknown as SealedExplanation;
  const explanation = await explainedAgain(system, facts, sealed);
  return {
    row,
    case: found,
    system,
    subject: made.facts.subject as string,
    facts,
    explanation,
    withheld: await withheldOf(ctx, system, made, explanation),
    effect,
    made,
    settled,
    life,
  };
}

/** What was withheld when the decision was sealed and still is: an end that has passed discloses it. */
async function withheldOf(
  ctx: Context,
  system: PublishedSystem,
  made: CaseEvent,
  explanation: Explanation,
): Promise<Closure | undefined> {
  const disclosed = made.facts.disclosed as unknown as Disclosed | undefined;
  if (disclosed === undefined) return undefined;
  const now = inForce(await standingOf(ctx.store, system), ctx.clock.now());
  return closureOf(
    now.filter(({ id }) => disclosed.under.includes(id)),
    explanation,
  );
}
