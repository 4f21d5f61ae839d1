import { badQuestion } from './error.ts';
import { type Pack, reference } from './pack.ts';
import { inForce, type RuleReference } from './provenance.ts';
import { type Answer, applicability, checkAnswers } from './questions.ts';
import type { SafeguardRule } from './rule.ts';
import type { Texts } from './texts.ts';

/** What takes one system out of one narrowable safeguard: published, and approved by a supervisor. */
export interface Narrowing {
  /** Id of the safeguard rule. */
  readonly rule: string;
  readonly justification: string;
  /** Where the justification is published: a register reference or address. */
  readonly published: string;
  /** The supervisor, as a staff identifier. */
  readonly approvedBy: string;
  readonly approvedOn: Temporal.PlainDate;
}

export interface SafeguardFacts {
  /** The system's impact level, 1 to 4; absent before its assessment: then rules of every level apply. */
  readonly impactLevel?: number;
  /** Anything but a full, unconditional grant. */
  readonly outcomeAdverse: boolean;
  readonly narrowing?: Narrowing | readonly Narrowing[];
  /** A jurist's recorded answers on what applies to this system. */
  readonly answers?: readonly Answer[];
  /** Rules not in force on this day are left out; absent: every rule is considered. */
  readonly on?: Temporal.PlainDate;
}

/** Why one safeguard rule asks, or does not ask, for something here. */
export interface SafeguardGround {
  readonly rule: RuleReference;
  readonly texts: Texts;
  readonly status: 'asks' | 'narrowed' | 'does not apply';
  readonly requires: SafeguardRule['safeguard']['requires'];
  /** Questions that no jurist has answered and on which this rests. */
  readonly open: readonly string[];
}

export interface Safeguards {
  readonly personRequired: boolean;
  /** How many different persons must decide. */
  readonly people: number;
  readonly certified: boolean;
  readonly competent: boolean;
  /** The strictest rule that asked; absent when none did. */
  readonly rule?: RuleReference;
  /** Every rule looked at whose case this is, the strictest first. */
  readonly because: readonly SafeguardGround[];
}

function checkNarrowing(narrowing: Narrowing): void {
  for (const field of ['justification', 'published', 'approvedBy'] as const) {
    if (narrowing[field].trim() === '') {
      throw badQuestion(
        'incomplete',
        `narrowing.${field}`,
        `the narrowing of ${narrowing.rule} has no ${field}`,
        'a narrowing takes a published justification and the approval of a supervisor',
      );
    }
  }
}

function concerns(rule: SafeguardRule, facts: SafeguardFacts): boolean {
  const { outcome, levels } = rule.safeguard.when;
  if (facts.on !== undefined && inForce(rule.effective, facts.on) === 'no') return false;
  if (outcome === 'adverse' && !facts.outcomeAdverse) return false;
  return levels === undefined || facts.impactLevel === undefined || levels.includes(facts.impactLevel);
}

/** Strictness in an order: people first, then competence, then the certificate. */
function strictness({ people, competent, certified }: SafeguardGround['requires']): number {
  return people * 4 + (competent ? 2 : 0) + (certified ? 1 : 0);
}

/**
 * What must hold before this outcome takes effect. All packs apply at once: each requirement is the strictest any rule
 * asks for, and the result names the rule that asked. Where no jurist has
 * answered whether a rule applies, its presumption holds; only a rule marked narrowable can be narrowed.
 *
 * NormError `incomplete` or `wrong-kind` for a narrowing without its justification, publication or approval, or of a
 * rule that cannot be narrowed; `no-such-rule` when it names none of these packs'.
 */
export function safeguards(packs: readonly Pack[], facts: SafeguardFacts): Safeguards {
  const { impactLevel } = facts;
  if (
    impactLevel !== undefined &&
    !(Number.isInteger(impactLevel) && impactLevel >= 1 && impactLevel <= 10)
  ) {
    throw badQuestion(
      'out-of-range',
      'impactLevel',
      `is ${impactLevel}`,
      'give the level of the assessment: 1 to 4',
    );
  }
  checkAnswers(packs, facts.answers ?? []);
  const rules = packs
    .filter((pack) => pack.status === 'law')
    .flatMap((pack) => [...pack.rules.values()].map((rule) => ({ pack, rule })))
    .filter((one): one is { pack: Pack; rule: SafeguardRule } => one.rule.kind === 'safeguard');

  const narrowings = facts.narrowing === undefined ? [] : [facts.narrowing].flat();
  for (const narrowing of narrowings) {
    checkNarrowing(narrowing);
    const found = rules.find(({ rule }) => rule.id === narrowing.rule);
    if (found === undefined) {
      throw badQuestion(
        'no-such-rule',
        narrowing.rule,
        'is no safeguard of these packs',
        'name one of theirs',
      );
    }
    if (!found.rule.safeguard.narrowable) {
      throw badQuestion(
        'wrong-kind',
        narrowing.rule,
        'cannot be narrowed',
        'keep the person in the decision',
      );
    }
  }

  const because = rules
    .filter(({ rule }) => concerns(rule, facts))
    .map(({ pack, rule }): SafeguardGround => {
      const { applies, open } = applicability(pack, rule, facts.answers, facts.on);
      const narrowed = narrowings.some((one) => one.rule === rule.id);
      return {
        rule: reference(pack, rule),
        texts: rule.texts,
        status: !applies ? 'does not apply' : narrowed ? 'narrowed' : 'asks',
        requires: rule.safeguard.requires,
        open,
      };
    })
    .sort((a, b) => strictness(b.requires) - strictness(a.requires));

  const asking = because.filter((ground) => ground.status === 'asks');
  const people = Math.max(0, ...asking.map((ground) => ground.requires.people));
  const strictest = asking[0];
  return {
    personRequired: people > 0,
    people,
    certified: asking.some((ground) => ground.requires.certified),
    competent: asking.some((ground) => ground.requires.competent),
    ...(strictest === undefined ? {} : { rule: strictest.rule }),
    because,
  };
}
