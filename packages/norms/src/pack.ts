import type { Calendar } from './calendar.ts';
import { badQuestion } from './error.ts';
import type { RuleReference } from './provenance.ts';
import type { Questionnaire } from './questionnaire.ts';
import type { ApplicabilityQuestion } from './questions.ts';
import type { Rule, RuleKind } from './rule.ts';
import type { Language, Texts } from './texts.ts';

/** One jurisdiction's norms (or one framework's), read and checked; frozen in use. */
export interface Pack {
  readonly id: string;
  readonly texts: Texts;
  readonly jurisdiction: string;
  /** `announced` packs bind nobody: they show what a framework in preparation would ask. */
  readonly status: 'law' | 'announced';
  /** IANA name; dates of law are days in this zone. */
  readonly timeZone: string;
  /** Languages in which every text must have words. */
  readonly languages: readonly Language[];
  readonly licence: string;
  /** Kinds of rule that this pack leaves out on purpose, to be applied beside one that has them. */
  readonly without: readonly RuleKind[];
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly questions: ReadonlyMap<string, ApplicabilityQuestion>;
  readonly questionnaires: ReadonlyMap<string, Questionnaire>;
}

/** The rule `id` of kind `kind`; NormError `no-such-rule` or `wrong-kind`. */
export function ruleOf<K extends RuleKind>(pack: Pack, id: string, kind: K): Extract<Rule, { kind: K }> {
  const rule = pack.rules.get(id);
  if (rule === undefined) {
    const near = [...pack.rules.values()].filter((one) => one.kind === kind).map((one) => one.id);
    throw badQuestion(
      'no-such-rule',
      id,
      `pack ${pack.id} has no rule "${id}"`,
      `use one of its ${kind} rules: ${near.join(', ') || 'it has none'}`,
    );
  }
  if (rule.kind !== kind) {
    throw badQuestion('wrong-kind', id, `rule "${id}" is a ${rule.kind}`, `give the id of a ${kind} rule`);
  }
  return rule as Extract<Rule, { kind: K }>;
}

/** The short form of a rule that results carry. */
export function reference(pack: Pack, rule: Rule): RuleReference {
  return {
    pack: pack.id,
    id: rule.id,
    source: rule.source,
    article: rule.article,
    certainty: rule.certainty,
  };
}
