import { Command, CommanderError } from 'commander';
import { PlatformError } from '../errors.ts';
import { registerCommands } from '../register/cli.ts';
import { auditCommand } from './audit.ts';
import { backupCommand } from './backup.ts';
import { bundleCommand } from './bundle.ts';
import { eraseCommand } from './erase.ts';
import { explainCliCommand } from './explain.ts';
import { keysCommand } from './keys.ts';
import { languagesCommand } from './languages.ts';
import { logCommand } from './log.ts';
import { normsCommand } from './norms.ts';
import { openapiCommand } from './openapi.ts';
import { allowReadersToLeave } from './pipe.ts';
import { receiptCommand } from './receipt.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { setupCommands } from './setup.ts';
import { storeCommand } from './store.ts';
import { witnessCommand } from './witness.ts';

allowReadersToLeave();

const program = new Command('taalil')
  .description("Make a public administration's algorithms answerable to the people they decide about.")
  .showHelpAfterError('(run with --help to see what is possible)')
  .exitOverride();

program.addCommand(serveCommand());
for (const command of setupCommands()) program.addCommand(command);
program.addCommand(openapiCommand());
program.addCommand(receiptCommand());
program.addCommand(bundleCommand());
program.addCommand(logCommand());
program.addCommand(storeCommand());
program.addCommand(witnessCommand());
program.addCommand(backupCommand());
program.addCommand(restoreCommand());
program.addCommand(eraseCommand());
program.addCommand(keysCommand());
program.addCommand(explainCliCommand());
program.addCommand(languagesCommand());
program.addCommand(normsCommand());
program.addCommand(auditCommand());
registerCommands(program);

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
