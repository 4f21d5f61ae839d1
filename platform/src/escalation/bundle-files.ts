import { createHash } from 'node:crypto';
import { type Deadline, type Pack, type Rule, tellReason } from '@taalil/norms';
import type { CaseEvent } from '../cases/events.ts';
import type { CitizenCase } from '../citizen/case-view.ts';
import { courtTime } from '../citizen/court-time.ts';
import { normPacks } from '../conformity/packs.ts';
import type { DecisionView } from '../decisions/view.ts';
import type { Review } from '../reviews/index.ts';

/** What the files of an archive are made of. */
export interface BundleSource {
  readonly of: CitizenCase;
  readonly requests: readonly Review[];
  /** Events in the order of the receipts; what a receipt keeps closed is left out of them too. */
  readonly events: readonly CaseEvent[];
  readonly at: string;
  readonly vkeys: readonly string[];
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 1)}\n`;

/** The case as machines read it: every event with the facts that its receipt opens, decisions and requests. */
export function caseJson({ of, requests, events, at, vkeys }: BundleSource): string {
  return json({
    v: 1,
    authority: of.authorityId,
    system: of.present.row.system_id,
    case: of.caseId,
    reference: of.present.case.reference,
    at,
    logs: vkeys,
    decisions: of.waiting ? [] : decisionsOf(of).map(decisionJson),
    requests: requests.map(requestJson),
    events: events.map(({ index, type, at: when, openings }) => ({
      index,
      type,
      at: when,
      facts: Object.fromEntries(openings.map(({ name, value }) => [name, value])),
    })),
  });
}

/** The decisions of a case, the one in force first; a proposal that waits is nobody's to see (I3). */
export function decisionsOf(of: CitizenCase): DecisionView[] {
  return [...(of.waiting ? [] : [of.present]), ...of.earlier];
}

function decisionJson({ row, facts, explanation, effect, system }: DecisionView) {
  return {
    decision: row.decision_id,
    status: row.status,
    effect,
    decided_by: row.decided_by,
    effective_at: row.effective_at,
    supersedes: row.supersedes,
    superseded_by: row.superseded_by,
    record_version: row.version,
    model: modelJson(system, explanation.model),
    input: facts,
    explanation,
  };
}

function requestJson({ clock, ...request }: Review) {
  return {
    ...request,
    clock: { kind: clock.kind, due: clock.due.toString(), state: clock.state, unverified: clock.unverified },
  };
}

function modelJson(system: DecisionView['system'], sha256: string) {
  return {
    version: system.modelVersion,
    kind: system.model.kind,
    format: system.model.format,
    sha256,
    replayable: system.model.replayable,
    facts: [...system.model.reads],
  };
}

/** The published record of each version that decided, with what pins its model. */
export function systemFiles(of: CitizenCase): Map<string, string> {
  return new Map(
    [of.present, ...of.earlier].map(({ system, explanation }) => [
      `system/version-${system.version}.json`,
      json({
        system: system.systemId,
        version: system.version,
        record: system.record,
        model: modelJson(system, explanation.model),
      }),
    ]),
  );
}

/** The norm packs as they were in force here: the hash of each, and every rule that a date of this case rests on. */
export function rulesJson(source: BundleSource): string {
  const packs = normPacks(source.of.record.norms);
  const used = new Set(
    deadlinesOf(source).map(({ deadline }) => `${deadline.rule.pack}/${deadline.rule.id}`),
  );
  return json({
    v: 1,
    packs: packs.map((pack) => ({
      pack: pack.id,
      status: pack.status,
      sha256: createHash('sha256')
        .update(JSON.stringify(rulesOf(pack).map(plainRule)))
        .digest('hex'),
      rules: rulesOf(pack).length,
    })),
    rules: packs.flatMap((pack) =>
      rulesOf(pack)
        .filter((rule) => used.has(`${pack.id}/${rule.id}`) || rule.kind === 'provision')
        .map((rule) => ({ pack: pack.id, ...plainRule(rule) })),
    ),
  });
}

const rulesOf = (pack: Pack) => [...pack.rules.values()];

function plainRule(rule: Rule) {
  const { from, notBefore, by, to } = rule.effective;
  const date = (value: unknown) => (value === undefined ? undefined : String(value));
  return {
    ...rule,
    effective: { from: date(from), notBefore: date(notBefore), by: date(by), to: date(to) },
  };
}

/** A date of the case with what it belongs to. */
export interface CaseDeadline {
  readonly about: 'request' | 'court';
  /** The request, where it is about one. */
  readonly id: string | undefined;
  readonly deadline: Deadline;
}

/** Every date that runs or ran in the case. */
export function deadlinesOf({ of, requests }: BundleSource): CaseDeadline[] {
  return [
    ...requests.flatMap(({ reviewId: id, clock: { acknowledge, treat } }) =>
      [acknowledge, treat].map((deadline) => ({ about: 'request' as const, id, deadline })),
    ),
    ...decisionsOf(of).flatMap(({ row }) =>
      courtTime(of.record, of.life, row.decision_id).map((deadline) => ({
        about: 'court' as const,
        id: row.decision_id,
        deadline,
      })),
    ),
  ];
}

/** The history of the clocks: each date with its rule and every step of its computation, and what moved it when. */
export function clockJson(source: BundleSource): string {
  const moves = ['review-requested', 'request-qualified', 'documents-requested', 'documents-brought'];
  const dated = [
    ...moves,
    'files-added',
    'review-extended',
    'decision-notified',
    'review-upheld',
    'review-rejected',
  ];
  return json({
    v: 1,
    now: source.requests.map(({ reviewId, clock }) => ({
      request: reviewId,
      state: clock.state,
      due: clock.due.toString(),
      daysLeft: clock.daysLeft,
    })),
    deadlines: deadlinesOf(source).map(({ about, id, deadline: { rule, steps, why, ...one } }) => ({
      about,
      id,
      rule,
      started: one.started.toString(),
      due: one.due.toString(),
      provisional: one.provisional,
      unverified: one.unverified,
      why: why.map((reason) => ({ code: reason.code, fr: tellReason(reason, 'fr').text })),
      steps: steps.map((step) => ({ ...step, date: step.date.toString() })),
    })),
    events: source.events
      .filter(({ type }) => dated.includes(type))
      .map(({ index, type, at, facts }) => ({
        index,
        type,
        at,
        request: facts.review ?? null,
        kind: facts.kind ?? null,
        clock: facts.clock ?? null,
        before: facts.before ?? null,
        due: facts.due ?? null,
        ground: type === 'review-extended' ? facts.ground : null,
      })),
  });
}
