import type { Report, ReportRow } from './report.ts';

const BAR = 24;
const MOST = 12;

interface Line {
  readonly name: string;
  readonly value: number;
}

/** The largest contributions of one output, the rest as one line. */
function linesOf({ features }: Report, row: ReportRow, output: number): Line[] {
  const all = (row.contributions[output] ?? [])
    .map((value, feature) => ({ name: features[feature] ?? '', value }))
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  if (all.length <= MOST) return all;
  const rest = all.slice(MOST).reduce((sum, { value }) => sum + value, 0);
  return [...all.slice(0, MOST), { name: `${all.length - MOST} others`, value: rest }];
}

const shown = (value: number) => value.toPrecision(6).replace(/^(?!-)/, ' ');

/** A waterfall per row and output in plain text. */
export function renderText(report: Report): string {
  const { model, rows } = report;
  const head = `${model.format}, ${model.trees} trees, ${model.outputs} outputs, sha256 ${model.sha256}\n`;
  return (
    head +
    rows
      .map((row, index) => row.margin.map((_, output) => textOf(report, row, index, output)).join(''))
      .join('')
  );
}

function textOf(report: Report, row: ReportRow, index: number, output: number): string {
  const lines = linesOf(report, row, output);
  const width = Math.max(6, ...lines.map(({ name }) => name.length));
  const largest = Math.max(...lines.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  const name = report.model.outputs > 1 ? `row ${index + 1}, output ${output}` : `row ${index + 1}`;
  const prediction = row.prediction[output] ?? row.prediction[0] ?? Number.NaN;
  const body = lines.map(({ name: label, value }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((BAR * Math.abs(value)) / largest)));
    return `  ${label.padEnd(width)} ${shown(value)} ${value < 0 ? bar.padStart(BAR) : ' '.repeat(BAR)}│${value < 0 ? '' : bar}`;
  });
  return [
    '',
    `${name}: margin ${shown(row.margin[output] ?? Number.NaN).trim()}, prediction ${shown(prediction).trim()}`,
    `  ${'bias'.padEnd(width)} ${shown(row.bias[output] ?? Number.NaN)}`,
    ...body,
    '',
  ].join('\n');
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A page with a table and a bar chart per row and output; no script, nothing loaded. */
export function renderHtml(report: Report): string {
  const { model, rows } = report;
  const sections = rows.map((row, index) =>
    row.margin.map((_, output) => sectionOf(report, row, index, output)).join(''),
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Contributions</title><style>
body{font:16px/1.5 system-ui;color:#1c2329;max-inline-size:52rem;margin-inline:auto;padding:1rem}
table{border-collapse:collapse;inline-size:100%}th{text-align:start;font-weight:400}td.n{text-align:end;font-variant-numeric:tabular-nums}
td,th{padding:.1rem .5rem}svg{display:block}</style></head><body>
<h1>Contributions</h1><p>${escaped(model.format)}, ${model.trees} trees, ${model.outputs} outputs, sha256 <code>${escaped(model.sha256)}</code></p>
${sections.join('')}</body></html>
`;
}

function sectionOf(report: Report, row: ReportRow, index: number, output: number): string {
  const lines = linesOf(report, row, output);
  const largest = Math.max(...lines.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  const name = report.model.outputs > 1 ? `Row ${index + 1}, output ${output}` : `Row ${index + 1}`;
  const body = lines.map(({ name: label, value }) => {
    const length = (100 * Math.abs(value)) / largest;
    const bar = `<svg width="200" height="12" role="img" aria-hidden="true"><line x1="100" y1="0" x2="100" y2="12" stroke="currentColor"/><rect x="${value < 0 ? 100 - length : 100}" y="2" width="${length}" height="8" fill="${value < 0 ? '#8a3324' : '#0b5d46'}"/></svg>`;
    return `<tr><th scope="row">${escaped(label)}</th><td class="n">${shown(value).trim()}</td><td>${bar}</td></tr>`;
  });
  return `<section><h2>${name}</h2><p>Margin ${shown(row.margin[output] ?? Number.NaN).trim()}, prediction ${shown(row.prediction[output] ?? row.prediction[0] ?? Number.NaN).trim()}</p>
<table><tr><th scope="row">bias</th><td class="n">${shown(row.bias[output] ?? Number.NaN).trim()}</td><td></td></tr>${body.join('')}</table></section>
`;
}
