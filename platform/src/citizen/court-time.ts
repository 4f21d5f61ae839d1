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
  return courtRules(normPacks(record.norms)).map(({ pack, rule }) => deadline(pack, rule.id, start));
}

/** The sentences that go with every adverse decision, whether or not a notification is proven. */
export function courtWarnings(record: SystemRecord): readonly Texts[] {
  return courtRules(normPacks(record.norms)).flatMap(({ rule }) => rule.deadline.standing ?? []);
}
