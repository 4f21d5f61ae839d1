import { createHash } from 'node:crypto';
import type { VerifierKey, WitnessAnswer } from '@taalil/transparency-log';
import type { WitnessSetup } from './setup.ts';

/** One witness as it is asked: its address, and all keys that the policy knows of it. */
export interface AskedWitness {
  /** Its first name in the policy. */
  readonly name: string;
  /** Submission prefix, without a slash at the end. */
  readonly url: string;
  readonly keys: readonly VerifierKey[];
}

const ANSWER_MOST = 64 * 1024;

/** The witnesses of a policy that have an address; one that signs with two keys is asked once. */
export function askedWitnesses({ policy }: WitnessSetup): AskedWitness[] {
  const byUrl = new Map<string, AskedWitness>();
  for (const { name, key, url } of policy.witnesses) {
    if (url === undefined) continue;
    const prefix = url.replace(/\/+$/, '');
    const before = byUrl.get(prefix);
    byUrl.set(prefix, { name: before?.name ?? name, url: prefix, keys: [...(before?.keys ?? []), key] });
  }
  return [...byUrl.values()];
}

/** `POST add-checkpoint`. Throws when there is no whole answer within `timeoutMs`; never follows to another address. */
export async function postCheckpoint(url: string, body: string, timeoutMs: number): Promise<WitnessAnswer> {
  const response = await fetch(`${url}/add-checkpoint`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const contentType = response.headers.get('content-type') ?? '';
  return { status: response.status, contentType, body: await bodyOf(response) };
}

/**
 * The last checkpoint of a log that a witness cosigned, from `<prefix>/<SHA-256 of the origin>/checkpoint`; undefined where
 * it has none or does not offer that. Nothing of it is verified. Throws when there is no whole answer in time.
 */
export async function witnessRecord(
  url: string,
  origin: string,
  timeoutMs: number,
): Promise<Uint8Array | undefined> {
  const hash = createHash('sha256').update(origin).digest('hex');
  const response = await fetch(`${url}/${hash}/checkpoint`, {
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body = await bodyOf(response);
  return response.status === 200 ? body : undefined;
}

async function bodyOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > ANSWER_MOST) throw new Error(`the answer is longer than ${ANSWER_MOST} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
