import type { JsonValue } from '@taalil/transparency-log';
import type { CaseEvent } from '../cases/events.ts';
import { type RecordedEvent, recordCaseEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import type { DecisionRow, DecisionView } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { assertLive, systemState } from '../register/systems.ts';
import { type Transaction, typed } from '../store/index.ts';
import type { DeskTables } from './tables.ts';

/** Who signed first where two people must sign. */
export interface FirstSignature {
  readonly staffId: string;
  readonly name: string;
  readonly at: string;
}

/** The first signature under a proposal that still waits for a second person's. */
export function firstSignatureOf({
  life,
  row,
}: Pick<DecisionView, 'life' | 'row'>): FirstSignature | undefined {
  const event = life.find(
    (e: CaseEvent) => e.type === 'proposal-signed-first' && e.decisionId === row.decision_id,
  );
  if (event === undefined) return undefined;
  const { staff, name } = event.facts.decided_by as { staff: string; name: string };
  return { staffId: staff, name, at: event.at };
}

export function assertAnotherPerson(first: Pick<FirstSignature, 'staffId'>, staffId: string): void {
  if (first.staffId !== staffId) return;
  throw new PlatformError(
    'not-independent',
    'You have signed this proposal already; the second signature is another person\u2019s.',
    {
      mend: 'Leave it to a colleague. Nothing has taken effect yet.',
    },
  );
}

/**
 * Seals the first of two signatures: the proposal stays a proposal. Throws `conflict` when somebody signed first or decided
 * meanwhile.
 */
export function recordFirstSignature(
  ctx: Context,
  row: DecisionRow,
  staffId: string,
  facts: Readonly<Record<string, JsonValue>>,
  act: { check(tx: Transaction, at: string): Promise<void>; write(tx: Transaction): void | Promise<void> },
): Promise<RecordedEvent> {
  const { authority_id, case_id, system_id, decision_id } = row;
  return recordCaseEvent(ctx, {
    authorityId: authority_id,
    caseId: case_id,
    systemId: system_id,
    decisionId: decision_id,
    type: 'proposal-signed-first',
    facts,
    async check(tx) {
      assertLive(system_id, await systemState(tx, authority_id, system_id));
      const now = (await tx.lookup('decisions', { authority_id, decision_id })) as DecisionRow | undefined;
      if (now?.status !== 'awaiting-person' || (await firstSigner(tx, row)) !== undefined) {
        throw new PlatformError('conflict', 'Somebody has signed this proposal meanwhile.', {
          mend: 'Open the case again.',
        });
      }
      await act.check(tx, stamp(ctx.clock.now()));
    },
    async write(tx, _index, at) {
      // Written at once, not appended: another first signature in the same commit must find it.
      await typed<DeskTables>(tx.db)
        .insertInto('desk_first_signatures')
        .values({ authority_id, decision_id, staff_id: staffId, signed_at: at })
        .execute();
      await act.write(tx);
    },
  });
}

/** Who signed first, as it stands inside a transaction. */
export async function firstSigner(
  tx: Pick<Transaction, 'lookup'>,
  { authority_id, decision_id }: Pick<DecisionRow, 'authority_id' | 'decision_id'>,
): Promise<string | undefined> {
  const found = await tx.lookup('desk_first_signatures', { authority_id, decision_id });
  return (found as DeskTables['desk_first_signatures'] | undefined)?.staff_id;
}
