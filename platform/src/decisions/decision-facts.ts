import type { JsonValue } from '@taalil/transparency-log';
import type { Facts } from '../register/inputs.ts';
import type { Explanation } from '../register/models/index.ts';
import type { PublishedSystem } from '../register/systems.ts';
import { type Closure, withheldFacts } from '../withholding/closure.ts';
import { type Assessment, sealable, sealedExplanation } from './assess.ts';

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
