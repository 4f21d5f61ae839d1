import type { JsonValue } from '@taalil/transparency-log';
import { newCase } from '../cases/cases.ts';
import { recordCaseEvent } from '../cases/events.ts';
import { legalDay } from '../clock.ts';
import { assertStillBound } from '../conformity/binding.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Together } from '../ledger/sequencer.ts';
import type { Facts } from '../register/inputs.ts';
import type { Explanation } from '../register/models/index.ts';
import { assertStillLive, type PublishedSystem } from '../register/systems.ts';
import { writeAttributes } from '../vault/attributes.ts';
import { type Closure, closureOf, withheldFacts } from '../withholding/closure.ts';
import { assertSameStanding, inForce, standingOf } from '../withholding/standing.ts';
import { type Admitted, idempotencyKeyOf, type Repeatable } from './admit.ts';
import { type Assessment, sealable, sealedExplanation } from './assess.ts';
import type { Safeguard } from './safeguard.ts';

export interface SealedDecision {
  readonly decisionId: string;
  readonly caseId: string;
  readonly reference: string;
  readonly at: string;
  readonly index: number;
}

/** What the decision rests on, as it is committed to in the log; where something is withheld, whole and open parts apart. */
export function decisionFacts(
  system: PublishedSystem,
  subject: string,
  facts: Facts,
  assessed: Assessment,
  closure: Closure | undefined,
) {
  const { explanation } = assessed;
  const sealed = (of: Explanation) => sealable(sealedExplanation(of));
  return {
    subject,
    model: {
      record_version: system.version,
      version: system.modelVersion,
      sha256: system.model.sha256,
    },
    outcome: { effect: assessed.effect, model_outcome: explanation.outcome },
    ...(closure === undefined
      ? { input: facts as unknown as JsonValue, explanation: sealed(explanation) }
      : withheldFacts(closure, facts, sealed, explanation)),
  };
}

/**
 * Opens the case and seals its decision or proposal. Live status, published version and what binds the safeguards are
 * read again inside the sealing transaction; decision and log entry are durable before this returns.
 */
export async function sealDecision(
  ctx: Context,
  { system, binding, envelope, facts, repeatable }: Admitted,
  assessed: Assessment,
  guard: Safeguard,
  together?: Together,
): Promise<SealedDecision> {
  const { authorityId, systemId } = system;
  const opened = newCase(ctx, authorityId, systemId, envelope.subject);
  const decisionId = newId('dec');
  const standing = await standingOf(ctx.store, system);
  const closure = closureOf(inForce(standing, legalDay(ctx.clock.now())), assessed.explanation);
  const recorded = await recordCaseEvent(ctx, {
    authorityId,
    systemId,
    caseId: opened.caseId,
    decisionId,
    key: opened.key,
    together,
    type: guard.person_required ? 'decision-proposed' : 'decision-made',
    facts: {
      reference: opened.reference,
      ...decisionFacts(system, envelope.subject, facts, assessed, closure),
      safeguard: { person_required: guard.person_required, rule: guard.rule },
    },
    async check(tx) {
      await assertStillLive(tx, system);
      await assertStillBound(tx, system, binding);
      await assertSameStanding(tx, system, standing);
      if ((await tx.lookup('idempotency', idempotencyKeyOf(repeatable))) !== undefined) {
        throw new PlatformError('conflict', 'This request was sealed meanwhile.');
      }
    },
    write(tx, _index, at) {
      opened.write(tx, at);
      if (envelope.audit !== undefined)
        writeAttributes(tx, opened.key, authorityId, opened.caseId, envelope.audit);
      tx.append('decisions', {
        authority_id: authorityId,
        decision_id: decisionId,
        case_id: opened.caseId,
        system_id: systemId,
        version: system.version,
        status: guard.person_required ? 'awaiting-person' : 'effective',
        effect: assessed.effect,
        decided_by: 'rule',
        overridden: 0,
        created_at: at,
        effective_at: guard.person_required ? null : at,
        supersedes: null,
        superseded_by: null,
      });
      tx.append('idempotency', idempotencyRow(repeatable, decisionId, at));
    },
  });
  return {
    decisionId,
    caseId: opened.caseId,
    reference: opened.reference,
    at: recorded.at,
    index: recorded.index,
  };
}

function idempotencyRow(repeatable: Repeatable, decisionId: string, at: string) {
  return {
    ...idempotencyKeyOf(repeatable),
    body_mac: repeatable.bodyMac,
    decision_id: decisionId,
    created_at: at,
  };
}
