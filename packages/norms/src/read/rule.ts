import {
  ASSUMABLE,
  type DeadlineRule,
  type EvidenceNeed,
  type Ground,
  type Length,
  type LevelRule,
  type ObligationRule,
  RULE_KINDS,
  type Rule,
  type SafeguardRule,
  UNITS,
} from '../rule.ts';
import type { Language } from '../texts.ts';
import { type Field, given } from './field.ts';
import { NAMED_FIELDS, readNamed } from './provenance.ts';
import { readTexts } from './texts.ts';

const NEAR_DAYS = 3;

function readLength(field: Field): Length {
  field.group(['n', 'unit']);
  return { n: field.at('n').whole(1, 3660), unit: field.at('unit').oneOf(UNITS) };
}

function readGrounds(field: Field, required: readonly Language[]): Ground[] {
  return field.list().map((one) => {
    one.group(['id', 'texts']);
    return { id: one.at('id').id(), texts: readTexts(one.at('texts'), required) };
  });
}

function readLevels(field: Field): readonly number[] | undefined {
  return field.optional((inner) => inner.list().map((one) => one.whole(1, 10)));
}

function readDeadline(field: Field, required: readonly Language[]): DeadlineRule['deadline'] {
  field.group([
    ...['kind', 'starts', 'requests', 'length', 'full', 'roll', 'calendar', 'near', 'assumed'],
    ...['extension', 'pauses', 'preservedBy', 'standing'],
  ]);
  const standing = field.at('standing').optional((inner) => readTexts(inner, required));
  const kind = field.at('kind').oneOf(['duty', 'information']);
  if (kind === 'information' && standing === undefined) {
    field
      .at('standing')
      .fail('missing', 'is missing', 'write the sentence that always accompanies this date');
  }
  const extension = field.at('extension').optional((inner) => {
    inner.group(['length', 'grounds']);
    const length = inner.at('length');
    return {
      length: length.value === 'unknown' ? ('unknown' as const) : readLength(length),
      grounds: readGrounds(inner.at('grounds'), required),
    };
  });
  return {
    kind,
    starts: field.at('starts').id(),
    ...given(
      'requests',
      field.at('requests').optional((inner) => inner.list().map((one) => one.id())),
    ),
    length: readLength(field.at('length')),
    full: field.at('full').optional((inner) => inner.flag()) ?? false,
    roll: field.at('roll').oneOf(['next-working-day', 'none']),
    calendar: field.at('calendar').id(),
    near: field.at('near').optional((inner) => inner.whole(0, 365)) ?? NEAR_DAYS,
    assumed: field.at('assumed').optional((inner) => inner.list().map((one) => one.oneOf(ASSUMABLE))) ?? [],
    ...given('extension', extension),
    pauses: field.at('pauses').optional((inner) => readGrounds(inner, required)) ?? [],
    ...given(
      'preservedBy',
      field.at('preservedBy').optional((inner) => inner.id()),
    ),
    ...given('standing', standing),
  };
}

function readSafeguard(field: Field): SafeguardRule['safeguard'] {
  field.group(['when', 'requires', 'narrowable']);
  const when = field.at('when').group(['outcome', 'levels']);
  const requires = field.at('requires').group(['people', 'certified', 'competent']);
  return {
    when: {
      outcome: when.at('outcome').oneOf(['adverse', 'any']),
      ...given('levels', readLevels(when.at('levels'))),
    },
    requires: {
      people: requires.at('people').whole(0, 2),
      certified: requires.at('certified').flag(),
      competent: requires.at('competent').flag(),
    },
    narrowable: field.at('narrowable').flag(),
  };
}

function readEvidence(field: Field, required: readonly Language[]): EvidenceNeed {
  field.group(['id', 'kind', 'name', 'texts', 'atLeast', 'atMost', 'validDays']);
  const kind = field.at('kind').oneOf(['record', 'figure', 'document']);
  const bound = (key: string) => field.at(key).optional((inner) => inner.number());
  const [atLeast, atMost] = [bound('atLeast'), bound('atMost')];
  const bounded = atLeast !== undefined || atMost !== undefined;
  if (bounded !== (kind === 'figure')) {
    field.fail(
      'wrong-value',
      bounded ? `is a ${kind} with a bound` : 'is a figure without atLeast or atMost',
      'a figure has a bound, a record or document has none',
    );
  }
  return {
    id: field.at('id').id(),
    kind,
    name: field.at('name').id(),
    texts: readTexts(field.at('texts'), required),
    ...given('atLeast', atLeast),
    ...given('atMost', atMost),
    ...given(
      'validDays',
      field.at('validDays').optional((inner) => inner.whole(1, 3660)),
    ),
  };
}

function readObligation(field: Field, required: readonly Language[]): ObligationRule['obligation'] {
  field.group(['on', 'levels', 'evidence']);
  const evidence = field
    .at('evidence')
    .list()
    .map((one) => readEvidence(one, required));
  if (evidence.length === 0) {
    field.at('evidence').fail('missing', 'is empty', 'say what shows that the obligation is met');
  }
  return {
    on: field.at('on').oneOf(['decision', 'system', 'authority']),
    ...given('levels', readLevels(field.at('levels'))),
    evidence,
  };
}

function percent(field: Field): number {
  const value = field.number();
  if (value < 0 || value > 100) field.fail('wrong-value', `${value} is no percentage`, 'write 0 to 100');
  return value;
}

function readLevel(field: Field): LevelRule['level'] {
  field.group(['questionnaire', 'bounds', 'mitigation', 'rounding']);
  const bounds = field
    .at('bounds')
    .list()
    .map((one) => {
      one.group(['level', 'upTo']);
      return { level: one.at('level').whole(1, 10), upTo: percent(one.at('upTo')) };
    });
  const rises = bounds.every(({ level, upTo }, i) => {
    const next = bounds[i + 1];
    return next === undefined ? upTo === 100 : next.level > level && next.upTo > upTo;
  });
  if (bounds.length === 0 || !rises) {
    field
      .at('bounds')
      .fail('wrong-value', 'do not rise to 100', 'order levels and percentages; the last is upTo: 100');
  }
  const mitigation = field.at('mitigation').optional((inner) => {
    inner.group(['atLeast', 'takesOff']);
    return { atLeast: percent(inner.at('atLeast')), takesOff: percent(inner.at('takesOff')) };
  });
  return {
    questionnaire: field.at('questionnaire').id(),
    bounds,
    ...given('mitigation', mitigation),
    rounding: field.at('rounding').oneOf(['none', 'whole points']),
  };
}

function readAppliesIf(field: Field): Record<string, boolean> {
  return field.present ? Object.fromEntries(field.keys().map((key) => [key, field.at(key).flag()])) : {};
}

/** One element of a `rules:` list. What it refers to is checked when the whole pack is read. */
export function readRule(field: Field, required: readonly Language[]): Rule {
  const kind = field.at('kind').oneOf(RULE_KINDS);
  const own = kind === 'provision' ? [] : [kind];
  field.group([...NAMED_FIELDS, 'kind', 'appliesIf', ...own]);
  const common = { ...readNamed(field, required), appliesIf: readAppliesIf(field.at('appliesIf')) };
  const inner = field.at(kind);
  switch (kind) {
    case 'deadline':
      return { ...common, kind, deadline: readDeadline(inner, required) };
    case 'safeguard':
      return { ...common, kind, safeguard: readSafeguard(inner) };
    case 'obligation':
      return { ...common, kind, obligation: readObligation(inner, required) };
    case 'level':
      return { ...common, kind, level: readLevel(inner) };
    case 'provision':
      return { ...common, kind };
  }
}
