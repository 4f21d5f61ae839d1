import type { JsonValue } from '@taalil/transparency-log';
import type { Facts } from '../register/inputs.ts';
import {
  type AdditiveReason,
  type Explanation,
  exact,
  otherEffect,
  type Reason,
} from '../register/models/index.ts';
import type { Localized, SystemRecord } from '../register/record.ts';
import type { Withholding } from './standing.ts';

/** The reason under which everything withheld is told; no agency's reason can have this id. */
export const WITHHELD = '_withheld';

/** What is kept from the person of one decision, and under what. */
export interface Closure {
  readonly under: readonly Withholding[];
  readonly reasons: readonly string[];
  readonly inputs: readonly string[];
}

/** What these withholdings close of one explanation; undefined when nothing of it is in their scope. */
export function closureOf(under: readonly Withholding[], explanation: Explanation): Closure | undefined {
  if (under.length === 0) return undefined;
  const told = new Set(explanation.contributions.map(({ reason }) => reason));
  const touching = under.filter(({ reasons }) => reasons.some((id) => told.has(id)));
  if (touching.length === 0) return undefined;
  return {
    under: touching,
    reasons: [...new Set(touching.flatMap(({ reasons }) => reasons))].filter((id) => told.has(id)),
    inputs: [...new Set(touching.flatMap(({ inputs }) => inputs))],
  };
}

/** The facts that the person may see. */
export function openFacts(facts: Facts, { inputs }: Closure): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !inputs.includes(name)));
}

/**
 * The explanation with what is withheld told as one reason: that there is something, and how much it weighed, so that
 * what is shown still adds up. Not what it is.
 */
export function openExplanation(explanation: Explanation, closure: Closure): Explanation {
  const closed = ({ reason }: Reason) => closure.reasons.includes(reason);
  const open = (facts: readonly string[]) => facts.filter((name) => !closure.inputs.includes(name));
  if (explanation.form === 'trace') {
    const contributions = explanation.contributions.map((c) =>
      closed(c) ? { ...c, reason: WITHHELD, facts: [] } : { ...c, facts: open(c.facts) },
    );
    return { ...explanation, contributions };
  }
  const { above } = explanation;
  const hidden = explanation.contributions.filter(closed);
  const value = hidden.reduce((sum, c) => sum.plus(exact(c.value)), exact('0')).toString();
  const sign = Math.sign(Number(value));
  const one: AdditiveReason = {
    reason: WITHHELD,
    facts: [],
    value,
    effect: sign > 0 ? above : sign < 0 ? otherEffect(above) : 'none',
  };
  const contributions = [
    ...explanation.contributions.filter((c) => !closed(c)).map((c) => ({ ...c, facts: open(c.facts) })),
    one,
  ].sort((a, b) => Math.abs(Number(b.value)) - Math.abs(Number(a.value)));
  return { ...explanation, contributions };
}

const WORDS: Localized = {
  fr: 'Motif non communiqué',
  ar: 'سبب غير مفصح عنه',
  en: 'Withheld reason',
};

/** The record without what is withheld: pages that list facts and reasons then show none of it. */
export function openRecord(record: SystemRecord, closure: Closure): SystemRecord {
  return {
    ...record,
    inputs: record.inputs.filter(({ name }) => !closure.inputs.includes(name)),
    reasons: [
      ...record.reasons.filter(({ id }) => !closure.reasons.includes(id)),
      { id: WITHHELD, label: WORDS },
    ],
  };
}

/**
 * What is sealed where something is withheld: the whole facts and reasons as one commitment, and what the person's receipt
 * opens meanwhile as another. `openEvent` gives the whole as `input` and `explanation`.
 */
export function withheldFacts(
  closure: Closure,
  facts: Facts,
  sealed: (explanation: Explanation) => JsonValue,
  explanation: Explanation,
) {
  return {
    whole: { input: facts as unknown as JsonValue, explanation: sealed(explanation) },
    disclosed: {
      under: closure.under.map(({ id }) => id),
      reasons: [...closure.reasons],
      inputs: [...closure.inputs],
      input: openFacts(facts, closure) as unknown as JsonValue,
      explanation: sealed(openExplanation(explanation, closure)),
    },
  };
}

/** As {@link withheldFacts} wrote it. */
export interface Disclosed {
  readonly under: readonly string[];
  readonly reasons: readonly string[];
  readonly inputs: readonly string[];
}
