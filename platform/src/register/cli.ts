import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { PlatformError, type PlatformErrorCode } from '../errors.ts';
import type { Problem } from '../problem.ts';

interface Connection {
  readonly url: string;
  readonly key?: string;
}

type Call = (path: string, init?: RequestInit) => Promise<Response>;

/** Adds `taalil systems …`: what an agency does with its systems, through the API. */
export function registerCommands(program: Command, fetcher: typeof fetch = fetch): void {
  const systems = program.command('systems').description("An agency's systems in the public register");
  const connected = (name: string, what: string) =>
    systems
      .command(name)
      .description(what)
      .requiredOption('--url <url>', 'address of the platform, such as https://taalil.example')
      .option(
        '--key <key>',
        "API key; better in the environment's TAALIL_KEY, where no list of processes shows it",
      );

  connected('publish', 'register a system, or publish a new version of it')
    .argument('<system>', 'the system id: a–z, 0–9 and -')
    .requiredOption('--record <file>', 'the public record, JSON')
    .requiredOption('--model <file>', 'the model file')
    .option('--sha256 <hash>', 'refuse to send the model file unless it has this SHA-256')
    .action(
      async (system: string, options: Connection & { record: string; model: string; sha256?: string }) => {
        const record = parseJson(await readFileText(options.record), options.record);
        const model = await readBytes(options.model);
        const sha256 = createHash('sha256').update(model).digest('hex');
        if (options.sha256 !== undefined && options.sha256.toLowerCase() !== sha256) {
          throw new PlatformError(
            'invalid-model',
            `${options.model} has the SHA-256 ${sha256}, not the one you gave.`,
            {
              where: '--sha256',
              mend: 'Check which file you mean; nothing was sent.',
            },
          );
        }
        const response = await caller(options, fetcher)(`/api/v1/systems/${encodeURIComponent(system)}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ record, model: { sha256, base64: model.toString('base64') } }),
        });
        const done = (await response.json()) as Record<string, unknown>;
        console.log(
          `${system}: ${done.outcome}, version ${done.version}, model version ${done.model_version}, ${done.status}, log entry ${done.log_index}`,
        );
      },
    );

  connected('status', 'show how systems stand, or change the status of one')
    .argument('[system]', 'one system; all that the key acts for when left out')
    .option(
      '--set <status>',
      'live, suspended or retired; two people re-arm a suspended system, on the staff pages',
    )
    .option('--reason-ar <text>', 'the reason in Arabic, published with the change')
    .option('--reason-fr <text>', 'the reason in French')
    .option('--reason-en <text>', 'the reason in English')
    .option('--json', 'print the answer as JSON')
    .action(async (system: string | undefined, options: Connection & StatusOptions) => {
      const call = caller(options, fetcher);
      const states = await statesOf(call, system, options);
      if (options.json) console.log(JSON.stringify(states, undefined, 2));
      else for (const state of states) console.log(tell(state));
      if (states.length === 0) console.error('No system is registered yet.');
    });
}

interface StatusOptions {
  readonly set?: string;
  readonly reasonAr?: string;
  readonly reasonFr?: string;
  readonly reasonEn?: string;
  readonly json?: boolean;
}

interface State {
  readonly system: string;
  readonly status: string;
  readonly version: number;
  readonly model_version: number;
  readonly model_sha256: string;
  readonly updated_at: string;
  readonly rearm_requested: boolean;
}

async function statesOf(call: Call, system: string | undefined, options: StatusOptions): Promise<State[]> {
  if (system === undefined) {
    if (options.set !== undefined) {
      throw new PlatformError('invalid-request', 'Say which system changes its status.', {
        where: '<system>',
      });
    }
    const response = await call('/api/v1/systems');
    return ((await response.json()) as { systems: State[] }).systems;
  }
  const path = `/api/v1/systems/${encodeURIComponent(system)}`;
  if (options.set === undefined) return [(await (await call(path)).json()) as State];
  const reason = Object.fromEntries(
    Object.entries({ ar: options.reasonAr, fr: options.reasonFr, en: options.reasonEn }).filter(
      ([, text]) => text !== undefined,
    ),
  );
  const response = await call(`${path}/status`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status: options.set, ...(Object.keys(reason).length === 0 ? {} : { reason }) }),
  });
  return [(await response.json()) as State];
}

function tell(state: State): string {
  return [
    state.system.padEnd(24),
    `${state.status}${state.rearm_requested ? ' (one of two has asked to re-arm)' : ''}`.padEnd(10),
    `version ${state.version}`,
    `model ${state.model_version} ${state.model_sha256.slice(0, 12)}…`,
    `since ${state.updated_at}`,
  ].join('  ');
}

/** Calls the API with the key; a problem becomes the error that the command prints. */
function caller({ url, key = process.env.TAALIL_KEY }: Connection, fetcher: typeof fetch): Call {
  if (key === undefined || key === '') {
    throw new PlatformError('unauthenticated', 'There is no API key.', {
      where: '--key',
      mend: 'Put it in the environment variable TAALIL_KEY, or give --key.',
    });
  }
  return async (path, init = {}) => {
    let response: Response;
    try {
      const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${key}` };
      response = await fetcher(new URL(path, url), { ...init, headers });
    } catch (cause) {
      throw new PlatformError('store-unavailable', `${url} cannot be reached.`, {
        where: '--url',
        mend: 'Check the address and the network.',
        cause,
      });
    }
    if (response.ok) return response;
    throw errorOf(response, await response.text());
  };
}

function errorOf(response: Response, text: string): PlatformError {
  if (!(response.headers.get('content-type') ?? '').startsWith('application/problem+json')) {
    return new PlatformError(
      'store-unavailable',
      `The server answered ${response.status} without saying why.`,
      {
        where: '--url',
        mend: 'Check that the address is that of a Taalil platform.',
      },
    );
  }
  const { title, code, where, mend, faults } = JSON.parse(text) as Problem;
  return new PlatformError(code as PlatformErrorCode, title, {
    ...(where === undefined ? {} : { where }),
    ...(mend === undefined ? {} : { mend }),
    ...(faults === undefined ? {} : { faults }),
  });
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new PlatformError('invalid-request', `${file} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}

async function readFileText(file: string): Promise<string> {
  return (await readBytes(file)).toString('utf8');
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlatformError('invalid-record', `${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
