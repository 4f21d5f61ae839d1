import { type Deadline, type DeadlineInput, deadline } from './deadline.ts';
import { NormError } from './error.ts';
import type { Pack } from './pack.ts';
import { type Answer, applicability, checkAnswers } from './questions.ts';
import type { DeadlineRule } from './rule.ts';

export interface ClockFacts {
  /** What happened: `request-received`, `notification-proven`, `file-complete`... */
  readonly event: string;
  /** The kind of request it is about, as the desk qualified it: `complaint`, `rectification`... */
  readonly request?: string;
  readonly answers?: readonly Answer[];
  readonly on?: Temporal.PlainDate;
}

/** The deadline rules that an event starts, for a kind of request and as a jurist's answers say. */
export function deadlineRules(pack: Pack, facts: ClockFacts): DeadlineRule[] {
  checkAnswers([pack], facts.answers ?? []);
  return [...pack.rules.values()]
    .filter((rule) => rule.kind === 'deadline')
    .filter(({ deadline: { starts } }) => starts === facts.event)
    .filter(({ deadline: { requests } }) => {
      return requests === undefined || (facts.request !== undefined && requests.includes(facts.request));
    })
    .filter((rule) => applicability(pack, rule, facts.answers, facts.on).applies);
}

/**
 * Every clock that an event starts under several packs, the earliest date first: where rules conflict, the first of a kind
 * is the one to keep. Rules not in force on the day of the event start none.
 */
export function clocks(packs: readonly Pack[], facts: ClockFacts, input: DeadlineInput): Deadline[] {
  const found = packs
    .filter((pack) => pack.status === 'law')
    .flatMap((pack) =>
      deadlineRules(pack, facts).flatMap((rule) => {
        try {
          return [deadline(pack, rule.id, input)];
        } catch (error) {
          if (error instanceof NormError && error.code === 'not-in-force') return [];
          throw error;
        }
      }),
    );
  return found.sort((a, b) => Temporal.PlainDate.compare(a.due, b.due));
}
