import { Command, CommanderError } from 'commander';
import { PlatformError } from '../errors.ts';
import { allowReadersToLeave } from './pipe.ts';

/** Each command's room is loaded when the command is given: a receipt is checked without loading the whole platform. */
const COMMANDS: Readonly<Record<string, (program: Command) => Promise<unknown>>> = {
  serve: async (to) => to.addCommand((await import('./serve.ts')).serveCommand()),
  setup: async (to) => (await import('./setup.ts')).setupCommands().map((each) => to.addCommand(each)),
  openapi: async (to) => to.addCommand((await import('./openapi.ts')).openapiCommand()),
  receipt: async (to) => to.addCommand((await import('./receipt.ts')).receiptCommand()),
  bundle: async (to) => to.addCommand((await import('./bundle.ts')).bundleCommand()),
  log: async (to) => to.addCommand((await import('./log.ts')).logCommand()),
  store: async (to) => to.addCommand((await import('./store.ts')).storeCommand()),
  witness: async (to) => to.addCommand((await import('./witness.ts')).witnessCommand()),
  backup: async (to) => to.addCommand((await import('./backup.ts')).backupCommand()),
  restore: async (to) => to.addCommand((await import('./restore.ts')).restoreCommand()),
  erase: async (to) => to.addCommand((await import('./erase.ts')).eraseCommand()),
  retention: async (to) => to.addCommand((await import('./retention.ts')).retentionCommand()),
  keys: async (to) => to.addCommand((await import('./keys.ts')).keysCommand()),
  explain: async (to) => to.addCommand((await import('./explain.ts')).explainCliCommand()),
  languages: async (to) => to.addCommand((await import('./languages.ts')).languagesCommand()),
  norms: async (to) => to.addCommand((await import('./norms.ts')).normsCommand()),
  audit: async (to) => to.addCommand((await import('./audit.ts')).auditCommand()),
  systems: async (to) => (await import('../register/cli.ts')).registerCommands(to),
};

allowReadersToLeave();

const program = new Command('taalil')
  .description("Make a public administration's algorithms answerable to the people they decide about.")
  .showHelpAfterError('(run with --help to see what is possible)')
  .exitOverride();

const [wanted = ''] = process.argv.slice(2);
const given = Object.hasOwn(COMMANDS, wanted) ? [COMMANDS[wanted]] : Object.values(COMMANDS);
for (const load of given) await load?.(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 3;
  else if (error instanceof PlatformError) {
    console.error(`${error.message}${error.details.mend === undefined ? '' : `\n${error.details.mend}`}`);
    for (const { where, what } of error.details.faults ?? []) console.error(`  ${where}: ${what}`);
    process.exitCode = 3;
  } else throw error;
}
