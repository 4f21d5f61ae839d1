import {
  type Explanation,
  type Facts,
  type FactValue,
  type Model,
  type Prediction,
  whatIf,
} from '@taalil/explain';
import { type Input, NEVER_ADVISED, type SystemRecord } from '../register/record.ts';

export interface Decided {
  readonly record: SystemRecord;
  readonly model: Model;
  readonly facts: Facts;
  readonly explanation: Explanation;
  /** The effect of the decision in force; a proposal has none to speak of. */
  readonly effect: 'favourable' | 'adverse';
}

/** A corrected value under which the rule gives the favourable outcome: re-run, and none nearer does. */
export interface Correction {
  readonly to: FactValue;
  readonly prediction: Prediction;
}

/**
 * What may be said of one recorded fact:
 * - `check-only`: nothing beyond "check it", because nobody is advised on its topic, or nothing is proven;
 * - `stays`: correcting this fact alone leaves the outcome as it is, and that is proven;
 * - `changes`: with one of these values in the record, the rule gives the favourable outcome.
 */
export type Said =
  | { readonly kind: 'check-only' }
  | { readonly kind: 'stays' }
  | { readonly kind: 'changes'; readonly corrections: readonly Correction[] };

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
export function whatWouldChange(decided: Decided): WhatWouldChange {
  const { record, explanation, effect } = decided;
  if (effect !== 'adverse') return { checks: [], nothingToChange: true };
  const against = explanation.contributions.filter((c) => c.effect === 'adverse');
  const weighed = [...new Set(against.flatMap((c) => c.facts))];
  const others = record.inputs.map((i) => i.name).filter((name) => !weighed.includes(name));
  const candidates = [...weighed, ...others].flatMap((name) => {
    const input = record.inputs.find((i) => i.name === name);
    const value = decided.facts[name];
    if (input === undefined || value === undefined || !(input.correctable || input.actionable)) return [];
    const ground: FactToCheck['ground'] = input.correctable ? 'correctable' : 'actionable';
    const reasons = against.filter((c) => c.facts.includes(name)).map((c) => c.reason);
    return [{ input, value, reasons, ground, said: say(decided, input, value) }];
  });
  const heaviest = candidates.filter((c) => c.reasons.length > 0).slice(0, HEAVIEST_SHOWN);
  const checks = candidates.filter((c) => heaviest.includes(c) || c.said.kind === 'changes');
  return { checks, nothingToChange: checks.every((c) => c.said.kind !== 'changes') };
}

function say({ model, facts, explanation }: Decided, input: Input, value: FactValue): Said {
  if (!mayBeAdvised(input) || explanation.favourable || !readByModel(model, input.name))
    return { kind: 'check-only' };
  const questions = otherValues(input, value)?.map((v) => ({ fact: input.name, values: [v] })) ?? [
    { fact: input.name },
  ];
  const answers = questions.map((changeable) =>
    whatIf(model, facts, { changeable: [changeable], maxFacts: 1 }),
  );
  const corrections = answers.flatMap(({ flips }) =>
    flips.flatMap(({ changes, prediction }) => {
      const to = changes[0]?.to;
      return to === undefined || !prediction.favourable ? [] : [{ to, prediction }];
    }),
  );
  if (corrections.length > 0) return { kind: 'changes', corrections };
  return answers.every((answer) => answer.none) ? { kind: 'stays' } : { kind: 'check-only' };
}

function readByModel(model: Model, name: string): boolean {
  return model.facts.some((fact) => fact.name === name);
}

/** Every other value of a choice, so that no single one is singled out; undefined for numbers, where the nearest is. */
function otherValues(input: Input, value: FactValue): FactValue[] | undefined {
  if (input.type === 'boolean') return [value !== true];
  if (input.type === 'choice') return input.values.map((v) => v.value).filter((v) => v !== value);
  return undefined;
}
