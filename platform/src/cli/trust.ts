import { readFileSync } from 'node:fs';
import { type Cosignature, parsePolicy, type Trust } from '@taalil/transparency-log';
import { PlatformError } from '../errors.ts';

export interface TrustOptions {
  readonly key?: string;
  readonly policy?: string;
}

/**
 * Whom the caller believes. A policy alone must list the log; a key takes the place of the logs that it lists. Throws
 * `invalid-request` where neither is given.
 */
export function trustOf({ key, policy: file }: TrustOptions): Trust {
  if (file === undefined) {
    if (key !== undefined) return { vkey: key };
    throw new PlatformError('invalid-request', 'It is not said whose log this should be.', {
      mend: 'Give --key VKEY, or --policy FILE with a policy that lists the log.',
    });
  }
  const policy = parsePolicy(readFileSync(file));
  if (key === undefined) return { policy };
  const { logs } = parsePolicy(`log ${key}\nquorum none\n`);
  return { policy: { ...policy, logs } };
}

/** One line for each witness of the policy that co-signed. */
export function tellCosignatures(cosignatures: readonly Cosignature[]): string[] {
  return cosignatures.map(({ witness, timestamp }) => {
    return `  co-signed by ${witness} at ${new Date(timestamp * 1_000).toISOString()}`;
  });
}
