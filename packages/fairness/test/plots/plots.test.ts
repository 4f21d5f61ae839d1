import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driftPlot, forestPlot, funnelPlot, numbersOf, reliabilityPlot } from '../../src/plots/index.ts';

const rows = [
  { label: 'women', value: 0.3, low: 0.2, high: 0.4, state: 'beyond' },
  { label: 'men', value: 0.1, low: 0.05, high: 0.2 },
  { label: 'few', value: undefined, low: undefined, high: undefined, note: 'too few' },
] as const;
const linesOf = (svg: string) => [
  ...svg.matchAll(
    /<path[^>]*stroke="[^"]*"[^>]*d="M([\d.]+),([\d.]+)L([\d.]+),\2"|<path[^>]*d="M([\d.]+),([\d.]+)L([\d.]+),\5"[^>]*stroke=/g,
  ),
];

test('every value has its interval; what could not be estimated has neither', () => {
  const svg = forestPlot(rows, { axis: 'rate', title: 'Selected' });
  assert.equal(svg.match(/aria-label/g), null);
  assert.match(svg, /<title>Selected<\/title>/);
  assert.match(svg, /30\.0% \(20\.0% – 40\.0%\)/);
  assert.match(svg, /too few/);
  assert.equal(linesOf(svg).length, 2);
});

test('Arabic plots are mirrored: the axis starts at the right, and the SVG keeps its direction', () => {
  const middle = (svg: string) => {
    const [first] = linesOf(svg);
    return (Number(first?.[1] ?? first?.[4]) + Number(first?.[3] ?? first?.[6])) / 2;
  };
  const short = rows.map((row) => ({ ...row, label: 'x', note: 'y' }));
  const [ltr, rtl] = (['fr', 'ar'] as const).map((language) =>
    forestPlot(short, { axis: 'rate', title: '', language, width: 400 }),
  ) as [string, string];
  assert.ok(Math.abs(middle(ltr) + middle(rtl) - 400) < 1e-6);
  assert.match(rtl, /direction="ltr"/);
});

test('names from a file cannot become markup, and nothing is loaded or styled', () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=y>';
  const line = { ...rows[0], label: hostile, note: hostile };
  const all = [
    forestPlot([{ heading: hostile }, line], { axis: 'ratio', limit: 0.8, title: hostile }),
    funnelPlot([{ heading: hostile, groups: [line] }], { title: hostile, width: 300 }),
    driftPlot([{ period: hostile, difference: undefined, sequence: undefined }], {
      title: hostile,
      tolerance: 0.05,
      alarm: hostile,
      words: { sequence: hostile, tolerance: hostile },
    }),
    reliabilityPlot([], {
      title: hostile,
      words: { score: hostile, observed: hostile, asAnnounced: hostile },
    }),
  ];
  for (const svg of all) {
    assert.doesNotMatch(svg, /<script|<img|<style|style=|href|url\(/);
    assert.match(svg, /&lt;script/);
  }
});

test('drift: an alarm is marked in words and a line; infinite ratios and empty series still draw', () => {
  const point = (period: string, value: number) => ({
    period,
    difference: { value, low: value - 0.1, high: value + 0.1 },
    sequence: { value, low: value - 0.05, high: value + 0.05 },
  });
  const svg = driftPlot([point('2026-01', 0.1), point('2026-02', 0.2)], {
    title: 'Men and women',
    tolerance: 0.05,
    alarm: '2026-02',
    words: { sequence: 'all so far', tolerance: 'tolerated', alarm: 'alarm' },
  });
  assert.match(svg, /▲ alarm/);
  assert.match(svg, /all so far/);
  const infinite = forestPlot([{ label: 'a', value: Infinity, low: 2, high: Infinity }], {
    axis: 'ratio',
    title: '',
  });
  assert.doesNotMatch(infinite, /NaN|Infinity/);
  assert.doesNotMatch(forestPlot([], { axis: 'difference', title: '' }), /NaN|Infinity/);
});

test('numbers: Latin digits everywhere, a dash for what is not known', () => {
  assert.match(numbersOf('fr').percent(0.4485), /^44,9\s%$/u);
  assert.equal(numbersOf('ar').points(-0.05), '\u200e-5,0');
  assert.equal(numbersOf('en').ratio(Infinity), '∞');
  assert.equal(numbersOf('en').percent(undefined), '–');
});
