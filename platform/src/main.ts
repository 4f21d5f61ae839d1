import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareWorld, WORLD_END } from '../worlds/soutien-menages/world.ts';
import { taxWorld } from '../worlds/tax-audit/world.ts';
import { makeWorlds } from '../worlds/weeks.ts';
import { VirtualClock } from './clock.ts';
import { readConfig } from './config.ts';
import { readAccessFile, writeAccessFile } from './demonstration/access-file.ts';
import { resumeDemonstrationClock, startDemonstrationClock } from './demonstration/clock.ts';
import { type DemonstrationAccess, startTable } from './demonstration/table.ts';
import { type DemonstrationWitnesses, startWitnesses, WITNESS_FOLDERS } from './demonstration/witnesses.ts';
import { PlatformError } from './errors.ts';
import { type OpenPlatform, openPlatform } from './open.ts';
import { startBackground } from './operations/background.ts';
import { progressBar } from './progress.ts';
import { serve } from './serve.ts';

/** Files that a demonstration makes in its folder; nothing else there is ever touched. */
const OWN = [
  'taalil.db',
  'taalil.db-wal',
  'taalil.db-shm',
  'vault.db',
  'vault.db-wal',
  'vault.db-shm',
  'keys',
  'fence',
  'making',
  ...WITNESS_FOLDERS,
];

/**
 * `npm start [-- --clean]`: makes the demonstration where there is none, two invented authorities beside each other, and
 * serves it. `--clean` makes the twins without planted faults.
 */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const clean = process.argv.includes('--clean');
  const { platform, access, witnesses } = await demonstration(config.folder, clean);
  const running = await serve(platform, config);
  const background = startBackground(platform);
  console.log(startTable(running.url, access, witnesses.all));

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await running.stop();
    await background.stop();
    await platform.close();
    await witnesses.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
}

interface Demonstration {
  readonly platform: OpenPlatform;
  /** One for each invented authority. */
  readonly access: readonly DemonstrationAccess[];
  readonly witnesses: DemonstrationWitnesses;
}

async function demonstration(folder: string, clean: boolean): Promise<Demonstration> {
  const accessFile = join(folder, 'demonstration.json');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A demonstration whose making was cut off is made anew; it holds nothing that anybody could miss.
  const marker = join(folder, 'making');
  if (existsSync(marker))
    for (const name of OWN) rmSync(join(folder, name), { recursive: true, force: true });
  const open = (clock: VirtualClock) =>
    openPlatform({ folder, clock, kind: 'demonstration', originPrefix: 'specimen.taalil.example/log' });
  if (existsSync(accessFile)) {
    const access = readAccessFile(accessFile);
    const clock = new VirtualClock(WORLD_END);
    const platform = await open(clock);
    if (await resumeDemonstrationClock(platform.store, clock)) {
      return withWitnesses(platform, access);
    }
    await platform.close();
  }
  if (existsSync(join(folder, 'taalil.db'))) {
    throw new PlatformError('store-unavailable', `${folder} holds a store that is not this demonstration.`, {
      mend: 'Set TAALIL_DATA to another folder.',
    });
  }
  writeFileSync(marker, '');
  const beginning = new VirtualClock(Temporal.Instant.fromEpochMilliseconds(0));
  const platform = await open(beginning);
  const worlds = [await prepareWorld(platform, beginning, { clean }), taxWorld(platform, { clean })];
  const access = await makeWorlds(beginning, worlds, (total) =>
    progressBar('Making the demonstration', total),
  );
  writeAccessFile(accessFile, access);
  await startDemonstrationClock(platform.store, beginning);
  rmSync(marker);
  return withWitnesses(platform, access);
}

async function withWitnesses(
  platform: OpenPlatform,
  access: readonly DemonstrationAccess[],
): Promise<Demonstration> {
  const witnesses = await startWitnesses(platform.folder);
  const logs = await Promise.all(access.map(({ authority }) => platform.ledger.vkey(authority)));
  witnesses.introduce(logs, platform.clock);
  return { platform, access, witnesses };
}

main().catch((error) => {
  if (!(error instanceof PlatformError)) throw error;
  console.error(`${error.message}\n${error.details.mend ?? ''}`);
  process.exitCode = 1;
});
