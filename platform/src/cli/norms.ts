import { checkFolder, tellReport } from '@taalil/norms';
import { Command } from 'commander';
import { EXIT } from './exit.ts';

/** `taalil norms check DIR`: validates a norm pack, runs its cases, and tells what it lacks. */
export function normsCommand(): Command {
  const norms = new Command('norms').description('Packs of law as data');
  norms
    .command('check')
    .description('validate a pack, run its cases, and say what is missing')
    .argument('<dir>', "the pack's folder")
    .option('--cases <dir>', 'the folder of its cases')
    .option('--years <years>', 'years whose announced holidays are wanted, separated by commas')
    .action((dir: string, options: { cases?: string; years?: string }) => {
      const report = checkFolder(dir, {
        ...(options.cases === undefined ? {} : { casesDir: options.cases }),
        ...(options.years === undefined ? {} : { years: options.years.split(',').map(Number) }),
      });
      for (const line of tellReport(report)) console.log(line);
      process.exitCode = report.ok ? EXIT.valid : EXIT.broken;
    });
  return norms;
}
