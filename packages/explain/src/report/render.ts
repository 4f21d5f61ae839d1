import type { ReportHead, ReportRow } from './report.ts';

const BAR = 24;
const MOST = 12;

/** One step of a waterfall. */
export interface Step {
  readonly name: string;
  readonly value: number;
  readonly shown: string;
}

const shown = (value: number) => value.toPrecision(6);
const step = (name: string, value: number): Step => ({ name, value, shown: shown(value) });

/** The largest contributions of one output, the rest as one step. */
function stepsOf({ features }: ReportHead, row: ReportRow, output: number): Step[] {
  const all = (row.contributions[output] ?? [])
    .map((value, feature) => step(features[feature] ?? '', value))
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  if (all.length <= MOST) return all;
  const rest = all.slice(MOST).reduce((sum, { value }) => sum + value, 0);
  return [...all.slice(0, MOST), step(`${all.length - MOST} others`, rest)];
}

function outputsOf(head: ReportHead, row: ReportRow, index: number) {
  return row.margin.map((margin, output) => ({
    name: head.model.outputs > 1 ? `row ${index + 1}, output ${output}` : `row ${index + 1}`,
    bias: step('bias', row.bias[output] ?? Number.NaN),
    steps: stepsOf(head, row, output),
    margin: step('margin', margin),
    prediction: shown(row.prediction[output] ?? row.prediction[0] ?? Number.NaN),
  }));
}

/** What the cheapest change is, in one line. */
function changeText({ counterfactual }: ReportRow): string | undefined {
  if (counterfactual === undefined) return undefined;
  const { found, proven } = counterfactual;
  if (found === null)
    return proven
      ? 'no allowed change turns the prediction (proven)'
      : 'no change was found; the search was not complete';
  const changes = found.changes.map(({ feature, from, to }) => `${feature} ${shown(from)} → ${shown(to)}`);
  return `turned by ${changes.join(', ')}; margin ${found.margin.map(shown).join(', ')}; ${proven ? 'nothing cheaper does (proven)' : 'the search was not complete'}`;
}

export function textHead({ model }: ReportHead): string {
  return `${model.format}, ${model.trees} trees, ${model.outputs} outputs, sha256 ${model.sha256}\n`;
}

/** A waterfall per output in plain text: bars run from the sum so far to the next. */
export function textRow(head: ReportHead, row: ReportRow, index: number): string {
  const change = changeText(row);
  const blocks = outputsOf(head, row, index).map(({ name, bias, steps, margin, prediction }) => {
    const lines = [bias, ...steps, margin];
    const width = Math.max(...lines.map((line) => line.name.length));
    const spans = spansOf(bias, steps, margin);
    const body = lines.map((line, place) => {
      const { from, to } = spans[place] as Span;
      const [start, end] = [Math.round(from * BAR), Math.round(to * BAR)];
      const [low, high] = [Math.min(start, end), Math.max(start, end)];
      const mark = place === 0 || place === lines.length - 1 ? '─' : line.value < 0 ? '░' : '█';
      const bar = ' '.repeat(low) + mark.repeat(Math.max(1, high - low));
      return `  ${line.name.padEnd(width)} ${(line.value < 0 ? '' : ' ') + line.shown.padEnd(12)} ${bar}`.trimEnd();
    });
    return `\n${name}: margin ${margin.shown}, prediction ${prediction}\n${body.join('\n')}\n`;
  });
  return blocks.join('') + (change === undefined ? '' : `  ${change}\n`);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** From where to where each bar runs, in parts of the chart's width: the bias, every step, the sum. */
function spansOf(first: Step, steps: readonly Step[], last: Step): Span[] {
  const sums = [0, first.value];
  for (const { value } of steps) sums.push((sums.at(-1) as number) + value);
  const least = Math.min(...sums, last.value);
  const range = Math.max(...sums, last.value) - least || 1;
  const place = (value: number) => (value - least) / range;
  return [
    ...sums.slice(1).map((to, index) => ({ from: place(sums[index] as number), to: place(to) })),
    { from: place(0), to: place(last.value) },
  ];
}

export const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The start of a page; no script, nothing loaded. `about` is HTML. */
export function pageHead(about: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Contributions</title><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-inline-size:52rem;margin-inline:auto;padding:1rem;color:#1c2329;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-block:1.5rem .25rem}p{margin-block:.25rem .5rem}code{overflow-wrap:anywhere}
table{border-collapse:collapse;inline-size:100%}th{text-align:start;font-weight:400;overflow-wrap:anywhere}td.n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
td,th{padding:.1rem .5rem .1rem 0}td.b{inline-size:50%}svg{display:block;inline-size:100%;block-size:1rem}
.up{fill:#0b5d46}.down{fill:#8a3324}.all{fill:#7a7f83}
@media(prefers-color-scheme:dark){body{color:#f7f4ee;background:#1c2329}.up{fill:#5fc3a2}.down{fill:#e0917f}}
</style></head><body>
<h1>Contributions</h1><p>${about}</p>
`;
}

export function htmlHead({ model }: ReportHead): string {
  const { format, trees, outputs, sha256 } = model;
  return pageHead(
    `${escaped(format)}, ${trees} trees, ${outputs} outputs, sha256 <code>${escaped(sha256)}</code>`,
  );
}

export function htmlRow(head: ReportHead, row: ReportRow, index: number): string {
  const change = changeText(row);
  const sections = outputsOf(head, row, index).map(
    ({ name, bias, steps, margin, prediction }) => `<section><h2>${name.replace('row', 'Row')}</h2>
<p>Margin ${margin.shown}, prediction ${prediction}</p>
${waterfall(bias, steps, margin)}</section>
`,
  );
  return sections.join('') + (change === undefined ? '' : `<p>${escaped(change)}</p>\n`);
}

export function htmlTail(additivity: number): string {
  return `<p>Largest |bias + contributions − margin|: ${additivity.toExponential(1)}</p></body></html>\n`;
}

/** A waterfall as a table with a bar beside every number. */
export function waterfall(first: Step, steps: readonly Step[], last: Step): string {
  const spans = spansOf(first, steps, last);
  const rows = [first, ...steps, last].map(({ name, value, shown: number }, place, all) => {
    const { from, to } = spans[place] as Span;
    const kind = place === 0 || place === all.length - 1 ? 'all' : value < 0 ? 'down' : 'up';
    const x = (100 * Math.min(from, to)).toFixed(2);
    const width = Math.max(0.5, 100 * Math.abs(to - from)).toFixed(2);
    const bar = `<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="${kind}" x="${x}" y="0.5" width="${width}" height="3"/></svg>`;
    return `<tr><th scope="row">${escaped(name)}</th><td class="n">${escaped(number)}</td><td class="b">${bar}</td></tr>`;
  });
  return `<table>${rows.join('\n')}</table>`;
}
