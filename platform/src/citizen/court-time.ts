import { type Deadline, deadline, type Pack, provenStart, type Texts } from '@taalil/norms';
import type { CaseEvent } from '../cases/events.ts';
import { normPacks } from '../conformity/packs.ts';
import { notifiedOn } from '../notices/index.ts';
import type { SystemRecord } from '../register/record.ts';

function courtRules(packs: readonly Pack[]) {
  return packs.flatMap((pack) =>
    [...pack.rules.values()].flatMap((rule) =>
      rule.kind === 'deadline' &&
      rule.deadline.kind === 'information' &&
      rule.deadline.starts === 'notification-proven'
        ? [{ pack, rule }]
        : [],
    ),
  );
}

/**
 * The time in which a person may go to court, told as information (I8). It runs from a proven notification of the
 * decision; while there is none, no date is given.
 */
export function courtTime(
  record: SystemRecord,
  life: readonly CaseEvent[],
  decisionId: string,
): readonly Deadline[] {
  const notified = notifiedOn(life, decisionId);
  const start = notified && provenStart(notified);
  if (start === undefined) return [];
  const appeal = appealOf(life, decisionId);
  return courtRules(normPacks(record.norms)).map(({ pack, rule }) => {
    const preserved = appeal !== undefined && rule.deadline.preservedBy === APPEAL;
    const on = appeal?.toZonedDateTimeISO(pack.timeZone).toPlainDate();
    return deadline(pack, rule.id, { ...start, ...(preserved && on ? { preservedOn: on } : {}) });
  });
}

const APPEAL = 'administrative-appeal';

/** When the first request about this decision came in that the desk holds to be an administrative appeal. */
function appealOf(life: readonly CaseEvent[], decisionId: string): Temporal.Instant | undefined {
  const kinds = new Map<unknown, unknown>();
  for (const { type, facts } of life) if (type === 'request-qualified') kinds.set(facts.review, facts.kind);
  const first = life.find(
    (e) =>
      e.type === 'review-requested' &&
      e.decisionId === decisionId &&
      String(kinds.get(e.facts.review)).startsWith('appeal-to-'),
  );
  return first && Temporal.Instant.from(first.at);
}

/** The sentences that go with every adverse decision, whether or not a notification is proven. */
export function courtWarnings(record: SystemRecord): readonly Texts[] {
  return courtRules(normPacks(record.norms)).flatMap(({ rule }) => rule.deadline.standing ?? []);
}
