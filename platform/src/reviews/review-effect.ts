import type { Effect } from '../decisions/tables.ts';
import type { DecisionView } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import type { previewCorrections } from './corrections.ts';
import type { ReviewDecision } from './decide-review.ts';

/** What will be in force after the answer. Throws `invalid-request` for an outcome that does not follow. */
export function effectOf(
  { outcome, effect }: ReviewDecision,
  view: DecisionView,
  corrected: Awaited<ReturnType<typeof previewCorrections>>,
): Effect {
  const refuse = (where: string, what: string, mend: string): never => {
    throw new PlatformError('invalid-request', what, { where, mend });
  };
  const changed = Object.keys(corrected.corrections).length > 0;
  if (outcome === 'rejected') {
    if (changed) {
      refuse(
        'corrections',
        'A corrected fact makes a new decision.',
        'Uphold the request, or leave the record as it is.',
      );
    }
    return view.effect;
  }
  const wanted = effect ?? (changed ? corrected.assessed.effect : 'favourable');
  if (wanted === 'favourable') return wanted;
  if (!changed) {
    refuse(
      'effect',
      'An upheld request changes something.',
      'Correct a fact, grant it, or reject the request.',
    );
  }
  if (view.effect === 'favourable' || corrected.assessed.effect === 'favourable') {
    refuse('effect', 'Nothing supports a decision against the person.', 'Decide in their favour.');
  }
  return wanted;
}
