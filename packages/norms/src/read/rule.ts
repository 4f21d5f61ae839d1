import { ASSUMABLE, type DeadlineRule, RULE_KINDS, type Rule, type SafeguardRule, UNITS } from '../rule.ts';
import type { Language } from '../texts.ts';
import { type Field, given } from './field.ts';
import { NAMED_FIELDS, readNamed } from './provenance.ts';
import { readTexts } from './texts.ts';

const NEAR_DAYS = 3;

function readDeadline(field: Field, required: readonly Language[]): DeadlineRule['deadline'] {
  field.group(['kind', 'starts', 'length', 'roll', 'calendar', 'near', 'assumed', 'standing']);
  const length = field.at('length').group(['n', 'unit']);
  const standing = field.at('standing').optional((inner) => readTexts(inner, required));
  const kind = field.at('kind').oneOf(['duty', 'information']);
  if (kind === 'information' && standing === undefined) {
    field
      .at('standing')
      .fail('missing', 'is missing', 'write the sentence that always accompanies this date');
  }
  return {
    kind,
    starts: field.at('starts').id(),
    length: { n: length.at('n').whole(1, 3660), unit: length.at('unit').oneOf(UNITS) },
    roll: field.at('roll').oneOf(['next-working-day', 'none']),
    calendar: field.at('calendar').id(),
    near: field.at('near').optional((inner) => inner.whole(0, 365)) ?? NEAR_DAYS,
    assumed: field.at('assumed').optional((inner) => inner.list().map((one) => one.oneOf(ASSUMABLE))) ?? [],
    ...given('standing', standing),
  };
}

function readSafeguard(field: Field): SafeguardRule['safeguard'] {
  field.group(['when', 'requires', 'narrowable']);
  const when = field.at('when').group(['outcome', 'levels']);
  const requires = field.at('requires').group(['people', 'certified', 'competent']);
  const levels = when.at('levels').optional((inner) => inner.list().map((one) => one.whole(1, 10)));
  return {
    when: { outcome: when.at('outcome').oneOf(['adverse', 'any']), ...given('levels', levels) },
    requires: {
      people: requires.at('people').whole(0, 2),
      certified: requires.at('certified').flag(),
      competent: requires.at('competent').flag(),
    },
    narrowable: field.at('narrowable').flag(),
  };
}

/** One element of a `rules:` list. */
export function readRule(field: Field, required: readonly Language[]): Rule {
  const kind = field.at('kind').oneOf(RULE_KINDS);
  const own = kind === 'provision' ? [] : [kind];
  field.group([...NAMED_FIELDS, 'kind', ...own]);
  const named = readNamed(field, required);
  switch (kind) {
    case 'deadline':
      return { ...named, kind, deadline: readDeadline(field.at('deadline'), required) };
    case 'safeguard':
      return { ...named, kind, safeguard: readSafeguard(field.at('safeguard')) };
    case 'provision':
      return { ...named, kind };
  }
}
