import { Command } from 'commander';
import { readProductionConfig } from '../config.ts';
import { logger } from '../logger.ts';
import { serveProduction } from '../operations/serve-production.ts';

/** `taalil serve`: one process of a platform in production; docs/operator.md has the settings. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve a platform in production; start it several times for several processes')
    .exitOverride()
    .action(async () => {
      const served = await serveProduction(readProductionConfig(process.env));
      console.log(`Serving ${served.url}; health and metrics at ${served.operatorUrl}.`);
      let stopping = false;
      const stop = async () => {
        if (stopping) return;
        stopping = true;
        await served
          .stop()
          .catch((error) => logger.error({ code: error.code ?? error.name }, 'not stopped cleanly'));
        process.exit(0);
      };
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
    });
}
