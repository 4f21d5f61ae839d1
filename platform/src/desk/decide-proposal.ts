import type { JsonValue } from '@taalil/transparency-log';
import { assertStillAllowed, findStaff } from '../access/index.ts';
import type { RecordedEvent } from '../cases/events.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { settleProposal } from '../decisions/settle.ts';
import type { Effect } from '../decisions/tables.ts';
import { type DecisionView, readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import {
  answerExercise,
  assertJudged,
  assertWithinCap,
  type Exercise,
  findExercise,
  noteSigned,
} from '../primacy/index.ts';
import { assertLive, systemState } from '../register/systems.ts';
import { committed, type Transaction } from '../store/index.ts';
import { assertCertified, competence, type Delegation } from '../training/index.ts';
import {
  assertAnotherPerson,
  firstSignatureOf,
  firstSigner,
  recordFirstSignature,
} from './first-signature.ts';
import { assertKeepsWithheld } from './keeps-withheld.ts';
import { secondsSpent } from './openings.ts';
import { assertOwnWords, rememberWords, type Words, wordsOf } from './own-words.ts';
import { signaturesNeeded } from './people-needed.ts';
import { checkReasons, type Reasons, type WrittenReasons } from './reasons.ts';

export interface ProposalDecision {
  readonly authorityId: string;
  readonly decisionId: string;
  /** Who signs. */
  readonly staffId: string;
  readonly reasons: WrittenReasons;
}

/** A person's word on a proposal: as proposed, or in the person's favour against it. */
export type Word = 'confirm' | 'override';

/**
 * Lets a proposal take effect, signed and reasoned by a certified, competent person (I3). Throws `not-found`,
 * `conflict` (decided meanwhile, or the delegation changed), `suspended`, `not-live`, `forbidden`, `not-certified`,
 * `not-competent`, `not-independent` (the same person twice), `reasons-insufficient`; then it is still a proposal.
 *
 * Where two people must sign, the first signature is sealed and the proposal stays one; it takes effect with another person's.
 */
export function confirmProposal(ctx: Context, decision: ProposalDecision): Promise<RecordedEvent> {
  return decideProposal(ctx, decision, 'confirm');
}

/** Decides in the person's favour against an adverse proposal, with reasons too. Throws as `confirmProposal`. */
export function overrideProposal(ctx: Context, decision: ProposalDecision): Promise<RecordedEvent> {
  return decideProposal(ctx, decision, 'override');
}

/** A decision with everything checked, not yet signed: for "check before you sign". */
export interface PreparedProposal {
  readonly view: DecisionView;
  readonly effect: Effect;
  readonly reasons: Reasons;
  readonly words: Words;
  readonly delegation: Delegation;
  /** Whether signing lets the decision take effect, or is the first of two signatures. */
  readonly first: boolean;
  /** A file with a known answer, invented: it is answered, and nothing is sealed. */
  readonly exercise: Exercise | undefined;
}

/** Everything that signing would check, without signing. Throws as `confirmProposal`. */
export async function prepareProposal(
  ctx: Context,
  decision: ProposalDecision,
  word: Word = 'confirm',
): Promise<PreparedProposal> {
  const prepared = await prepare(ctx, decision, word);
  await assertOwnWords(committed(ctx.store), prepared.words);
  return prepared;
}

async function prepare(
  ctx: Context,
  { authorityId, decisionId, staffId, reasons }: ProposalDecision,
  word: Word,
): Promise<PreparedProposal> {
  const exercise = await findExercise(ctx, authorityId, decisionId, staffId);
  const view = exercise?.view ?? (await readDecision(ctx, authorityId, decisionId));
  const { row, system } = view;
  if (row.status !== 'awaiting-person' || (exercise !== undefined && exercise.row.answered_at !== null)) {
    throw new PlatformError('conflict', 'Somebody has already decided on this proposal.', {
      mend: 'Open the case again to see what was decided.',
    });
  }
  assertLive(row.system_id, await systemState(ctx.store, authorityId, row.system_id));
  const effect = effectOf(view, word);
  const first = await isFirstOfTwo(ctx, view, effect, staffId);
  const delegation = await mayDecide(committed(ctx.store), view, staffId, stamp(ctx.clock.now()));
  const checked = checkReasons(system.record, view.facts, reasons);
  assertKeepsWithheld(view, checked.text);
  const words = wordsOf(ctx, system, checked.text);
  return { view, effect, reasons: checked, words, delegation, first, exercise };
}

/** Whether this signature is the first of two. Throws `not-independent` when the second would be by the same person. */
async function isFirstOfTwo(
  ctx: Context,
  view: DecisionView,
  effect: Effect,
  staffId: string,
): Promise<boolean> {
  if (effect !== 'adverse' || (await signaturesNeeded(ctx.store, view.system, ctx.clock.now())).people < 2)
    return false;
  const signed = firstSignatureOf(view);
  if (signed === undefined) return true;
  assertAnotherPerson(signed, staffId);
  return false;
}

function effectOf(view: DecisionView, word: Word): Effect {
  if (word === 'confirm') return view.effect;
  if (view.effect === 'adverse') return 'favourable';
  throw new PlatformError(
    'conflict',
    "The proposal is in the person's favour: there is nothing to override.",
    {
      mend: 'Confirm it. Nobody decides against a person without a proposal to read.',
    },
  );
}

async function decideProposal(ctx: Context, decision: ProposalDecision, word: Word): Promise<RecordedEvent> {
  const { authorityId, decisionId, staffId } = decision;
  const prepared = await prepare(ctx, decision, word);
  const { view, effect, reasons, words, delegation, first, exercise } = prepared;
  if (exercise !== undefined) {
    await answerExercise(ctx, exercise, word);
    const index = Number(exercise.row.place);
    return { index, size: index + 1, at: stamp(ctx.clock.now()) };
  }
  const { name } = await findStaff(ctx, authorityId, staffId);
  const seconds = await secondsSpent(ctx, { authorityId, decisionId, staffId });
  const { system_id: systemId, case_id: caseId, created_at: madeAt } = view.row;
  const work = { authorityId, decisionId, staffId, systemId };
  const facts = {
    reasons: { ...reasons },
    decided_by: { staff: staffId, name, delegation: { ...delegation } } as unknown as JsonValue,
    seconds,
    agreed_with_proposal: word === 'confirm',
  };
  async function check(tx: Transaction, at: string): Promise<void> {
    const now = await mayDecide(tx, view, staffId, at);
    if (now.delegationId !== delegation.delegationId) {
      throw new PlatformError('conflict', 'Your delegation of signature changed meanwhile.', {
        mend: 'Open the case again and sign under the present one.',
      });
    }
    await assertJudged(ctx, tx, work, madeAt);
    await assertWithinCap(tx, work, at);
    await assertOwnWords(tx, words);
  }
  async function write(tx: Transaction): Promise<void> {
    const agreed = word === 'confirm';
    const count = Object.keys(view.facts).length;
    await noteSigned(tx, { ...work, caseId, seconds, facts: count, agreed, at: stamp(ctx.clock.now()) });
    await rememberWords(tx, words, decisionId);
  }
  if (first) return recordFirstSignature(ctx, view.row, staffId, facts, { check, write });
  return settleProposal(ctx, {
    row: view.row,
    effect,
    facts,
    async check(tx, at) {
      if (effect === 'adverse') await assertSignedByTwo(tx, view, staffId, at);
      await check(tx, at);
    },
    write,
  });
}

/** Inside the sealing transaction: where two must sign, another person has signed before. */
async function assertSignedByTwo(
  tx: Transaction,
  { system, row }: DecisionView,
  staffId: string,
  at: string,
): Promise<void> {
  if ((await signaturesNeeded(tx, system, at)).people < 2) return;
  const staff = await firstSigner(tx, row);
  if (staff === undefined) {
    throw new PlatformError('conflict', 'From now on two people must sign here; nobody has signed first.', {
      mend: 'Open the case again and sign first.',
    });
  }
  assertAnotherPerson({ staffId: staff }, staffId);
}

/** Works here as a reviewer, is trained, and may sign for this system. */
async function mayDecide(
  tx: Transaction,
  view: DecisionView,
  staffId: string,
  at: string,
): Promise<Delegation> {
  const { authority_id: authorityId, system_id: systemId } = view.row;
  await assertStillAllowed(tx, authorityId, staffId, 'desk.decide');
  await assertCertified(tx, authorityId, staffId, at);
  return competence(tx, { authorityId, staffId, act: 'confirm-adverse', systemId, at });
}
