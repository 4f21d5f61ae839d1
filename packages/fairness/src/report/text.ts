import type { Language } from '../plots/language.ts';
import type { Audited } from './audited.ts';
import {
  groupName,
  judgedMetrics,
  pointsWithInterval,
  rateWithInterval,
  ratioWithInterval,
  sayP,
  subgroupName,
  verdictOn,
} from './say.ts';
import { type Words, wordsOf } from './words.ts';

/** The audit for a terminal. */
export function renderText(audited: Audited, language: Language = 'en'): string {
  const words = wordsOf(language);
  const { audit, search, funnel, drift } = audited.full;
  const lines = [
    ...(language === 'zgh' ? [words.say('toBeCommissioned'), ''] : []),
    `${words.say(`verdict.${audited.verdict}`)}.`,
    `${words.say('rows', { rows: audit.rows, files: audited.files.length })}: ${audited.files.slice(0, 3).join(', ')}${audited.files.length > 3 ? ' …' : ''}`,
    ...Object.values(audited.excluded).map((rows) => words.say('excluded', { rows })),
    ...(audit.labels === undefined ? [] : [words.say(`labels.${audit.labels.basis}`)]),
    ...groupTables(words, audited),
    ...heading(words.say('section.gaps')),
    ...table(
      audit.gaps
        .filter(({ metric }) => metric === 'equalOdds' || judgedMetrics(audited.full).includes(metric))
        .map((gap) => [
          gap.attribute,
          words.say(`metric.${gap.metric}`),
          pointsWithInterval(words, gap),
          gap.between.join(' – '),
        ]),
    ),
  ];
  if (audit.conditional.length > 0) {
    lines.push(
      ...heading(words.say('section.conditional')),
      ...table(
        audit.conditional.map((one) => [
          `${one.attribute} = ${one.value}`,
          `${words.say('column.crude')} ${ratioWithInterval(words, one.crude)}`,
          `${words.say('column.conditional')} ${ratioWithInterval(words, one.conditional)}`,
          one.simpson ? words.say('say.simpson', { group: one.value }) : '',
        ]),
      ),
    );
  }
  if (funnel !== undefined) {
    lines.push(
      ...heading(words.say('section.procedure')),
      ...table(
        funnel.groups
          .filter(({ byOfficer, stages, overrides }) => !byOfficer || [...stages, ...overrides].some(differs))
          .flatMap(({ attribute, value, stages, overrides }) =>
            [...stages, ...overrides].map((one) => [
              `${attribute} = ${value}`,
              words.say(`stage.${one.stage}`),
              rateWithInterval(words, one.rate),
              pointsWithInterval(words, one.difference),
              differs(one) ? '◆' : '',
            ]),
          ),
      ),
    );
  }
  if (drift.length > 0) {
    lines.push(
      ...heading(words.say('section.time')),
      ...drift.map(({ attribute, value, metric, alarm, points }) => {
        const names = { group: `${attribute} = ${value}`, metric: words.say(`metric.${metric}`) };
        return alarm === undefined
          ? `  ${words.say('say.noAlarm', { ...names, periods: points.length })}`
          : `◆ ${words.say('say.alarm', { ...names, period: alarm.period })}`;
      }),
    );
  }
  if (search !== undefined) {
    lines.push(
      ...heading(words.say('section.subgroups')),
      search.found.length > 0
        ? words.say('say.subgroups', { found: search.found.length, tested: search.tested })
        : words.say('say.noSubgroups', {
            tested: search.tested,
            strongest: search.strongest === undefined ? '–' : subgroupName(search.strongest.by),
          }),
      ...table(
        search.found
          .slice(0, 20)
          .map((one) => [
            subgroupName(one.by),
            words.say(`metric.${one.metric}`),
            rateWithInterval(words, one.rate),
            pointsWithInterval(words, one.shrunk),
            `p ${sayP(words, one.adjusted)}`,
          ]),
      ),
    );
  }
  return `${lines.join('\n')}\n\n${words.say('note.disparity')}\n`;
}

function differs({ finding }: { finding: string }): boolean {
  return finding === 'differs';
}

function groupTables(words: Words, { full }: Audited): string[] {
  const { audit } = full;
  const attributes = [...new Set(audit.groups.map(({ attribute }) => attribute))];
  return attributes.flatMap((attribute) =>
    judgedMetrics(full).flatMap((metric) => [
      ...heading(`${attribute}: ${words.say(`metric.${metric}`)}`),
      ...table(
        audit.groups
          .filter((group) => group.attribute === attribute)
          .map((group) => {
            const comparison = group.comparisons.find((one) => one.metric === metric);
            const verdict = verdictOn(group, metric);
            return [
              groupName(words, group.value),
              words.numbers.whole(group.metrics[metric]?.denominator),
              rateWithInterval(words, group.metrics[metric]),
              pointsWithInterval(words, comparison?.difference),
              ratioWithInterval(words, comparison?.ratio),
              `${verdict === 'fail' ? '◆ ' : ''}${words.say(`group.${verdict}`)}`,
            ];
          }),
      ),
    ]),
  );
}

function heading(text: string): string[] {
  return ['', text, '─'.repeat(Math.min(78, text.length))];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((field, column) => field.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
