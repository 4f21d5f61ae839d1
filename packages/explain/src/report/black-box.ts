import { type ApproximateContributions, approximateContributions } from '../black-box/approximate.ts';
import { askOver } from '../black-box/ask.ts';
import type { BlackBoxModel } from '../black-box/model.ts';
import { ExplainError } from '../error.ts';
import type { Rows } from '../forest/rows.ts';
import { type ExplainCommand, tellerOf } from './command.ts';
import { escaped, pageHead, waterfall } from './render.ts';
import { reasonsHtml, reasonsText } from './words.ts';

const NOTE =
  'approximate: estimated from answers of a model that cannot be seen into; ± is one standard error';
const MOST = 12;

/** Estimates for the rows of a model behind an address, one per row, piece by piece, marked as approximate everywhere. */
export async function* blackBoxReport(
  model: BlackBoxModel,
  command: ExplainCommand,
  rows: Rows,
  background: Rows | undefined,
): AsyncGenerator<string> {
  if (background === undefined)
    throw new ExplainError('bad-question', 'against', 'a black box needs background rows to compare with');
  if (command.counterfactual !== undefined)
    throw new ExplainError('bad-question', 'counterfactual', 'nothing can be proven about a black box');
  const { format, sha256, outputs, features } = model;
  const tell = tellerOf(command, features, outputs, true);
  const ask = askOver(model, { allow: command.allow ?? [] });
  if (command.format === 'json')
    yield `{"model":${JSON.stringify({ format, outputs, sha256 })},"approximate":true,"features":${JSON.stringify(features)},"rows":[`;
  if (command.format === 'text') yield `${format}, ${outputs} outputs, sha256 ${sha256}\n${NOTE}\n`;
  if (command.format === 'html')
    yield pageHead(
      `${format}, ${outputs} outputs, sha256 <code>${sha256}</code></p><p><strong>${NOTE}</strong>`,
    );
  for (let index = 0; index < rows.count; index++) {
    const row = rows.data.subarray(index * features.length, (index + 1) * features.length);
    const found = await approximateContributions(ask, row, background);
    const json = asJson(found, features.length);
    const told = tell?.(row, json.contributions);
    if (command.format === 'json')
      yield `${index === 0 ? '' : ','}\n${JSON.stringify({ ...json, reasons: told })}`;
    else if (command.format === 'text')
      yield asText(found, features, index) + (told === undefined ? '' : reasonsText(told));
    else yield asSections(found, features, index) + (told === undefined ? '' : reasonsHtml(told));
    command.progress?.(index + 1, rows.count);
  }
  if (command.format === 'json') yield ']}\n';
  if (command.format === 'html') yield '</body></html>\n';
}

function asJson(
  { values, standardErrors, margin, bias, pairs, evaluations }: ApproximateContributions,
  columns: number,
) {
  const perOutput = (list: Float64Array) =>
    Array.from(margin, (_, output) => [...list.subarray(output * columns, (output + 1) * columns)]);
  return {
    margin: [...margin],
    prediction: [...margin],
    contributions: perOutput(values),
    standardErrors: perOutput(standardErrors),
    bias: [...bias],
    pairs,
    evaluations,
  };
}

const shown = (value: number) => value.toPrecision(5);

function linesOf(
  { values, standardErrors }: ApproximateContributions,
  features: readonly string[],
  output: number,
) {
  return features
    .map((name, feature) => {
      const place = output * features.length + feature;
      const [value, error] = [values[place] as number, standardErrors[place] as number];
      return { name, value, shown: `${shown(value)} ± ${error.toPrecision(2)}` };
    })
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, MOST);
}

function asText(found: ApproximateContributions, features: readonly string[], index: number): string {
  return Array.from(found.margin, (margin, output) => {
    const lines = linesOf(found, features, output);
    const width = Math.max(6, ...lines.map(({ name }) => name.length));
    const line = (name: string, value: string) =>
      `  ${name.padEnd(width)} ${value.startsWith('-') ? '' : ' '}${value}\n`;
    return [
      `\nrow ${index + 1}${found.margin.length > 1 ? `, output ${output}` : ''}: ${shown(margin)} (approximate contributions)\n`,
      line('bias', shown(found.bias[output] as number)),
      ...lines.map(({ name, shown: text }) => line(name, text)),
    ].join('');
  }).join('');
}

function asSections(found: ApproximateContributions, features: readonly string[], index: number): string {
  return Array.from(found.margin, (margin, output) => {
    const bias = found.bias[output] as number;
    const name = `Row ${index + 1}${found.margin.length > 1 ? `, output ${output}` : ''}`;
    const first = { name: 'bias', value: bias, shown: shown(bias) };
    const last = { name: 'answer', value: margin, shown: shown(margin) };
    return `<section><h2>${escaped(name)}: ${shown(margin)} (approximate contributions)</h2>${waterfall(first, linesOf(found, features, output), last)}</section>\n`;
  }).join('');
}
