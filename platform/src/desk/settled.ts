import { z } from 'zod';
import type { DecisionView } from '../decisions/view.ts';
import { LANGS } from '../web/index.ts';

const sealed = z.object({
  reasons: z.object({
    text: z.string(),
    lang: z.enum(LANGS),
    articles: z.array(z.string()),
    facts: z.array(z.string()),
  }),
  decided_by: z.object({
    staff: z.string(),
    name: z.string(),
    delegation: z.object({ instrument: z.string(), from: z.string(), to: z.string(), scope: z.string() }),
  }),
  seconds: z.number().nullable(),
  agreed_with_proposal: z.boolean(),
});

/** What was sealed when a person decided on a proposal. */
export interface Settled extends z.infer<typeof sealed> {
  readonly at: string;
  /** The entry's place in the log. */
  readonly index: number;
}

/** How a person decided on this proposal; undefined while it waits. */
export function settledBy({ settled }: DecisionView): Settled | undefined {
  return settled && { ...sealed.parse(settled.facts), at: settled.at, index: settled.index };
}
