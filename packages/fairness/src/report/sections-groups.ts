import type { Group } from '../audit/groups.ts';
import type { Verdict } from '../audit/judge.ts';
import { METRICS, type Metric } from '../cells/metrics.ts';
import { type ForestRow, forestPlot } from '../plots/forest.ts';
import type { Audited } from './audited.ts';
import { figure } from './figure.ts';
import { html, type Markup, table } from './markup.ts';
import {
  againstName,
  groupName,
  judgedMetrics,
  pointsWithInterval,
  rateWithInterval,
  ratioWithInterval,
  sayP,
  titleOf,
  verdictOn,
} from './say.ts';
import type { Words } from './words.ts';

/** Groups of every attribute: pictures, figures, what was judged, every rate. */
export function groupSections(words: Words, { full }: Audited): readonly Markup[] {
  const { audit } = full;
  const metrics = judgedMetrics(full);
  return [...new Set(audit.groups.map(({ attribute }) => attribute))].map((attribute) => {
    const groups = audit.groups.filter((group) => group.attribute === attribute);
    return html`<section><h2><bdi>${attribute}</bdi></h2>
${metrics.map((metric) => html`<h3>${words.say(`metric.${metric}`)}</h3>${rates(words, groups, metric)}${ratesTable(words, groups, metric)}`)}
${worstCases(words, groups, metrics)}
<details><summary>${words.say('section.criteria')}</summary>${judgementTable(words, groups)}</details>
${audit.hasTruth ? html`<details><summary>${words.say('column.metric')}</summary>${allRates(words, groups)}</details>` : html``}
</section>`;
  });
}

const STATE: Readonly<Record<Verdict, 'beyond' | 'within' | 'unsure'>> = {
  fail: 'beyond',
  pass: 'within',
  inconclusive: 'unsure',
  'insufficient-evidence': 'unsure',
  'not-judged': 'unsure',
};

function rates(words: Words, groups: readonly Group[], metric: Metric): Markup {
  const rows = groups.map((group): ForestRow => {
    const rate = group.metrics[metric];
    const label = groupName(words, group.value);
    if (rate?.value === undefined) {
      return {
        label,
        value: undefined,
        low: undefined,
        high: undefined,
        note: words.say('because.undefined'),
      };
    }
    return {
      label,
      value: rate.value,
      low: rate.low,
      high: rate.high,
      state: STATE[verdictOn(group, metric)],
    };
  });
  return figure(words, titleOf(words, groups, metric), (settings) =>
    forestPlot(rows, { ...settings, axis: 'rate' }),
  );
}

/** A verdict as a mark and a word: never by colour alone. */
export function verdictTag(words: Words, verdict: Verdict): Markup {
  return html`<span class="verdict ${verdict}"><span aria-hidden="true">${MARK[verdict]}</span> ${words.say(`group.${verdict}`)}</span>`;
}

const MARK: Readonly<Record<Verdict, string>> = {
  fail: '◆',
  pass: '●',
  inconclusive: '○',
  'insufficient-evidence': '○',
  'not-judged': '–',
};

function ratesTable(words: Words, groups: readonly Group[], metric: Metric): Markup {
  return table(
    [
      { name: words.say('column.group') },
      { name: words.say('column.people'), number: true },
      { name: words.say('column.difference'), number: true },
      { name: words.say('column.ratio'), number: true },
      { name: words.say('column.against') },
      { name: words.say('column.verdict') },
    ],
    groups.map((group) => {
      const comparison = group.comparisons.find((one) => one.metric === metric);
      return [
        html`<bdi>${groupName(words, group.value)}</bdi>`,
        words.numbers.whole(group.metrics[metric]?.denominator),
        pointsWithInterval(words, comparison?.difference),
        ratioWithInterval(words, comparison?.ratio),
        comparison === undefined ? '–' : html`<bdi>${againstName(words, group.against)}</bdi>`,
        verdictTag(words, verdictOn(group, metric)),
      ];
    }),
  );
}

/** Where differences could lie if the rows that do not tell were shared out in the worst way. */
function worstCases(words: Words, groups: readonly Group[], metrics: readonly Metric[]): Markup {
  const unknown = groups.find(({ value }) => value === undefined);
  if (unknown === undefined) return html``;
  const { points, between } = words.numbers;
  return html`<details><summary>${words.say('note.unknown', { rows: unknown.counts.n })}</summary>${table(
    [
      { name: words.say('column.group') },
      { name: words.say('column.metric') },
      { name: words.say('column.difference'), number: true },
    ],
    groups.flatMap((group) =>
      group.comparisons.flatMap(({ metric, worstCase }) =>
        worstCase === undefined || !metrics.includes(metric)
          ? []
          : [
              [
                html`<bdi>${groupName(words, group.value)}</bdi>`,
                words.say(`metric.${metric}`),
                between(points(worstCase.low), points(worstCase.high)),
              ],
            ],
      ),
    ),
  )}</details>`;
}

function judgementTable(words: Words, groups: readonly Group[]): Markup {
  return table(
    [
      { name: words.say('column.group') },
      { name: words.say('column.criterion') },
      { name: words.say('column.rate'), number: true },
      { name: 'p (Holm)', number: true },
      { name: words.say('column.verdict') },
      { name: words.say('column.because') },
    ],
    groups.flatMap((group) =>
      group.judgements.map(({ criterion, estimate, adjusted, verdict, because }) => [
        html`<bdi>${groupName(words, group.value)}</bdi>`,
        words.say(`criterion.${criterion.name}`),
        criterion.kind === 'ratio' ? ratioWithInterval(words, estimate) : pointsWithInterval(words, estimate),
        sayP(words, adjusted),
        verdictTag(words, verdict),
        words.say(`because.${because}`),
      ]),
    ),
  );
}

function allRates(words: Words, groups: readonly Group[]): Markup {
  return table(
    [
      { name: words.say('column.group') },
      { name: words.say('column.metric') },
      { name: words.say('column.people'), number: true },
      { name: words.say('column.rate'), number: true },
    ],
    groups.flatMap((group) =>
      METRICS.flatMap((metric) => {
        const rate = group.metrics[metric];
        if (rate === undefined) return [];
        return [
          [
            html`<bdi>${groupName(words, group.value)}</bdi>`,
            words.say(`metric.${metric}`),
            words.numbers.whole(rate.denominator),
            rateWithInterval(words, rate),
          ],
        ];
      }),
    ),
  );
}
