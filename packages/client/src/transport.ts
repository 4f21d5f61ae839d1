import type { Operations, Problem } from './api.ts';
import { ClientError } from './error.ts';

export interface ClientOptions {
  /** Address of the platform, such as `https://taalil.example`. */
  readonly url: string;
  /** The API key: what goes after `Bearer `. */
  readonly key: string;
  /** How often a request is sent at the most; 5 unless given. */
  readonly attempts?: number;
  /** How long one attempt may take, in milliseconds; 30,000 unless given. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

export interface Call<Id extends keyof Operations> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Operations[Id]['body'];
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent instead of `body`, as it is. */
  readonly raw?: { readonly type: string; readonly text: string };
  /** Whether sending it twice is as good as once: it reads, or carries an idempotency key. */
  readonly repeatable: boolean;
}

/** Statuses that may be gone a moment later. */
const PASSING = new Set([429, 502, 503, 504]);
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/**
 * Sends a request and waits for its answer. What may be sent twice is tried again when the platform cannot be reached, is busy or
 * is changing its writer: as it asks in `Retry-After`, else after a growing, jittered pause. Throws `ClientError`.
 */
export async function send<Id extends keyof Operations>(
  options: ClientOptions,
  method: string,
  path: string,
  call: Call<Id>,
): Promise<Response> {
  const { attempts = 5, timeoutMs = 30_000, fetch: fetcher = fetch } = options;
  const url = new URL(fill(path, call.params ?? {}), options.url);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const body = call.raw?.text ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
  const headers = {
    Authorization: `Bearer ${options.key}`,
    ...(body === undefined ? {} : { 'Content-Type': call.raw?.type ?? 'application/json' }),
    ...call.headers,
  };
  for (let attempt = 1; ; attempt++) {
    const last = attempt >= attempts || !call.repeatable;
    let response: Response;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      response = await fetcher(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    } catch (cause) {
      if (last) throw new ClientError('unreachable', `${url.origin} does not answer.`, { cause });
      await pause(attempt);
      continue;
    }
    if (response.ok) return response;
    if (last || !PASSING.has(response.status)) throw await errorOf(response);
    await response.body?.cancel();
    await pause(attempt, response.headers.get('retry-after'));
  }
}

function fill(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

async function errorOf(response: Response): Promise<ClientError> {
  const { status } = response;
  const text = await response.text();
  try {
    const problem = JSON.parse(text) as Problem;
    if (typeof problem.code === 'string')
      return new ClientError(problem.code, problem.title, { status, problem });
  } catch {
    // Not the platform's own answer: a proxy's, perhaps.
  }
  return new ClientError('not-understood', `The answer with status ${status} is not one of this API.`, {
    status,
  });
}

function pause(attempt: number, retryAfter?: string | null): Promise<void> {
  const asked = Number(retryAfter ?? Number.NaN) * 1_000;
  const grown = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
  const wait = Number.isFinite(asked) && asked > 0 ? Math.min(asked, LONGEST_WAIT_MS) : grown;
  return new Promise((resolve) => setTimeout(resolve, wait));
}
