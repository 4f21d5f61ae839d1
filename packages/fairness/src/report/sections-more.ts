import { driftPlot } from '../plots/drift.ts';
import { forestPlot } from '../plots/forest.ts';
import { funnelPlot } from '../plots/funnel.ts';
import { reliabilityPlot } from '../plots/reliability.ts';
import type { StageOfGroup } from '../procedure/funnel.ts';
import type { Drift } from '../time/drift.ts';
import type { Audited } from './audited.ts';
import { figure } from './figure.ts';
import { html, type Markup, table } from './markup.ts';
import {
  judgedMetrics,
  pointsWithInterval,
  rateWithInterval,
  ratioWithInterval,
  sayP,
  subgroupName,
} from './say.ts';
import type { Words } from './words.ts';

/** At most so many pictures of one kind; what has no picture is in the tables. */
const MOST_PICTURES = 6;
const NOTHING = html``;

export function gapSection(words: Words, { full }: Audited): Markup {
  const wanted = judgedMetrics(full);
  const gaps = full.audit.gaps.filter(({ metric }) => metric === 'equalOdds' || wanted.includes(metric));
  if (gaps.length === 0) return NOTHING;
  return html`<section><h2>${words.say('section.gaps')}</h2>${table(
    [
      { name: words.say('column.metric') },
      { name: words.say('column.gap'), number: true },
      { name: words.say('column.between') },
    ],
    gaps.map((gap) => [
      html`<bdi>${gap.attribute}</bdi>, ${words.say(`metric.${gap.metric}`)}`,
      pointsWithInterval(words, { ...gap, method: gap.method }),
      html`<bdi>${gap.between[0]}</bdi> – <bdi>${gap.between[1]}</bdi>`,
    ]),
  )}<p class="note">${words.say('note.gaps')}</p></section>`;
}

export function conditionalSection(words: Words, { full }: Audited): Markup {
  const { conditional } = full.audit;
  if (conditional.length === 0) return NOTHING;
  const turned = conditional.filter(({ simpson }) => simpson);
  const rows = conditional.flatMap(({ value, crude, conditional: within }) => [
    { heading: value },
    { label: words.say('column.crude'), ...ends(crude) },
    { label: words.say('column.conditional'), ...ends(within) },
  ]);
  return html`<section><h2>${words.say('section.conditional')}</h2>
${turned.map(({ value }) => html`<p class="callout">${words.say('say.simpson', { group: value })}</p>`)}
${figure(words, words.say('metric.selection'), (settings) => forestPlot(rows, { ...settings, axis: 'ratio', limit: 0.8 }))}
${table(
  [
    { name: words.say('column.group') },
    { name: words.say('column.crude'), number: true },
    { name: words.say('column.conditional'), number: true },
  ],
  conditional.map((one) => [
    html`<bdi>${one.value}</bdi>`,
    ratioWithInterval(words, one.crude),
    ratioWithInterval(words, one.conditional),
  ]),
)}</section>`;
}

function ends(estimate: { value: number; low: number; high: number } | undefined) {
  return { value: estimate?.value, low: estimate?.low, high: estimate?.high };
}

export function subgroupSection(words: Words, { full }: Audited): Markup {
  const { search } = full;
  if (search === undefined) return NOTHING;
  const { found, tested, strongest, depth, replicates, seed } = search;
  const title =
    found.length > 0
      ? words.say('say.subgroups', { found: found.length, tested })
      : words.say('say.noSubgroups', {
          tested,
          strongest: strongest === undefined ? '–' : subgroupName(strongest.by),
        });
  const rows = found.slice(0, 12).map(({ by, metric, shrunk }) => ({
    label: `${Object.values(by).join(' · ')} (${words.say(`metric.${metric}`)})`,
    ...ends(shrunk),
    state: 'beyond' as const,
  }));
  return html`<section><h2>${words.say('section.subgroups')}</h2>
${found.length > 0 ? figure(words, title, (settings) => forestPlot(rows, { ...settings, axis: 'difference' })) : html`<p>${title}.</p>`}
${table(
  [
    { name: words.say('column.subgroup') },
    { name: words.say('column.people'), number: true },
    { name: words.say('column.rate'), number: true },
    { name: words.say('column.seen'), number: true },
    { name: words.say('column.shrunk'), number: true },
    { name: words.say('column.adjusted'), number: true },
  ],
  found.map((one) => [
    html`<bdi>${subgroupName(one.by)}</bdi><br><small>${words.say(`metric.${one.metric}`)}</small>`,
    words.numbers.whole(one.rate.denominator),
    rateWithInterval(words, one.rate),
    pointsWithInterval(words, one.difference),
    pointsWithInterval(words, one.shrunk),
    sayP(words, one.adjusted),
  ]),
)}<p class="note">${words.say('note.subgroups', { depth, replicates, seed: String(seed) })}</p></section>`;
}

export function procedureSection(words: Words, { full }: Audited): Markup {
  const { funnel, withinOfficers } = full;
  if (funnel === undefined) return NOTHING;
  const attributes = [
    ...new Set(funnel.groups.filter(({ byOfficer }) => !byOfficer).map((one) => one.attribute)),
  ];
  const officers = funnel.groups
    .filter(({ byOfficer }) => byOfficer)
    .flatMap(({ value, stages, overrides }) =>
      [...stages, ...overrides].filter(({ finding }) => finding === 'differs').map((one) => ({ value, one })),
    );
  return html`<section><h2>${words.say('section.procedure')}</h2>${attributes.map((attribute) => {
    const groups = funnel.groups.filter((one) => !one.byOfficer && one.attribute === attribute);
    const stages = funnel.whole.map(({ stage, rate }, at) => ({
      stage,
      override: at >= funnel.stages.length,
      heading:
        at >= funnel.stages.length
          ? words.say(`stage.${stage}`)
          : words.say('stage.heading', {
              step: at + 1,
              stage: words.say(`stage.${stage}`),
              reached: rate.denominator,
            }),
      groups: groups.flatMap(({ value, stages: own, overrides }) => {
        const found = [...own, ...overrides].find((one) => one.stage === stage);
        return found === undefined ? [] : [{ value, found }];
      }),
    }));
    const arises = stages.filter(
      ({ override, groups: all }) => !override && all.some(({ found }) => found.finding === 'differs'),
    );
    const title =
      arises.length === 0
        ? words.say('say.noStage')
        : words.say('say.stage', {
            stages: arises.map(({ stage }) => words.say(`stage.${stage}`)).join('; '),
          });
    const plotted = stages.map(({ heading, groups: all }) => ({
      heading,
      groups: all.map(({ value, found }) => ({ label: value, ...ofStage(found) })),
    }));
    return html`<h3><bdi>${attribute}</bdi></h3>${figure(words, title, (settings) => funnelPlot(plotted, settings))}${table(
      [
        { name: words.say('column.stage') },
        { name: words.say('column.group') },
        { name: words.say('column.rate'), number: true },
        { name: words.say('column.difference'), number: true },
      ],
      stages.flatMap(({ stage, groups: all }) =>
        all.map(({ value, found }) => [
          words.say(`stage.${stage}`),
          html`<bdi>${value}</bdi>`,
          rateWithInterval(words, found.rate),
          `${found.finding === 'differs' ? '◆ ' : ''}${pointsWithInterval(words, found.difference)}`,
        ]),
      ),
    )}`;
  })}
${
  officers.length + withinOfficers.length === 0
    ? NOTHING
    : html`<h3>${words.say('section.officers')}</h3>${table(
        [
          { name: words.say('column.group') },
          { name: words.say('column.stage') },
          { name: words.say('column.rate'), number: true },
          { name: words.say('column.difference'), number: true },
        ],
        officers.map(({ value, one }) => [
          html`<bdi>${value}</bdi>`,
          words.say(`stage.${one.stage}`),
          rateWithInterval(words, one.rate),
          `◆ ${pointsWithInterval(words, one.difference)}`,
        ]),
      )}<ul>${withinOfficers.map(({ attribute, value, within }) => html`<li>${words.say('say.officers', { group: `${attribute} = ${value}`, ratio: ratioWithInterval(words, within) })}</li>`)}</ul>`
}
<p class="note">${words.say('note.procedure')}</p></section>`;
}

function ofStage({ rate, finding }: StageOfGroup) {
  return {
    value: rate.value,
    low: rate.low,
    high: rate.high,
    state: finding === 'differs' ? ('beyond' as const) : ('unsure' as const),
  };
}

/** Of two groups against each other, one picture says it all. */
function mirrors(one: Drift, other: Drift): boolean {
  const [a, b] = [one, other].map(({ points }) => points.at(-1)?.sequence?.value ?? Number.NaN);
  return (
    one.attribute === other.attribute &&
    one.metric === other.metric &&
    Math.abs((a as number) + (b as number)) < 1e-9
  );
}

export function timeSection(words: Words, { full, tolerance }: Audited): Markup {
  const ordered = full.drift
    .filter((one, at, all) => !all.slice(0, at).some((other) => mirrors(one, other)))
    .toSorted((a, b) => Number(b.alarm !== undefined) - Number(a.alarm !== undefined));
  if (ordered.length === 0) return NOTHING;
  return html`<section><h2>${words.say('section.time')}</h2>${ordered.slice(0, MOST_PICTURES).map((one) => {
    const names = { group: one.value, metric: words.say(`metric.${one.metric}`) };
    const title =
      one.alarm === undefined
        ? words.say('say.noAlarm', { ...names, periods: one.points.length })
        : words.say('say.alarm', { ...names, period: one.alarm.period });
    return figure(words, title, (settings) =>
      driftPlot(one.points, {
        ...settings,
        tolerance,
        alarm: one.alarm?.period,
        words: {
          sequence: words.say('plot.sequence'),
          tolerance: words.say('plot.tolerance', {
            points: words.numbers.points(tolerance, 0).replace('+', ''),
          }),
          alarm: words.say('plot.alarm'),
        },
      }),
    );
  })}${table(
    [
      { name: words.say('column.group') },
      { name: words.say('column.metric') },
      { name: words.say('column.difference'), number: true },
      { name: words.say('plot.alarm') },
    ],
    ordered.map(({ attribute, value, metric, points, alarm }) => [
      html`<bdi>${attribute} = ${value}</bdi>`,
      words.say(`metric.${metric}`),
      pointsWithInterval(words, points.at(-1)?.sequence),
      alarm === undefined ? '–' : html`◆ <bdi>${alarm.period}</bdi>`,
    ]),
  )}<p class="note">${words.say('note.time')}</p></section>`;
}

export function scoreSection(words: Words, { full }: Audited): Markup {
  const drawnOnes = full.audit.calibration.filter(({ points }) => points.length > 1);
  if (drawnOnes.length === 0) return NOTHING;
  return html`<section><h2>${words.say('section.scores')}</h2><div class="grid">${drawnOnes
    .slice(0, MOST_PICTURES)
    .map(({ value, points, brier }) => {
      const title = words.say('say.calibration', {
        group: value,
        error: words.numbers.points(brier?.calibrationError).replace('+', ''),
      });
      const draw = (width: number) => (settings: { title: string; language: typeof words.language }) =>
        reliabilityPlot(points, {
          ...settings,
          width,
          words: {
            score: words.say('plot.score'),
            observed: words.say('plot.observed'),
            asAnnounced: words.say('plot.asAnnounced'),
          },
        });
      return figure(words, title, draw(328));
    })}</div></section>`;
}
