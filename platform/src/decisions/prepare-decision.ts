import { appendCase, newCase } from '../cases/cases.ts';
import { appendCaseEvent, type PreparedEvent, prepareCaseEvent } from '../cases/events.ts';
import { assertStillBound } from '../conformity/binding.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { SealUnit } from '../ledger/sequencer.ts';
import { assertStillLive } from '../register/systems.ts';
import type { Transaction } from '../store/index.ts';
import { appendAttributes, sealAttributes } from '../vault/attributes.ts';
import { closureOf } from '../withholding/closure.ts';
import { assertSameStanding, inForce } from '../withholding/standing.ts';
import { type Admitted, idempotencyKeyOf, type Repeatable } from './admit.ts';
import type { Assessment } from './assess.ts';
import { decisionFacts } from './decision-facts.ts';
import type { Safeguard } from './safeguard.ts';
import type { Effect } from './tables.ts';

/**
 * A decision with everything but its place in the log, as any process of the platform can make it: plain data. The key of its
 * case is durable already. What admission relied on is in it as numbers that the sealing transaction compares.
 */
export interface PreparedDecision {
  readonly repeatable: Repeatable;
  readonly event: PreparedEvent;
  readonly decisionId: string;
  readonly reference: string;
  readonly subjectMac: Uint8Array;
  readonly attributes: Uint8Array | undefined;
  readonly effect: Effect;
  readonly personRequired: boolean;
  /** Of the published record. */
  readonly version: number;
  readonly bindingRevision: number;
  readonly standingRevision: number;
}

/** Opens the case and writes everything down, encrypted; nothing is recorded before it is sealed. */
export function prepareDecision(
  ctx: Context,
  { system, binding, standing, envelope, facts, repeatable }: Admitted,
  assessed: Assessment,
  guard: Safeguard,
): PreparedDecision {
  const { authorityId, systemId } = system;
  const { caseId, reference, key, subjectMac } = newCase(ctx, authorityId, systemId, envelope.subject);
  const decisionId = newId('dec');
  const closure = closureOf(inForce(standing, ctx.clock.now()), assessed.explanation);
  const event = prepareCaseEvent(ctx, {
    authorityId,
    systemId,
    caseId,
    decisionId,
    key,
    type: guard.person_required ? 'decision-proposed' : 'decision-made',
    facts: {
      reference,
      ...decisionFacts(system, envelope.subject, facts, assessed, closure),
      safeguard: { person_required: guard.person_required, rule: guard.rule },
    },
  });
  const { audit } = envelope;
  return {
    repeatable,
    event,
    decisionId,
    reference,
    subjectMac,
    attributes: audit && sealAttributes(key, authorityId, caseId, audit),
    effect: assessed.effect,
    personRequired: guard.person_required,
    version: system.version,
    bindingRevision: binding.revision,
    standingRevision: standing.revision,
  };
}

/**
 * The unit to seal: live status, published version and what binds and closes are read again inside the sealing transaction.
 * Rejects with `conflict` when the request was sealed before, `stale-version` when something has changed.
 */
export function decisionUnit(prepared: PreparedDecision): SealUnit {
  const { repeatable, event, version } = prepared;
  const { authorityId, systemId, caseId, entry } = event;
  const system = { authorityId, systemId, version };
  return {
    entry,
    caseId,
    systemId,
    portable: { kind: 'decision', data: prepared },
    expect: (tx) => tx.expect('idempotency', idempotencyKeyOf(repeatable)),
    async check(tx) {
      await assertStillLive(tx, system);
      await assertStillBound(tx, system, prepared.bindingRevision);
      await assertSameStanding(tx, system, prepared.standingRevision);
      await assertFirst(tx, repeatable);
    },
    write(tx, index) {
      appendCase(tx, event, { caseId, ...prepared }, event.at);
      appendCaseEvent(tx, index, event);
      if (prepared.attributes !== undefined) appendAttributes(tx, authorityId, caseId, prepared.attributes);
      appendDecision(tx, prepared);
    },
  };
}

const taken = new WeakMap<Transaction, Set<string>>();

/** No decision has this key, not even one that the same commit makes: two processes may have been asked at once. */
async function assertFirst(tx: Transaction, repeatable: Repeatable): Promise<void> {
  const key = idempotencyKeyOf(repeatable);
  const keys = taken.get(tx) ?? new Set<string>();
  taken.set(tx, keys);
  const name = Object.values(key).join('\n');
  if (keys.has(name) || (await tx.lookup('idempotency', key)) !== undefined) {
    throw new PlatformError('conflict', 'This request was sealed meanwhile.');
  }
  keys.add(name);
}

function appendDecision(tx: Transaction, prepared: PreparedDecision): void {
  const { repeatable, event, decisionId, effect, personRequired } = prepared;
  const { authorityId, caseId, systemId, at } = event;
  tx.append('decisions', {
    authority_id: authorityId,
    decision_id: decisionId,
    case_id: caseId,
    system_id: systemId,
    version: prepared.version,
    status: personRequired ? 'awaiting-person' : 'effective',
    effect,
    decided_by: 'rule',
    overridden: 0,
    created_at: at,
    effective_at: personRequired ? null : at,
    supersedes: null,
    superseded_by: null,
  });
  tx.append('idempotency', {
    ...idempotencyKeyOf(repeatable),
    body_mac: repeatable.bodyMac,
    decision_id: decisionId,
    created_at: at,
  });
}
