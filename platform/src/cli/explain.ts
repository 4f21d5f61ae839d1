import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  ExplainError,
  explainCommand,
  REASON_LANGS,
  type ReasonLang,
  type ReportFormat,
  type SourceFile,
} from '@taalil/explain';
import { Command, InvalidArgumentError, Option } from 'commander';
import { PlatformError } from '../errors.ts';
import { type Progress, progressBar } from '../progress.ts';
import { EXIT } from './exit.ts';

interface Options {
  readonly model: string;
  readonly rows: string;
  readonly format: ReportFormat;
  readonly against?: string;
  readonly counterfactual?: number;
  readonly changeable?: string;
  readonly allow?: readonly string[];
  readonly reasons?: string;
  readonly lang: ReasonLang;
}

/** A bar appears when the work takes longer than this. */
const QUIET_MS = 1_000;

/** `taalil explain --model FILE --rows FILE.csv`: what each fact of each case added to the model's answer. */
export function explainCliCommand(): Command {
  return new Command('explain')
    .description('explain what a model answers for the rows of a CSV file')
    .requiredOption(
      '--model <file>',
      'XGBoost JSON or UBJSON, LightGBM text, ONNX, scikit-learn export, linear model, scorecard, rule graph (JDM) or an HTTP model',
    )
    .requiredOption(
      '--rows <file.csv>',
      'one case a line; columns by name where the model has names, else by position; an empty cell is a missing value',
    )
    .addOption(
      new Option('--format <format>', 'what to print').choices(['json', 'text', 'html']).default('text'),
    )
    .option(
      '--against <file.csv>',
      'compare with these rows instead of the rows that the model was trained on',
    )
    .option(
      '--counterfactual <k>',
      'also the cheapest change of at most K facts that turns the answer',
      whole,
    )
    .option('--changeable <list>', 'what may change, such as age:up,income (default: everything)')
    .option(
      '--reasons <file>',
      'words for the features (taalil-reasons/1): adds the principal reasons as sentences',
    )
    .addOption(
      new Option('--lang <lang>', 'language of the sentences').choices([...REASON_LANGS]).default('en'),
    )
    .option('--allow <origin...>', 'origins that may be asked, for a model behind an address')
    .action(async (options: Options) => {
      process.exitCode = await explain(options);
    });
}

function whole(text: string): number {
  if (!/^[1-9][0-9]?$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1.');
  return Number(text);
}

async function explain({ model, rows, against, reasons, ...rest }: Options): Promise<number> {
  const began = performance.now();
  let bar: Progress | undefined;
  let shown = false;
  try {
    const pieces = explainCommand({
      ...rest,
      model: read(model),
      rows: read(rows),
      ...(against === undefined ? {} : { against: read(against) }),
      ...(reasons === undefined ? {} : { reasons: read(reasons) }),
      progress(done, total) {
        bar ??= progressBar('Explaining', total);
        if (performance.now() - began < QUIET_MS) return;
        shown = true;
        bar.step(done);
      },
    });
    await print(pieces);
    if (shown) bar?.end();
    return EXIT.valid;
  } catch (error) {
    if (!(error instanceof ExplainError)) throw error;
    console.error(`${shown ? '\n' : ''}${error.message} [${error.code}]`);
    return EXIT.malformed;
  }
}

/** Prints no faster than the reader takes it, and stops when the reader has gone. */
async function print(pieces: AsyncIterable<string>): Promise<void> {
  let gone = false;
  process.stdout.on('error', () => {
    gone = true;
  });
  for await (const piece of pieces) {
    if (gone) return;
    if (!process.stdout.write(piece))
      await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch(() => {});
  }
}

function read(path: string): SourceFile {
  try {
    return { name: path, bytes: readFileSync(path) };
  } catch (error) {
    throw new PlatformError('invalid-request', `${path} cannot be read: ${(error as Error).message}`, {
      mend: 'Check the path and the permissions.',
    });
  }
}
