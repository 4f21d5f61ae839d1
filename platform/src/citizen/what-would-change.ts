import type { FactValue } from '@taalil/explain';
import type { Facts } from '../register/inputs.ts';
import type { Correction, CorrectionAnswer, Explanation, RegisteredModel } from '../register/models/index.ts';
import { type Input, NEVER_ADVISED, type SystemRecord } from '../register/record.ts';

export type { Correction };

export interface Decided {
  readonly record: SystemRecord;
  readonly model: RegisteredModel;
  readonly facts: Facts;
  readonly explanation: Explanation;
  /** The effect of the decision in force; a proposal has none to speak of. */
  readonly effect: 'favourable' | 'adverse';
}

/**
 * What may be said of one recorded fact:
 * - `check-only`: nothing beyond "check it", because nobody is advised on its topic, or nothing is proven;
 * - `stays`: correcting this fact alone leaves the outcome as it is, and that is proven;
 * - `changes`: with one of these values in the record, the rule gives the favourable outcome.
 */
export type Said = CorrectionAnswer;

export interface FactToCheck {
  readonly input: Input;
  readonly value: FactValue;
  /** Reasons that read this fact and counted against the person, heaviest first. */
  readonly reasons: readonly string[];
  /** Why it may be spoken of at all: the record may be wrong, or the agency justified in public that one may act on it. */
  readonly ground: 'correctable' | 'actionable';
  readonly said: Said;
}

export interface WhatWouldChange {
  /** The facts that weighed most first; then those whose correction would change the outcome. */
  readonly checks: readonly FactToCheck[];
  /** No outcome is shown for any of them: "There is nothing you should change; check these facts." */
  readonly nothingToChange: boolean;
}

const HEAVIEST_SHOWN = 6;

/** I6: matters on which nobody is ever advised, whatever a record says of them. */
export function mayBeAdvised(input: Input): boolean {
  return (
    !(NEVER_ADVISED as readonly string[]).includes(input.topic) &&
    (input.correctable || input.actionable !== undefined)
  );
}

/**
 * Invariant I6 as one rule: which recorded facts a person is asked to check, and for which of them an outcome is shown.
 *
 * An outcome is shown only against an adverse decision that the rule itself reached, only for facts declared correctable
 * or actionable, never on a topic of NEVER_ADVISED, and only where the model was run again with that one fact changed.
 */
export async function whatWouldChange(decided: Decided): Promise<WhatWouldChange> {
  const { record, explanation, effect } = decided;
  if (effect !== 'adverse') return { checks: [], nothingToChange: true };
  const against = explanation.contributions.filter((c) => c.effect === 'adverse');
  const weighed = [...new Set(against.flatMap((c) => c.facts))];
  const others = record.inputs.map((i) => i.name).filter((name) => !weighed.includes(name));
  const candidates: FactToCheck[] = [];
  for (const name of [...weighed, ...others]) {
    const input = record.inputs.find((i) => i.name === name);
    const value = decided.facts[name];
    if (input === undefined || value === undefined || !(input.correctable || input.actionable)) continue;
    candidates.push({
      input,
      value,
      reasons: against.filter((c) => c.facts.includes(name)).map((c) => c.reason),
      ground: input.correctable ? 'correctable' : 'actionable',
      said: await say(decided, input),
    });
  }
  const heaviest = candidates.filter((c) => c.reasons.length > 0).slice(0, HEAVIEST_SHOWN);
  const checks = candidates.filter((c) => heaviest.includes(c) || c.said.kind === 'changes');
  return { checks, nothingToChange: checks.every((c) => c.said.kind !== 'changes') };
}

async function say({ model, facts, explanation }: Decided, input: Input): Promise<Said> {
  if (!mayBeAdvised(input) || explanation.favourable || !model.reads.has(input.name))
    return { kind: 'check-only' };
  return model.correct(facts, input);
}
