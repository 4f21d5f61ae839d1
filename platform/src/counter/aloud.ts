import { say, type Texts } from '@taalil/norms';
import type { CitizenCase } from '../citizen/case-view.ts';
import { courtTime, courtWarnings } from '../citizen/court-time.ts';
import { decision } from '../citizen/messages-decision.ts';
import { withheldMessages } from '../citizen/messages-withheld.ts';
import { plainFact } from '../citizen/plain-fact.ts';
import { settlementOf } from '../citizen/settlement.ts';
import type { Reason } from '../register/models/index.ts';
import type { Localized } from '../register/record.ts';
import type { Review } from '../reviews/index.ts';
import { LANGUAGES, type Lang, localText, type PlainValue, translator } from '../web/index.ts';
import { WITHHELD } from '../withholding/closure.ts';
import { aloud } from './messages-aloud.ts';

/** One line to read, in the language it really is in. */
export interface Line {
  readonly text: string;
  readonly lang: Lang;
}

export interface Part {
  readonly title: Line;
  readonly lines: readonly Line[];
}

const REASONS_READ = 3;

/** A text as sentences; a full stop behind an abbreviation or inside a number ends none. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?؟])(?<!\b(?:art|n|no|p|M|Mme|cf)\.)\s+(?=\S)/u)
    .map((s) => s.trim())
    .filter((s) => s !== '');
}

/** The decision and what to do about it, line by line, in the language of the page. */
export function aloudParts(of: CitizenCase, reviews: readonly Review[], lang: Lang): Part[] {
  const t = translator(aloud, lang);
  const line = (key: Parameters<typeof t.text>[0], values?: Readonly<Record<string, PlainValue>>): Line => ({
    text: t.text(key, values),
    lang: t.lang(key),
  });
  const part = (key: Parameters<typeof t.text>[0], lines: readonly Line[]): Part => ({
    title: line(key),
    lines,
  });
  if (of.waiting) return [part('decision', [line('waiting')])];
  return [
    part('decision', decisionLines(of, lang, line)),
    part('reasons', reasonLines(of, lang, line)),
    part('counted', countedLines(of, lang, line)),
    part('can', canLines(of, reviews, lang, line)),
  ].filter(({ lines }) => lines.length > 0);
}

type Say = (key: keyof typeof aloud.messages, values?: Readonly<Record<string, PlainValue>>) => Line;

const plain = (text: Localized, lang: Lang) => localText(text, lang)?.text ?? '';
const lawLine = (texts: Texts, lang: Lang): Line => {
  const said = say(texts, lang);
  return { text: said.text, lang: said.lang };
};

function decisionLines({ present, authority, record }: CitizenCase, lang: Lang, line: Say): Line[] {
  const settlement = settlementOf(present);
  return [
    line('decided', {
      day: present.row.effective_at ?? present.row.created_at,
      authority: plain(authority.name, lang),
      system: plain(record.name, lang),
    }),
    line('outcome', { outcome: plain(record.outcomes[present.effect], lang) }),
    settlement === undefined ? line('byRule') : line('byPerson', { name: settlement.decided_by.name }),
  ];
}

function reasonLines({ present, record }: CitizenCase, lang: Lang, line: Say): Line[] {
  const reasons = settlementOf(present)?.reasons;
  const basis = record.legalBasis.filter((b) => reasons === undefined || reasons.articles.includes(b.id));
  return [
    ...(reasons === undefined
      ? []
      : [
          reasons.lang === lang
            ? line('writes')
            : line('writesIn', { language: LANGUAGES[reasons.lang].name }),
        ]),
    ...sentencesOf(reasons?.text ?? '').map((text) => ({ text, lang: reasons?.lang ?? lang })),
    ...basis.map((b) =>
      line('law', {
        law:
          b.article === undefined
            ? plain(b.title, lang)
            : translator(decision, lang).text('article', { title: plain(b.title, lang), article: b.article }),
      }),
    ),
  ];
}

function countedLines(of: CitizenCase, lang: Lang, line: Say): Line[] {
  const { present, record } = of;
  const counted = present.explanation.contributions
    .filter((c) => c.effect === present.effect && c.reason !== WITHHELD)
    .slice(0, REASONS_READ);
  const told = counted.map((c) =>
    line(present.effect === 'adverse' ? 'against' : 'inFavour', {
      reason: plain(record.reasons.find((r) => r.id === c.reason)?.label ?? {}, lang),
      facts: factsOf(of, c, lang, line),
    }),
  );
  const closed = (present.withheld?.under ?? []).map(({ basis, until }): Line => {
    const t = translator(withheldMessages, lang);
    return { text: t.text('aloud', { article: basis.article, day: until }), lang: t.lang('aloud') };
  });
  return told.length + closed.length === 0 ? [] : [...told, ...closed, line('isItRight')];
}

function factsOf({ record, present }: CitizenCase, { facts }: Reason, lang: Lang, line: Say): string {
  return record.inputs
    .filter((i) => facts.includes(i.name))
    .map(
      (i) =>
        line('fact', { label: plain(i.label, lang), value: plainFact(i, present.facts[i.name], lang) }).text,
    )
    .join(lang === 'ar' || lang === 'zgh' ? '، ' : ', ');
}

function canLines(of: CitizenCase, reviews: readonly Review[], lang: Lang, line: Say): Line[] {
  const { present, record, life } = of;
  const pending = reviews.find((r) => r.answered === undefined && r.decisionId === present.row.decision_id);
  if (pending !== undefined) return [line('pending', { day: pending.clock.due.toString() })];
  if (present.effect === 'favourable') return [line('nothing')];
  const court = courtTime(record, life, present.row.decision_id);
  return [
    line('review'),
    line('other'),
    ...courtWarnings(record).map((texts) => lawLine(texts, lang)),
    ...court.map((deadline) => line('court', { day: deadline.due.toString() })),
  ];
}
