import { join, resolve } from 'node:path';
import { PlatformError } from './errors.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** The data folder. */
  readonly folder: string;
  /** Folder of the fence files, which no backup of the data folder may contain. */
  readonly fence: string;
  /** Address of the PostgreSQL database that holds the store; a file in the data folder where there is none. */
  readonly database: string | undefined;
  /** Folder with the policy of the witnesses that are asked. */
  readonly witnesses: string;
}

/**
 * Reads the environment: `HOST` (127.0.0.1), `PORT` (8080), `TAALIL_DATA` (./data), `TAALIL_FENCE` and `TAALIL_WITNESSES`
 * (`fence` and `witnesses` in it), `DATABASE_URL` (none: the embedded store).
 */
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
    database: databaseOf(env.DATABASE_URL),
    witnesses: env.TAALIL_WITNESSES === undefined ? join(folder, 'witnesses') : resolve(env.TAALIL_WITNESSES),
  };
}

function databaseOf(url: string | undefined): string | undefined {
  if (url === undefined || url === '') return undefined;
  if (URL.canParse(url) && /^postgres(?:ql)?:$/.test(new URL(url).protocol)) return url;
  // The address is not repeated: it may hold a password.
  throw new PlatformError('invalid-request', 'DATABASE_URL is no address of a PostgreSQL database.', {
    where: 'DATABASE_URL',
    mend: 'Set it to postgres://USER:PASSWORD@HOST:PORT/DATABASE, or leave it out for the embedded store.',
  });
}
