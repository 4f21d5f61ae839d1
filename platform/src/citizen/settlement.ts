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
    name: z.string(),
    delegation: z.object({ instrument: z.string(), from: z.string(), to: z.string() }).optional(),
  }),
});

/** How a person decided: their reasons of law and fact, word for word, their name and their right to sign. */
export type Settlement = z.infer<typeof sealed>;

/** What the person who decided wrote and signed; undefined where the rule decided. */
export function settlementOf({ row, settled, made }: DecisionView): Settlement | undefined {
  return row.decided_by === 'rule' ? undefined : sealed.parse((settled ?? made).facts);
}
