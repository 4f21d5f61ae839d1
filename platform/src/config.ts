import { join, resolve } from 'node:path';
import { PlatformError } from './errors.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** The data folder. */
  readonly folder: string;
  /** Folder of the fence files, which no backup of the data folder may contain. */
  readonly fence: string;
}

/** Reads the environment: `HOST` (127.0.0.1), `PORT` (8080), `TAALIL_DATA` (./data), `TAALIL_FENCE` (`fence` in it). */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const port = env.PORT ?? '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new PlatformError('invalid-request', `PORT is "${port}", which is no port.`, {
      where: 'PORT',
      mend: 'Set it to a number from 0 to 65535; 0 takes a free one.',
    });
  }
  const folder = resolve(env.TAALIL_DATA ?? 'data');
  return {
    host: env.HOST ?? '127.0.0.1',
    port: Number(port),
    folder,
    fence: env.TAALIL_FENCE === undefined ? join(folder, 'fence') : resolve(env.TAALIL_FENCE),
  };
}
