import { LogError } from './error.ts';
import { parseVerifierKey, type VerifierKey } from './verifier-key.ts';

/** A rule over witnesses (C2SP tlog-policy, "Defining the quorum"). */
export type Quorum =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly name: string; readonly witness: PolicyWitness }
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly threshold: number;
      readonly members: readonly Quorum[];
    };

export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url?: string;
}

export interface PolicyWitness extends PolicyLog {
  /** Name within the policy, for people; not the key's name. */
  readonly name: string;
}

/** Whom a verifier believes (C2SP tlog-policy): any one of the logs, and the quorum of witnesses. */
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly quorum: Quorum;
}

/**
 * What a verifier accepts: one or more keys of logs, or a policy.
 *
 * `origin` is the log the caller means. Given with keys, it pairs them; else the origin must be the name of the key that
 * signed (tlog-policy, "Defining a log"). A policy that lists no log needs it: its witnesses may cosign many logs.
 */
export type Trust =
  | { readonly vkey: string | VerifierKey | readonly (string | VerifierKey)[]; readonly origin?: string }
  | { readonly policy: Policy; readonly origin?: string };

/** The policy behind a {@link Trust}; keys alone mean `quorum none`. Throws `malformed-key`, `invalid-argument`. */
export function policyOf(trust: Trust): Policy {
  const policy = 'policy' in trust ? trust.policy : keysOnly([trust.vkey].flat());
  if (policy.logs.length === 0 && (policy.quorum.kind === 'none' || trust.origin === undefined)) {
    throw new LogError(
      'invalid-argument',
      'A policy without a log needs a quorum of witnesses and the origin that is meant.',
    );
  }
  return policy;
}

function keysOnly(keys: readonly (string | VerifierKey)[]): Policy {
  const logs = keys.map((key) => ({ key: typeof key === 'string' ? parseVerifierKey(key) : key }));
  return { logs, witnesses: [], quorum: { kind: 'none' } };
}

/** Whether the witnesses that cosigned satisfy the quorum (C2SP tlog-policy, "Defining the quorum"). */
export function quorumMet(quorum: Quorum, cosigned: ReadonlySet<PolicyWitness>): boolean {
  if (quorum.kind === 'none') return true;
  if (quorum.kind === 'witness') return cosigned.has(quorum.witness);
  return quorum.members.filter((member) => quorumMet(member, cosigned)).length >= quorum.threshold;
}
