import { ExplainError } from '../error.ts';
import { readModelFile } from '../formats/read.ts';
import { type Explanation, explainScorecard } from '../scorecard/explain.ts';
import type { ScorecardModel } from '../scorecard/model.ts';
import { roundExplanation } from '../scorecard/rounding.ts';
import { renderHtml, renderText } from './render.ts';
import { makeReport, type Report } from './report.ts';
import { csvFacts, csvRows } from './rows.ts';

export type ReportFormat = 'json' | 'text' | 'html';

export interface ExplainCommand {
  /** The bytes of the model file. */
  readonly model: Uint8Array;
  /** The text of a CSV file. */
  readonly rows: string;
  readonly format: ReportFormat;
  /** The text of a CSV file of background rows. */
  readonly against?: string;
  /** Also the cheapest change of at most so many features that turns each prediction. */
  readonly counterfactual?: number;
  readonly progress?: (done: number, total: number) => void;
}

/**
 * What `taalil explain` prints: for tree ensembles and linear models a {@link Report}, for scorecards one exact
 * {@link Explanation} per row.
 * @throws {ExplainError} for a model file, rows or a question that cannot be answered
 */
export function explainCommand(command: ExplainCommand): string {
  const model = readModelFile(command.model);
  if (model.kind === 'scorecard') return scorecardReport(model, command);
  const report: Report = makeReport(model, csvRows(model, command.rows), {
    ...(command.against === undefined ? {} : { against: csvRows(model, command.against) }),
    ...(command.counterfactual === undefined ? {} : { counterfactual: command.counterfactual }),
    ...(command.progress === undefined ? {} : { progress: command.progress }),
  });
  if (command.format === 'json') return `${JSON.stringify(report)}\n`;
  return command.format === 'text' ? renderText(report) : renderHtml(report);
}

function scorecardReport(model: ScorecardModel, command: ExplainCommand): string {
  if (command.against !== undefined || command.counterfactual !== undefined || command.format === 'html') {
    throw new ExplainError(
      'bad-question',
      'options',
      'a scorecard is explained against its own segment means, as JSON or text; ask whatIf for changes',
    );
  }
  const explanations = csvFacts(model, command.rows).map((facts) => explainScorecard(model, facts));
  if (command.format === 'json') {
    const head = { format: model.format, segments: model.segments.size, sha256: model.sha256 };
    return `${JSON.stringify({ model: head, rows: explanations })}\n`;
  }
  return explanations.map(scorecardText).join('\n');
}

function scorecardText(explanation: Explanation, index: number): string {
  const { base, score, threshold, contributions } = roundExplanation(explanation, 4);
  const width = Math.max(...contributions.map(({ reason }) => reason.length), 9);
  const line = (name: string, value: string) => `  ${name.padEnd(width)} ${value.padStart(14)}\n`;
  return [
    `row ${index + 1}: ${explanation.outcome} (${explanation.segment})\n`,
    line('base', base),
    ...contributions.map(({ reason, value }) => line(reason, value)),
    line('score', score),
    line('threshold', threshold),
  ].join('');
}
