import type { JsonValue } from '@taalil/transparency-log';
import { assertCan, findStaff } from '../access/index.ts';
import type { RecordedEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { settleProposal } from '../decisions/settle.ts';
import type { Effect } from '../decisions/tables.ts';
import { type DecisionView, readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { committed, type Transaction, typed } from '../store/index.ts';
import { assertCertified, competence, type Delegation } from '../training/index.ts';
import { fold } from './fold.ts';
import { secondsSpent } from './openings.ts';
import { checkReasons, type Reasons, type WrittenReasons } from './reasons.ts';
import type { DeskTables } from './tables.ts';

export interface ProposalDecision {
  readonly authorityId: string;
  readonly decisionId: string;
  /** Who signs. */
  readonly staffId: string;
  readonly reasons: WrittenReasons;
}

/** Lets the proposed adverse outcome take effect, signed and reasoned by a certified, competent person (I3). */
export function confirmProposal(ctx: Context, decision: ProposalDecision): Promise<RecordedEvent> {
  return decideProposal(ctx, decision, 'adverse');
}

/** Decides in the person's favour against the proposal, with reasons too. */
export function overrideProposal(ctx: Context, decision: ProposalDecision): Promise<RecordedEvent> {
  return decideProposal(ctx, decision, 'favourable');
}

/** Everything that signing would check, without signing: for "check before you sign". */
export async function prepareProposal(
  ctx: Context,
  { authorityId, decisionId, staffId, reasons }: ProposalDecision,
) {
  const view = await readDecision(ctx, authorityId, decisionId);
  if (view.row.status !== 'awaiting-person') {
    throw new PlatformError('conflict', 'Somebody has already decided on this proposal.', {
      mend: 'Open the case again to see what was decided.',
    });
  }
  const checked = checkReasons(view.system.record, view.facts, reasons);
  const textMac = macOf(ctx, view, checked);
  const delegation = await mayDecide(committed(ctx.store), view, staffId, stamp(ctx.clock.now()));
  await assertOwnWords(committed(ctx.store), view, textMac);
  return { view, reasons: checked, textMac, delegation };
}

async function decideProposal(
  ctx: Context,
  decision: ProposalDecision,
  effect: Effect,
): Promise<RecordedEvent> {
  const { authorityId, decisionId, staffId } = decision;
  const staff = await findStaff(ctx, authorityId, staffId);
  assertCan(staff, 'desk.decide');
  const { view, reasons, textMac, delegation } = await prepareProposal(ctx, decision);
  return settleProposal(ctx, {
    row: view.row,
    effect,
    facts: {
      reasons: { ...reasons },
      decided_by: { staff: staffId, name: staff.name, delegation: { ...delegation } } as unknown as JsonValue,
      seconds: await secondsSpent(ctx, { authorityId, decisionId, staffId }),
      agreed_with_proposal: effect === view.row.effect,
    },
    async check(tx, at) {
      const now = await mayDecide(tx, view, staffId, at);
      if (now.delegationId !== delegation.delegationId) {
        throw new PlatformError('conflict', 'Your delegation of signature changed meanwhile.', {
          mend: 'Open the case again and sign under the present one.',
        });
      }
      await assertOwnWords(tx, view, textMac);
    },
    write(tx) {
      tx.append('desk_reasons', {
        authority_id: authorityId,
        system_id: view.row.system_id,
        text_mac: textMac,
        decision_id: decisionId,
      });
    },
  });
}

async function mayDecide(
  tx: Transaction,
  view: DecisionView,
  staffId: string,
  at: string,
): Promise<Delegation> {
  const { authority_id: authorityId, system_id: systemId } = view.row;
  await assertCertified(tx, authorityId, staffId, at);
  return competence(tx, { authorityId, staffId, act: 'confirm-adverse', systemId, at });
}

function macOf(ctx: Context, view: DecisionView, reasons: Reasons): Buffer {
  return ctx.vault.keyring.mac('reasons', view.row.authority_id, view.row.system_id, fold(reasons.text));
}

/** Refuses a text that stands, word for word, in as many other cases as the system's record allows. */
async function assertOwnWords(tx: Transaction, view: DecisionView, textMac: Uint8Array): Promise<void> {
  const limit = view.system.record.sameReasonsLimit;
  const same = await typed<DeskTables>(tx.db)
    .selectFrom('desk_reasons')
    .select('decision_id')
    .where('authority_id', '=', view.row.authority_id)
    .where('system_id', '=', view.row.system_id)
    .where('text_mac', '=', textMac)
    .limit(limit)
    .execute();
  if (same.length < limit) return;
  throw new PlatformError(
    'reasons-insufficient',
    `The same text already stands in ${same.length} other cases.`,
    {
      where: 'text',
      faults: [{ where: 'copied', what: 'is the same as in other cases' }],
      mend: 'Write what is particular to this file: the reasons must be those of this decision.',
    },
  );
}
