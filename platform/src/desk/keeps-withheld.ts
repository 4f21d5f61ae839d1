import type { DecisionView } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { fold } from './fold.ts';
import { namesFact } from './names-fact.ts';

/**
 * A text that the person will read names no fact that is withheld from them. Throws `reasons-insufficient`: decide on
 * other facts, or end the withholding.
 */
export function assertKeepsWithheld({ withheld, system, facts }: DecisionView, text: string): void {
  const folded = fold(text);
  const named = system.record.inputs.filter(
    (input) => withheld?.inputs.includes(input.name) && namesFact(folded, input, facts[input.name]),
  );
  if (named.length === 0) return;
  throw new PlatformError('reasons-insufficient', 'The text names a fact that is withheld from the person.', {
    where: 'text',
    faults: [{ where: 'withheld', what: `names ${named.map(({ name }) => name).join(', ')}` }],
    mend: 'Give reasons that the person may read, or have a supervisor end the withholding.',
  });
}
