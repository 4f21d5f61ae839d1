import { ExplainError } from '../error.ts';
import { parseFloatJson } from '../files/json.ts';
import type { Rows } from '../forest/rows.ts';
import { Field } from '../formats/document.ts';
import type { BlackBoxModel } from './model.ts';

/** Who may be asked, and how long. */
export interface BlackBoxAccess {
  /** Origins that may be asked, `https://models.example`; a model file from outside alone opens no connection. */
  readonly allow: readonly string[];
  /** Sent with every request, for credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds for one request, 10,000 by default. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}

/** Answers rows: rows × outputs. */
export type AskRows = (rows: Rows) => Promise<Float64Array>;

const TIMEOUT = 10_000;

/**
 * A function that asks the model behind the address.
 *
 * One request is `POST {"rows": [[number or null, …], …]}` with null for a missing value, its answer
 * `{"outputs": [[number, …], …]}` with one list per row. Rows travel in the body, never in the address; redirects are not
 * followed; the answer is read up to the size that it can have.
 * @throws {ExplainError} `not-allowed` at once for an origin that is not allowed; later `unreachable` (no answer in time, or
 *   one that is not 200) and `bad-answer` (not the announced form). Neither names rows or repeats what was answered.
 */
export function askOver(model: BlackBoxModel, access: BlackBoxAccess): AskRows {
  const { origin } = new URL(model.url);
  if (!access.allow.includes(origin))
    throw new ExplainError(
      'not-allowed',
      'url',
      `${origin} is not among the origins that may be asked; allow it first`,
    );
  const columns = model.features.length;
  return async (rows) => {
    const answers = new Float64Array(rows.count * model.outputs);
    for (let first = 0; first < rows.count; first += model.batch) {
      const count = Math.min(model.batch, rows.count - first);
      const part = rows.data.subarray(first * columns, (first + count) * columns);
      answers.set(await askOnce(model, access, part, count), first * model.outputs);
    }
    return answers;
  };
}

async function askOnce(
  model: BlackBoxModel,
  access: BlackBoxAccess,
  data: Float32Array | Float64Array,
  count: number,
): Promise<Float64Array> {
  const columns = model.features.length;
  const rows = Array.from({ length: count }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), (value) =>
      Number.isNaN(value) ? null : value,
    ),
  );
  const most = 256 + count * (model.outputs * 32 + 8);
  const bytes = await post(model.url, JSON.stringify({ rows }), access, most);
  return outputsOf(bytes, count, model.outputs, most);
}

async function post(url: string, body: string, access: BlackBoxAccess, most: number): Promise<Uint8Array> {
  const time = AbortSignal.timeout(access.timeout ?? TIMEOUT);
  const signal = access.signal === undefined ? time : AbortSignal.any([time, access.signal]);
  try {
    const response = await (access.fetch ?? fetch)(url, {
      method: 'POST',
      body,
      headers: { ...access.headers, 'content-type': 'application/json', accept: 'application/json' },
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new ExplainError('unreachable', 'url', `the model answered with status ${response.status}`);
    }
    return await limited(response, most);
  } catch (error) {
    if (error instanceof ExplainError) throw error;
    const what = time.aborted
      ? 'did not answer in time'
      : access.signal?.aborted
        ? 'was not asked to the end'
        : 'cannot be reached';
    throw new ExplainError('unreachable', 'url', `the model ${what}; nothing is explained`);
  }
}

async function limited(response: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > most) {
      throw new ExplainError(
        'bad-answer',
        'answer',
        `has more than the ${most} bytes that the rows asked for can take`,
      );
    }
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

function outputsOf(bytes: Uint8Array, count: number, outputs: number, maxBytes: number): Float64Array {
  try {
    const lists = new Field(
      parseFloatJson(bytes, { maxBytes, maxDepth: 4, maxValues: 10 * count + 100 }),
      'answer',
    )
      .get('outputs')
      .items();
    const numbers = lists.flatMap((list) => [...list.numbers(outputs)]);
    if (numbers.length === count * outputs && numbers.every(Number.isFinite))
      return Float64Array.from(numbers);
  } catch (error) {
    if (!(error instanceof ExplainError)) throw error;
  }
  throw new ExplainError(
    'bad-answer',
    'answer',
    `is not {"outputs": [[${outputs} finite numbers] for each of ${count} rows]}`,
  );
}
