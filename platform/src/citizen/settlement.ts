import { z } from 'zod';
import type { DecisionView } from '../decisions/view.ts';

const settledFacts = z.object({
  reasons: z
    .object({
      text: z.string(),
      articles: z.array(z.string()).default([]),
      facts: z.array(z.string()).default([]),
    })
    .optional(),
  signer: z.object({ name: z.string() }).optional(),
  delegation: z.object({ instrument: z.string(), from: z.string() }).optional(),
});

/** How a person settled a decision, as it was sealed. */
export type Settlement = z.infer<typeof settledFacts>;

/** What the person who decided wrote and signed; undefined where the rule decided. */
export function settlementOf(view: DecisionView): Settlement | undefined {
  return view.settled === undefined ? undefined : settledFacts.parse(view.settled.facts);
}
