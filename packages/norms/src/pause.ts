import { badQuestion } from './error.ts';
import type { DeadlineRule, Ground } from './rule.ts';

/** The clock stops from the day the person is asked to the day they answer; without `to` it still stands. */
export interface Pause {
  readonly ground: string;
  readonly from: Temporal.PlainDate;
  readonly to?: Temporal.PlainDate;
}

const compare = Temporal.PlainDate.compare;

/** The ground `id` among those that a rule accepts for an extension or a pause; NormError `wrong-value` for another. */
export function groundOf(grounds: readonly Ground[], id: string, what: string): Ground {
  const ground = grounds.find((one) => one.id === id);
  if (ground !== undefined) return ground;
  const known = grounds.map((one) => one.id).join(', ');
  throw badQuestion(
    'wrong-value',
    `${what}.ground`,
    `"${id}" is no ground for ${what} under this rule`,
    known === '' ? `the rule allows no ${what}` : `use one of ${known}`,
  );
}

/** Refuses pauses that are out of the order of time or asked for twice: NormError `out-of-range`. */
export function checkPauses(rule: DeadlineRule, pauses: readonly Pause[], started: Temporal.PlainDate): void {
  for (const [i, { ground, from, to }] of pauses.entries()) {
    groundOf(rule.deadline.pauses, ground, 'pause');
    const previous = pauses[i - 1];
    if (pauses.findIndex((one) => one.ground === ground) !== i) {
      throw badQuestion(
        'out-of-range',
        'pauses',
        `${ground} was asked for already`,
        'ask for everything at once',
      );
    }
    const order = [
      started,
      previous === undefined ? undefined : (previous.to ?? from.add({ days: 1 })),
      from,
      to,
    ];
    const dates = order.filter((date) => date !== undefined);
    if (dates.some((date, at) => at > 0 && compare(dates[at - 1] ?? date, date) > 0)) {
      throw badQuestion('out-of-range', 'pauses', 'are not in the order of time', 'mend their dates');
    }
  }
}
