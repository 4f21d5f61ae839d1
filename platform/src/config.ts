import { resolve } from 'node:path';
import { PlatformError } from './errors.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** The data folder. */
  readonly folder: string;
}

/** Reads the environment: `HOST` (127.0.0.1), `PORT` (8080), `TAALIL_DATA` (./data). */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const port = env.PORT ?? '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new PlatformError('invalid-request', `PORT is "${port}", which is no port.`, {
      where: 'PORT',
      mend: 'Set it to a number from 0 to 65535; 0 takes a free one.',
    });
  }
  return {
    host: env.HOST ?? '127.0.0.1',
    port: Number(port),
    folder: resolve(env.TAALIL_DATA ?? 'data'),
  };
}
