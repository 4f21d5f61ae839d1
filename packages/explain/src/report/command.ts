import { ExplainError } from '../error.ts';
import { type RowModel, readModelFile } from '../formats/read.ts';
import type { ReasonLang } from '../reasons/topics.ts';
import { blackBoxReport } from './black-box.ts';
import { readChangeable } from './changeable.ts';
import { reportLargeRows } from './in-workers.ts';
import { htmlHead, htmlRow, htmlTail, textHead, textRow } from './render.ts';
import type { ReportOptions } from './report.ts';
import { csvFacts, csvRows, csvRuleFacts } from './rows.ts';
import { rulesReport } from './rules.ts';
import { scorecardReport } from './scorecard.ts';
import { makeTeller, reasonsHtml, reasonsText, type Teller } from './words.ts';

export type ReportFormat = 'json' | 'text' | 'html';

/** A file as it was read, with the name that errors show. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ExplainCommand {
  readonly model: SourceFile;
  /** Cases as CSV, UTF-8. */
  readonly rows: SourceFile;
  readonly format: ReportFormat;
  /** Background rows as CSV: explain against them. */
  readonly against?: SourceFile;
  /** Also the cheapest change of at most so many features (facts) that turns each prediction. */
  readonly counterfactual?: number;
  /** What may change: `age:up,income,region`; everything when left out. */
  readonly changeable?: string;
  /** How the answers are told (`taalil-reasons/1`), and in which language: adds the principal reasons in words. */
  readonly reasons?: SourceFile;
  readonly lang?: ReasonLang;
  /** Origins that may be asked about a model behind an address. */
  readonly allow?: readonly string[];
  readonly progress?: (done: number, total: number) => void;
}

/** Most bytes of a file of rows. */
const MAX_ROWS_BYTES = 256 * 1024 * 1024;

/**
 * What `taalil explain` prints, piece by piece: for tree ensembles and linear models a {@link Report}, for scorecards one
 * exact explanation per row, for rule graphs the steps that led to the decision, for models behind an address estimates
 * with their standard errors.
 * @throws {ExplainError} for a model file, rows or a question that cannot be answered; the path begins with the file's name
 */
export async function* explainCommand(command: ExplainCommand): AsyncGenerator<string> {
  const model = inFile(command.model, () => readModelFile(command.model.bytes));
  const text = inFile(command.rows, () => textOf(command.rows));
  switch (model.kind) {
    case 'scorecard':
      yield* scorecardReport(
        model,
        command,
        inFile(command.rows, () => csvFacts(model, text)),
      );
      break;
    case 'rules':
      yield* rulesReport(
        model,
        command,
        inFile(command.rows, () => csvRuleFacts(model, text)),
      );
      break;
    case 'black-box': {
      const against = command.against;
      const background = against && inFile(against, () => csvRows(model, textOf(against)));
      yield* blackBoxReport(
        model,
        command,
        inFile(command.rows, () => csvRows(model, text)),
        background,
      );
      break;
    }
    default:
      yield* rowsReport(model, command, text);
  }
}

async function* rowsReport(model: RowModel, command: ExplainCommand, text: string): AsyncGenerator<string> {
  const rows = inFile(command.rows, () => csvRows(model, text));
  const { against, counterfactual, progress } = command;
  const options: ReportOptions = {
    ...(against === undefined ? {} : { against: inFile(against, () => csvRows(model, textOf(against))) }),
    ...(counterfactual === undefined ? {} : { counterfactual }),
    ...(command.changeable === undefined
      ? {}
      : { changeable: readChangeable(model.features, command.changeable) }),
    ...(progress === undefined ? {} : { progress }),
  };
  const { head, each } = reportLargeRows(model, rows, options);
  const tell = tellerOf(command, model.features, head.model.outputs, false);
  if (command.format === 'json')
    yield `{"model":${JSON.stringify(head.model)},"features":${JSON.stringify(head.features)},"rows":[`;
  else yield command.format === 'text' ? textHead(head) : htmlHead(head);
  let index = 0;
  let additivity = 0;
  for await (const { row, gap } of each) {
    additivity = Math.max(additivity, gap);
    const columns = model.features.length;
    const told = tell?.(rows.data.subarray(index * columns, (index + 1) * columns), row.contributions);
    if (command.format === 'json')
      yield `${index === 0 ? '' : ','}\n${JSON.stringify({ ...row, reasons: told })}`;
    else if (command.format === 'text')
      yield textRow(head, row, index) + (told === undefined ? '' : reasonsText(told));
    else yield htmlRow(head, row, index) + (told === undefined ? '' : reasonsHtml(told));
    index++;
  }
  if (command.format === 'json') yield `],\n"additivity":${JSON.stringify(additivity)}}\n`;
  else if (command.format === 'html') yield htmlTail(additivity);
  else yield `\nlargest |bias + contributions − margin|: ${additivity.toExponential(1)}\n`;
}

/** Tells reasons where the command gives the words for them. */
export function tellerOf(
  { reasons, lang }: ExplainCommand,
  features: readonly string[],
  outputs: number,
  approximate: boolean,
): Teller | undefined {
  return (
    reasons && inFile(reasons, () => makeTeller(reasons.bytes, features, outputs, lang ?? 'en', approximate))
  );
}

function textOf({ bytes }: SourceFile): string {
  if (bytes.byteLength > MAX_ROWS_BYTES)
    throw new ExplainError('too-large', '', `has more than ${MAX_ROWS_BYTES} bytes; split it`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ExplainError('not-utf8', '', 'is not UTF-8 text; save it as CSV in UTF-8');
  }
}

function inFile<T>({ name }: SourceFile, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ExplainError ? error.inFile(name) : error;
  }
}
