import type { Group } from '../audit/groups.ts';
import type { Verdict } from '../audit/judge.ts';
import type { Criterion } from '../audit/settings.ts';
import type { Metric } from '../cells/metrics.ts';
import type { Estimate } from '../statistics/index.ts';
import type { FullAudit } from './full.ts';
import type { Words } from './words.ts';

/** The rate that a criterion is about. */
export function metricOf(criterion: Criterion): Metric {
  return criterion.kind === 'ratio' ? 'selection' : criterion.metric;
}

/** Rates that are judged, each once. */
export function judgedMetrics({ audit }: FullAudit): readonly Metric[] {
  return [...new Set(audit.criteria.map(metricOf))];
}

/** The gravest verdict of a group on one rate. */
export function verdictOn(group: Group, metric: Metric): Verdict {
  const order: readonly Verdict[] = ['fail', 'inconclusive', 'insufficient-evidence', 'pass'];
  const verdicts = group.judgements
    .filter(({ criterion }) => metricOf(criterion) === metric)
    .map((one) => one.verdict);
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'not-judged';
}

export function groupName(words: Words, value: string | undefined): string {
  return value ?? words.say('unknown');
}

export function againstName(words: Words, against: string | undefined): string {
  return against ?? words.say('others');
}

/** The one message of a picture of an attribute's rates: who differs most among those beyond what is tolerated. */
export function titleOf(words: Words, groups: readonly Group[], metric: Metric): string {
  const beyond = groups
    .filter((group) => verdictOn(group, metric) === 'fail')
    .flatMap((group) => {
      const comparison = group.comparisons.find((one) => one.metric === metric);
      return comparison?.difference === undefined
        ? []
        : [{ group, ...comparison, difference: comparison.difference }];
    })
    .sort((a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value));
  const [worst] = beyond;
  if (worst === undefined) return words.say('say.none', { metric: words.say(`metric.${metric}`) });
  const { group, difference, ratio } = worst;
  const names = {
    group: groupName(words, group.value),
    others: againstName(words, group.against),
    metric: words.say(`metric.${metric}`),
  };
  const byRatio = group.judgements.some(
    ({ criterion, verdict }) => criterion.kind === 'ratio' && metric === 'selection' && verdict === 'fail',
  );
  return byRatio && ratio !== undefined && Number.isFinite(ratio.high)
    ? words.say('say.ratio', {
        ...names,
        low: words.numbers.ratio(ratio.low),
        high: words.numbers.ratio(ratio.high),
      })
    : sayDifference(words, names, difference);
}

export function sayDifference(
  words: Words,
  names: { readonly group: string; readonly others: string; readonly metric: string },
  { value, low, high }: Pick<Estimate, 'value' | 'low' | 'high'>,
): string {
  const points = (x: number) => words.numbers.points(Math.abs(x)).replace('+', '');
  const ends = [Math.max(0, value >= 0 ? low : -high), value >= 0 ? high : -low];
  return words.say(value >= 0 ? 'say.rate.more' : 'say.rate.less', {
    ...names,
    low: points(ends[0] as number),
    high: points(ends[1] as number),
  });
}

export function pointsWithInterval(words: Words, estimate: Estimate | undefined): string {
  if (estimate === undefined) return words.numbers.points(undefined);
  const { points, between } = words.numbers;
  return `${points(estimate.value)} (${between(points(estimate.low), points(estimate.high))})`;
}

export function ratioWithInterval(words: Words, estimate: Estimate | undefined): string {
  if (estimate === undefined) return words.numbers.ratio(undefined);
  const { ratio, between } = words.numbers;
  return `${ratio(estimate.value)} (${between(ratio(estimate.low), ratio(estimate.high))})`;
}

export function rateWithInterval(
  words: Words,
  rate: { value: number | undefined; low: number | undefined; high: number | undefined } | undefined,
): string {
  const { percent, between } = words.numbers;
  if (rate?.value === undefined) return percent(undefined);
  return `${percent(rate.value)} (${between(percent(rate.low), percent(rate.high))})`;
}

/** The attributes of a subgroup, one after another. */
export function subgroupName(by: Readonly<Record<string, string>>): string {
  return Object.entries(by)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

export function sayP(words: Words, p: number | undefined): string {
  if (p === undefined) return '–';
  return p < 0.0001 ? '< 0.0001'.replace('.', words.textLanguage === 'en' ? '.' : ',') : numberOf(words, p);
}

function numberOf(words: Words, p: number): string {
  return p.toFixed(4).replace('.', words.textLanguage === 'en' ? '.' : ',');
}
