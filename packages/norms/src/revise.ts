import { type Deadline, deadline } from './deadline.ts';
import { badQuestion } from './error.ts';
import type { Pack } from './pack.ts';

/** A date once told, computed again with what is known now. */
export interface Revision {
  readonly told: Temporal.PlainDate;
  readonly now: Deadline;
  readonly moved: 'not' | 'later' | 'earlier';
  /** The date to keep to: the earlier of the two. */
  readonly holds: Temporal.PlainDate;
}

/**
 * Computes a deadline again, for instance after a holiday was decreed.
 *
 * A date that was told stays told. The earlier date holds: an administration keeps the promise it gave, and a person is
 * never led to act on a later day that might be refused. That is platform policy, not law; both dates are shown.
 */
export function revise(pack: Pack, told: Deadline): Revision {
  if (told.rule.pack !== pack.id) {
    throw badQuestion('wrong-kind', told.rule.id, `is a rule of pack ${told.rule.pack}`, 'give that pack');
  }
  const { knownOn: _then, ...input } = told.input;
  const now = deadline(pack, told.rule.id, input);
  const order = Temporal.PlainDate.compare(now.due, told.due);
  return {
    told: told.due,
    now,
    moved: order === 0 ? 'not' : order > 0 ? 'later' : 'earlier',
    holds: order < 0 ? now.due : told.due,
  };
}
