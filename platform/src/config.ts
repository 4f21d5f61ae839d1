import { isIP } from 'node:net';
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
  const folder = resolve(env.TAALIL_DATA ?? 'data');
  return {
    host: env.HOST ?? '127.0.0.1',
    port: portOf(env, 'PORT', '8080'),
    folder,
    fence: env.TAALIL_FENCE === undefined ? join(folder, 'fence') : resolve(env.TAALIL_FENCE),
    database: databaseOf(env.DATABASE_URL),
    witnesses: env.TAALIL_WITNESSES === undefined ? join(folder, 'witnesses') : resolve(env.TAALIL_WITNESSES),
  };
}

/** What a platform in production needs to know besides. */
export interface ProductionConfig extends Config {
  /** Schema-less host and path prefix of log origins, for good: `TAALIL_ORIGIN`, such as `taalil.example.ma/log`. */
  readonly originPrefix: string;
  /** What browsers see, such as `https://taalil.example.ma`: `PUBLIC_ORIGIN`. */
  readonly publicOrigin: string;
  /** `TRUSTED_PROXIES` (0). */
  readonly trustedProxies: number;
  /** Where health and metrics are, apart from the public: `TAALIL_OPERATOR_HOST` (127.0.0.1), `TAALIL_OPERATOR_PORT` (9464). */
  readonly operatorHost: string;
  readonly operatorPort: number;
  /** How long a leaving process answers while it is not ready any more: `TAALIL_DRAIN_SECONDS` (5). */
  readonly drainSeconds: number;
  /** File of the identity providers: `TAALIL_IDENTITY` (`identity.json` in the data folder). */
  readonly identity: string;
  /** Private networks in which receivers of webhooks may stand: `TAALIL_WEBHOOK_NETWORKS`, CIDR, joined by commas (none). */
  readonly webhookNetworks: readonly string[];
}

/** Reads the environment of a platform in production. Throws `invalid-request`, which names the setting. */
export function readProductionConfig(env: NodeJS.ProcessEnv): ProductionConfig {
  const publicOrigin = env.PUBLIC_ORIGIN ?? '';
  if (!URL.canParse(publicOrigin) || new URL(publicOrigin).origin !== publicOrigin) {
    throw wrong(
      'PUBLIC_ORIGIN',
      'Set it to what browsers see: scheme, host and port, such as https://taalil.example.ma.',
    );
  }
  const originPrefix = env.TAALIL_ORIGIN ?? '';
  if (!/^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9._-]+)*$/.test(originPrefix)) {
    throw wrong(
      'TAALIL_ORIGIN',
      'Set it to the name of your logs, for good: host and path, such as taalil.example.ma/log.',
    );
  }
  const config = readConfig(env);
  return {
    ...config,
    identity: resolve(env.TAALIL_IDENTITY ?? join(config.folder, 'identity.json')),
    originPrefix,
    publicOrigin,
    trustedProxies: wholeOf(env, 'TRUSTED_PROXIES', 0, 10),
    operatorHost: env.TAALIL_OPERATOR_HOST ?? '127.0.0.1',
    operatorPort: portOf(env, 'TAALIL_OPERATOR_PORT', '9464'),
    drainSeconds: wholeOf(env, 'TAALIL_DRAIN_SECONDS', 5, 300),
    webhookNetworks: networksOf(env.TAALIL_WEBHOOK_NETWORKS ?? ''),
  };
}

function networksOf(text: string): string[] {
  const networks = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const network of networks) {
    const [address = '', prefix = '', ...rest] = network.split('/');
    const bits = isIP(address) === 6 ? 128 : 32;
    if (isIP(address) === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits || rest.length > 0) {
      throw wrong('TAALIL_WEBHOOK_NETWORKS', 'Set it to networks such as 10.20.0.0/16, joined by commas.');
    }
  }
  return networks;
}

function wholeOf(env: NodeJS.ProcessEnv, name: string, unset: number, most: number): number {
  const text = env[name] ?? String(unset);
  if (/^\d{1,6}$/.test(text) && Number(text) <= most) return Number(text);
  throw wrong(name, `Set it to a whole number from 0 to ${most}.`);
}

function portOf(env: NodeJS.ProcessEnv, name: string, unset: string): number {
  const text = env[name] ?? unset;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw wrong(name, 'Set it to a number from 0 to 65535; 0 takes a free one.');
}

function wrong(name: string, mend: string): PlatformError {
  return new PlatformError('invalid-request', `${name} is missing or not valid.`, { where: name, mend });
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
