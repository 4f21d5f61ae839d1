import { badQuestion } from './error.ts';
import { type Pack, reference } from './pack.ts';
import { inForce, type RuleReference } from './provenance.ts';
import { type Answer, applicability, checkAnswers } from './questions.ts';
import type { EvidenceNeed, ObligationRule } from './rule.ts';
import type { Texts } from './texts.ts';

export interface ObligationFacts {
  /** Absent before the assessment: then obligations of every level apply. */
  readonly impactLevel?: number;
  readonly answers?: readonly Answer[];
  readonly on?: Temporal.PlainDate;
}

export interface Obligation {
  readonly rule: RuleReference;
  readonly texts: Texts;
  readonly on: ObligationRule['obligation']['on'];
  /** `announced`: of a framework that is not law; shown apart, and never part of a conformity. */
  readonly status: 'binding' | 'announced';
  readonly evidence: readonly EvidenceNeed[];
  /** Questions that no jurist has answered and on which its applicability rests. */
  readonly open: readonly string[];
}

/** The obligations that apply to a system under several packs at once, with the evidence each needs. */
export function obligations(packs: readonly Pack[], facts: ObligationFacts): Obligation[] {
  checkAnswers(packs, facts.answers ?? []);
  return packs.flatMap((pack) =>
    [...pack.rules.values()]
      .filter((rule) => rule.kind === 'obligation')
      .filter((rule) => facts.on === undefined || inForce(rule.effective, facts.on) !== 'no')
      .filter(({ obligation: { levels } }) => {
        return levels === undefined || facts.impactLevel === undefined || levels.includes(facts.impactLevel);
      })
      .map((rule) => ({ rule, found: applicability(pack, rule, facts.answers, facts.on) }))
      .filter(({ found }) => found.applies)
      .map(({ rule, found }) => ({
        rule: reference(pack, rule),
        texts: rule.texts,
        on: rule.obligation.on,
        status: pack.status === 'announced' ? 'announced' : 'binding',
        evidence: rule.obligation.evidence,
        open: found.open,
      })),
  );
}

/** Something that shows, or fails to show, that an obligation is met. */
export interface Evidence {
  readonly kind: EvidenceNeed['kind'];
  readonly name: string;
  /** When the record was made, the figure computed, the document signed. */
  readonly date: Temporal.PlainDate;
  /** The number, for a figure. */
  readonly value?: number;
  /** Where it can be looked up: an entry of the log, a page, a file. */
  readonly reference: string;
}

export interface EvidenceState {
  readonly need: EvidenceNeed;
  /** `contradicted`: the figure is outside its bounds. `expired`: there was one, too old now. */
  readonly state: 'shown' | 'missing' | 'expired' | 'contradicted';
  readonly evidence?: Evidence;
}

export interface Conformity {
  /** `shown`: every need is. `contradicted`: a figure says otherwise. Else `not shown`, which proves no breach. */
  readonly state: 'shown' | 'not shown' | 'contradicted';
  readonly needs: readonly EvidenceState[];
}

function stateOf(need: EvidenceNeed, all: readonly Evidence[], on: Temporal.PlainDate): EvidenceState {
  const evidence = all
    .filter((one) => one.kind === need.kind && one.name === need.name)
    .filter((one) => Temporal.PlainDate.compare(one.date, on) <= 0)
    .sort((a, b) => Temporal.PlainDate.compare(b.date, a.date))[0];
  if (evidence === undefined) return { need, state: 'missing' };
  const { validDays, atLeast, atMost } = need;
  if (validDays !== undefined && Temporal.PlainDate.compare(evidence.date.add({ days: validDays }), on) < 0) {
    return { need, state: 'expired', evidence };
  }
  if (need.kind === 'figure') {
    const { value } = evidence;
    if (value === undefined || Number.isNaN(value)) {
      throw badQuestion('incomplete', need.name, 'is a figure without a value', 'give the number');
    }
    const within = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
    if (!within) return { need, state: 'contradicted', evidence };
  }
  return { need, state: 'shown', evidence };
}

/** Whether evidence shows, on a day, that an obligation is met. The newest piece of evidence of a name counts. */
export function conformity(
  obligation: Pick<Obligation, 'evidence'>,
  evidence: readonly Evidence[],
  on: Temporal.PlainDate,
): Conformity {
  const needs = obligation.evidence.map((need) => stateOf(need, evidence, on));
  const state = needs.some((one) => one.state === 'contradicted')
    ? 'contradicted'
    : needs.every((one) => one.state === 'shown')
      ? 'shown'
      : 'not shown';
  return { state, needs };
}
