import type { Pack } from '../pack.ts';
import type { RuleKind } from '../rule.ts';
import { LANGUAGES, type Language, type Texts } from '../texts.ts';
import type { CaseResult } from './case.ts';

/** Something that a pack does not have yet. `needed` gaps keep it from being complete; others are said to be known. */
export interface Gap {
  readonly weight: 'needed' | 'known';
  readonly what: string;
  readonly mend: string;
}

/** How many texts are written, drafts, and to be commissioned, in one language. */
export interface Share {
  readonly written: number;
  readonly draft: number;
  readonly commission: number;
}

function isTexts(value: object): value is Texts {
  return LANGUAGES.every((language) => language in value);
}

/** Every text of a pack, wherever it stands. */
function textsOf(value: unknown, found: Texts[] = [], seen = new Set<object>()): Texts[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return found;
  seen.add(value);
  if (value instanceof Map) for (const inner of value.values()) textsOf(inner, found, seen);
  else if (isTexts(value)) found.push(value);
  else for (const inner of Object.values(value)) textsOf(inner, found, seen);
  return found;
}

/** The share of each language's texts that is written, draft or missing. */
export function shares(pack: Pack): Readonly<Record<Language, Share>> {
  const all = textsOf([pack.texts, pack.calendars, pack.rules, pack.questions, pack.questionnaires]);
  const share = (language: Language): Share => ({
    written: all.filter((texts) => texts[language].state === 'written').length,
    draft: all.filter((texts) => texts[language].state === 'draft').length,
    commission: all.filter((texts) => texts[language].state === 'to be commissioned').length,
  });
  return { ar: share('ar'), zgh: share('zgh'), fr: share('fr'), en: share('en') };
}

const WANTED: readonly { readonly kind: RuleKind; readonly mend: string }[] = [
  {
    kind: 'deadline',
    mend: 'give the time for answering a request for review, even if only as platform policy',
  },
  { kind: 'safeguard', mend: 'say when a person must decide, at least for adverse outcomes' },
  { kind: 'obligation', mend: 'say what the law asks for, and what shows that it is met' },
  {
    kind: 'level',
    mend: 'give a questionnaire and the bounds of its levels, or apply beside a pack that has them',
  },
];

function ruleGaps(pack: Pack, results: readonly CaseResult[]): Gap[] {
  const gaps: Gap[] = [];
  const exercised = new Set(results.filter((one) => one.passed).flatMap((one) => one.rules));
  for (const rule of pack.rules.values()) {
    if (rule.kind !== 'provision' && !exercised.has(rule.id)) {
      gaps.push({
        weight: 'needed',
        what: `rule ${rule.id} has no case that passes`,
        mend: 'add one to cases/: facts, and what must come of them',
      });
    }
    if (rule.article === 'unknown' && rule.certainty !== 'platform policy') {
      gaps.push({
        weight: 'known',
        what: `rule ${rule.id} cites no article`,
        mend: 'ask a jurist for the reference',
      });
    }
    if (rule.effective.from === 'unknown' && rule.certainty !== 'platform policy') {
      gaps.push({
        weight: 'known',
        what: `rule ${rule.id} does not say since when it applies`,
        mend: 'look up the official journal',
      });
    }
  }
  return gaps;
}

function calendarGaps(pack: Pack, years: readonly number[]): Gap[] {
  return [...pack.calendars.values()]
    .filter((calendar) => calendar.lunar.length > 0)
    .flatMap((calendar) =>
      years.filter((year) => calendar.years.get(year)?.complete !== true).map((year) => ({ calendar, year })),
    )
    .map(({ calendar, year }) => ({
      weight: 'known',
      what: `calendar ${calendar.id} does not have the announced holidays of ${year}: dates that rest on it are provisional`,
      mend: `add ${year} under years: once it is announced`,
    }));
}

/**
 * What a pack lacks. A law pack is wanted to have deadlines, safeguards, obligations and levels, a safeguard for adverse
 * outcomes, and a case for every rule that computes something.
 *
 * @param years the years for which announced holidays are wanted, such as this one and the next
 */
export function conformance(
  pack: Pack,
  results: readonly CaseResult[],
  years: readonly number[] = [],
): Gap[] {
  const rules = [...pack.rules.values()];
  const wanted = pack.status === 'announced' ? [] : WANTED;
  const gaps: Gap[] = wanted
    .filter(({ kind }) => !rules.some((rule) => rule.kind === kind))
    .map(({ kind, mend }) => ({
      weight: pack.without.includes(kind) ? 'known' : 'needed',
      what: `has no ${kind} rule`,
      mend,
    }));
  if (rules.length === 0) gaps.push({ weight: 'needed', what: 'has no rules', mend: 'write the first one' });
  const guarded = rules.some((rule) => rule.kind === 'safeguard' && rule.safeguard.when.levels === undefined);
  if (wanted.length > 0 && !guarded) {
    gaps.push({
      weight: 'known',
      what: 'no safeguard holds at every level',
      mend: 'apply it beside a pack that has one, or add the one your law asks for',
    });
  }
  return [...gaps, ...ruleGaps(pack, results), ...calendarGaps(pack, years)];
}
