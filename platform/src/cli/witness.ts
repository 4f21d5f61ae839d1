import { Command } from 'commander';
import { PlatformError } from '../errors.ts';
import { addKnownLog, makeWitness, startWitness } from '../witness/witness.ts';

/** `taalil witness …`: a complete witness that another institution runs on its own machine. */
export function witnessCommand(): Command {
  const witness = new Command('witness').description('Co-sign the logs of others').exitOverride();
  witness
    .command('init')
    .description('make a witness: a folder with its key, and the verifier key to publish')
    .argument('<dir>', 'the folder; never restore it from a backup')
    .requiredOption('--name <name>', 'its name, such as witness.institution.example')
    .option('--ml-dsa', 'add a second key, ML-DSA-44, which withstands quantum computers')
    .action((dir: string, { name, mlDsa }: { name: string; mlDsa?: boolean }) => {
      for (const vkey of makeWitness(dir, name, { mlDsa: mlDsa ?? false })) console.log(vkey);
    });
  witness
    .command('add')
    .alias('add-log')
    .description('cosign a log from now on; a running witness reads it within a second')
    .argument('<dir>')
    .argument('<vkey>', "the log's verifier key")
    .option('--origin <origin>', "its origin line, where that is not the key's name")
    .option('--every <seconds>', 'cosign it at most this often')
    .action((dir: string, vkey: string, { origin, every }: { origin?: string; every?: string }) => {
      const options = [origin && `origin=${origin}`, every && `every=${every}`].filter(Boolean);
      addKnownLog(dir, ['log', vkey, ...options].join(' '));
    });
  witness
    .command('serve')
    .description('run the witness')
    .argument('<dir>')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 takes a free one', '8081')
    .action(async (folder: string, { host, port }: { host: string; port: string }) => {
      if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
        throw new PlatformError('invalid-request', `"${port}" is no port.`, { where: '--port' });
      }
      const running = await startWitness({ folder, host, port: Number(port) });
      console.log(`Witness ${running.name} runs at ${running.url}`);
      for (const vkey of running.vkeys) console.log(`  ${vkey}`);
      const stop = () => void running.stop().then(() => process.exit(0));
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    });
  return witness;
}
