import { writeFileSync } from 'node:fs';
import { FairnessError } from '@taalil/fairness';
import { type FileColumns, readCells, type YesNoColumn } from '@taalil/fairness/files';
import { LANGUAGES, type Language } from '@taalil/fairness/plots';
import {
  type Audited,
  auditCells,
  renderHtml,
  renderJson,
  renderSarif,
  renderText,
} from '@taalil/fairness/report';
import { Command, Option } from 'commander';
import { type Progress, progressBar } from '../progress.ts';

/** What each verdict ends with. */
const EXIT = { pass: 0, fail: 1, inconclusive: 2, invalid: 3 } as const;

const FORMATS: Readonly<Record<string, (audited: Audited, language: Language) => string>> = {
  text: renderText,
  json: renderJson,
  html: renderHtml,
  sarif: renderSarif,
};

type Options = Readonly<Record<string, string | undefined>> & { readonly reference?: readonly string[] };

/** Where the answer, the complaints and the exit code go. */
export interface Surroundings {
  out(text: string): void;
  complain(text: string): void;
  exit(code: number): void;
}

const PROCESS: Surroundings = {
  out: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
  exit: (code) => {
    process.exitCode = code;
  },
};

/** `taalil audit FILE …`: what differs between groups, how sure that is, where it arises, who is worst off. */
export function auditCommand(surroundings: Surroundings = PROCESS): Command {
  const command = new Command('audit')
    .exitOverride()
    .configureOutput({ writeOut: surroundings.out, writeErr: surroundings.complain })
    .description('audit a file of decisions: what differs between groups, and how sure that is')
    .argument('<file>', "CSV or Parquet, or a pattern in quotation marks: 'decisions/2026-*.csv'")
    .requiredOption('--prediction <column>', "the system's decision")
    .requiredOption('--positive <values>', 'its values that mean yes, separated by commas')
    .requiredOption('--by <columns>', 'attributes to compare by, separated by commas')
    .addOption(new Option('--favourable <yes|no>', 'whether yes is what people want').choices(['yes', 'no']))
    .option('--truth <column>', 'what turned out to be true; empty where nobody looked')
    .option('--truth-positive <values>', 'its values that mean yes')
    .option('--depth <n>', 'attributes that one subgroup may combine, at most (3)')
    .option('--stratum <column>', 'compare like with like: cases of the same stratum')
    .option('--period <column>', 'months, or dates, which are taken by month')
    .option('--score <column>', 'the score, from 0 to 1')
    .option('--count <column>', 'how many decisions each row stands for')
    .option('--weight <column>', 'sampling weights')
    .option('--cluster <column>', 'who repeats: a person, an officer, an office')
    .option('--officer <column>', 'who decided');
  for (const [name, what] of [
    ['human', 'what the person decided'],
    ['objection', 'whether a review was asked for'],
    ['remedy', 'whether it was put right'],
    ['random', 'whether the truth was sought at random'],
  ] as const) {
    command
      .option(`--${name} <column>`, what)
      .option(`--${name}-positive <values>`, 'its values that mean yes');
  }
  return command
    .option('--reference <column=value...>', 'the group to compare with; all others together without it')
    .option('--tolerance <x>', 'largest tolerated difference of rates, from 0 to 1 (0.05)')
    .option('--seed <n>', 'seed of the resampling')
    .addOption(new Option('--format <format>', 'how to answer').choices(Object.keys(FORMATS)).default('text'))
    .addOption(new Option('--language <language>', 'of text and HTML').choices(LANGUAGES).default('en'))
    .option('--output <file>', 'where to write the answer; standard output without it')
    .addHelpText('after', '\nEnds with 0 pass, 1 fail, 2 inconclusive, 3 invalid input.')
    .action(async (file: string, options: Options) => {
      surroundings.exit(await run(file, options, surroundings));
    });
}

async function run(file: string, options: Options, { out, complain }: Surroundings): Promise<number> {
  try {
    const tolerance = numberOf('tolerance', options);
    const seed = numberOf('seed', options);
    const depth = numberOf('depth', options);
    const read = await readCells(file, columnsOf(options), { progress: reading() });
    const audited = auditCells(read.cells, read, {
      favourable:
        options.favourable === 'yes' || options.favourable === 'no' ? options.favourable : undefined,
      reference: referenceOf(options.reference ?? []),
      tolerance,
      seed,
      depth,
      progress: showLate('Resampling', (done, total) => ({ done, total })),
    });
    const answer = FORMATS[options.format ?? 'text']?.(audited, options.language as Language) ?? '';
    if (options.output === undefined) out(answer);
    else writeFileSync(options.output, answer);
    return EXIT[audited.verdict];
  } catch (error) {
    if (!(error instanceof FairnessError)) throw error;
    complain(`${error.where === undefined ? '' : `${error.where}: `}${error.what}.\n${error.mend}.\n`);
    return EXIT.invalid;
  }
}

function columnsOf(options: Options): FileColumns {
  const yesNo = (column: string, values: string): YesNoColumn | undefined => {
    const name = options[column];
    if (name === undefined) return undefined;
    const positive = listOf(options[values]);
    if (positive.length > 0) return { column: name, positive };
    throw new FairnessError('bad-option', `--${column} does not say which values mean yes`, {
      mend: `Add --${column}-positive`,
    });
  };
  const { stratum, period, score, count, weight, cluster, officer } = options;
  return {
    by: listOf(options.by),
    prediction: { column: options.prediction ?? '', positive: listOf(options.positive) },
    truth: yesNo('truth', 'truthPositive'),
    human: yesNo('human', 'humanPositive'),
    objection: yesNo('objection', 'objectionPositive'),
    remedy: yesNo('remedy', 'remedyPositive'),
    random: yesNo('random', 'randomPositive'),
    stratum,
    period,
    score,
    count,
    weight,
    cluster,
    officer,
  };
}

function listOf(values: string | undefined): readonly string[] {
  return values === undefined ? [] : values.split(',').filter((value) => value !== '');
}

function numberOf(name: string, options: Options): number | undefined {
  const given = options[name];
  if (given === undefined) return undefined;
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isFinite(value)) return value;
  throw new FairnessError('bad-option', `${JSON.stringify(given)} is no number`, {
    where: `--${name}`,
    mend: 'Give a number with a decimal point',
  });
}

function referenceOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.indexOf('=');
      if (at > 0) return [one.slice(0, at), one.slice(at + 1)] as const;
      throw new FairnessError('bad-option', `${JSON.stringify(one)} names no group`, {
        where: '--reference',
        mend: 'Write the column, an equals sign and the value: race=Caucasian',
      });
    }),
  );
}

const MEGABYTE = 1_000_000;

function reading() {
  return showLate('Reading MB', (share: number, bytes: number) => {
    const total = Math.max(1, Math.round(bytes / MEGABYTE));
    return { done: Math.round(share * total), total };
  });
}

const LATE_MS = 700;

/** Shows a bar for what takes long; what is over before that shows nothing. */
function showLate(
  label: string,
  progress: (a: number, b: number) => { readonly done: number; readonly total: number },
): (a: number, b: number) => void {
  let started: number | undefined;
  let bar: Progress | undefined;
  return (a, b) => {
    const { done, total } = progress(a, b);
    started ??= performance.now();
    if (bar === undefined && performance.now() - started < LATE_MS) return;
    if (bar === undefined && done === total) return;
    bar ??= progressBar(label, total);
    if (done < total) bar.step(done);
    else bar.end();
  };
}
