import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import { addKnownLog, makeWitness } from '../witness/witness.ts';

/** Two invented institutions; each runs its witness as a process of its own. */
const INSTITUTIONS = [
  {
    name: 'universite',
    keyName: 'temoin.universite.specimen.example',
    operator: {
      ar: 'كلية حقوق (مؤسسة مختلقة)',
      fr: 'Une faculté de droit (institution inventée)',
      en: 'A faculty of law (invented institution)',
    },
  },
  {
    name: 'barreau',
    keyName: 'temoin.barreau.specimen.example',
    operator: {
      ar: 'هيئة محامين (مؤسسة مختلقة)',
      fr: "Un ordre d'avocats (institution inventée)",
      en: 'A bar association (invented institution)',
    },
  },
] as const;

/** What the demonstration makes for its witnesses, in its folder. */
export const WITNESS_FOLDERS = ['witnesses', ...INSTITUTIONS.map(({ name }) => `witness-${name}`)];

export interface DemonstrationWitness {
  readonly name: string;
  readonly url: string;
  readonly keyName: string;
}

export interface DemonstrationWitnesses {
  readonly all: readonly DemonstrationWitness[];
  /** Makes the logs known to the witnesses, and sets their clocks to the demonstration's. */
  introduce(vkeys: readonly string[], clock: Clock): void;
  stop(): Promise<void>;
}

/**
 * Starts the demonstration's two witnesses, made where there are none, and writes the policy by which the platform asks
 * them: both must cosign. They end with this process.
 */
export async function startWitnesses(folder: string): Promise<DemonstrationWitnesses> {
  const started: { child: ChildProcess; folder: string; url: string; vkey: string }[] = [];
  const stop = async () => {
    await Promise.all(
      started.map(async ({ child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGTERM');
        await once(child, 'exit');
      }),
    );
  };
  try {
    started.push(...(await Promise.all(INSTITUTIONS.map((one) => startOne(folder, one)))));
  } catch (error) {
    await stop();
    throw error;
  }
  writeSetup(join(folder, 'witnesses'), started);
  return {
    all: INSTITUTIONS.map(({ name, keyName }, i) => ({ name, keyName, url: started[i]?.url as string })),
    introduce(vkeys, clock) {
      for (const { child, folder: own } of started) {
        for (const vkey of vkeys) addKnownLog(own, `log ${vkey}`);
        child.send({ aheadMs: clock.now().epochMilliseconds - Date.now() });
      }
    },
    stop,
  };
}

async function startOne(folder: string, { name, keyName }: (typeof INSTITUTIONS)[number]) {
  const own = join(folder, `witness-${name}`);
  if (!existsSync(join(own, 'witness.key'))) makeWitness(own, keyName);
  const child = fork(join(import.meta.dirname, '../witness/process.ts'), [own]);
  const told = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)]);
  if (told === undefined) {
    throw new PlatformError('store-unavailable', `The witness in ${own} did not start.`, {
      where: own,
      mend: 'See what it wrote above.',
    });
  }
  // Neither keeps this process alive; when it ends, the channel closes and the witness ends too.
  child.unref();
  child.channel?.unref();
  const { url, vkeys } = told[0] as { url: string; vkeys: string[] };
  return { child, folder: own, url, vkey: vkeys[0] as string };
}

function writeSetup(folder: string, started: readonly { url: string; vkey: string }[]): void {
  const names = INSTITUTIONS.map(({ name }) => name);
  const lines = INSTITUTIONS.map(({ name }, i) => `witness ${name} ${started[i]?.vkey} ${started[i]?.url}`);
  const policy = [...lines, `group both all ${names.join(' ')}`, 'quorum both', ''].join('\n');
  const operators = Object.fromEntries(INSTITUTIONS.map(({ name, operator }) => [name, operator]));
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of [
    ['operators.json', `${JSON.stringify(operators, undefined, 2)}\n`],
    ['policy', policy],
  ] as const) {
    writeFileSync(join(folder, `${file}.part`), text);
    renameSync(join(folder, `${file}.part`), join(folder, file));
  }
}
