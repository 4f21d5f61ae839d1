import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { LogError } from './error.ts';
import { parseNote } from './note.ts';
import { portableRuntime, type Runtime } from './runtime.ts';
import { type Policy, type PolicyWitness, policyOf, quorumMet, type Trust } from './trust.ts';
import { isSameSigner, type VerifierKey } from './verifier-key.ts';
import {
  type NotePlan,
  planNote,
  settleNote,
  type VerifiedNote,
  type VerifiedSignature,
} from './verify-note.ts';

/** A witness that vouches for a checkpoint. */
export interface Cosignature {
  /** Name of the witness in the policy. */
  readonly witness: string;
  readonly key: VerifierKey;
  /** POSIX seconds. */
  readonly timestamp: number;
}

export interface VerifiedCheckpoint extends Checkpoint {
  /** The signed text. */
  readonly text: string;
  /** Keys of the log that signed; empty under a policy that lists no log. */
  readonly logKeys: readonly VerifierKey[];
  readonly cosignatures: readonly Cosignature[];
}

/**
 * Verifies a signed checkpoint: format (C2SP tlog-checkpoint), signatures of known keys (signed-note), the log among
 * those accepted, and the quorum of witnesses (tlog-policy).
 *
 * Throws `malformed-note`, `malformed-checkpoint`, `bad-signature`, `no-accepted-signature`, `unknown-origin`,
 * `quorum-not-met`, `unsupported-algorithm`.
 */
export async function verifyCheckpoint(
  input: string | Uint8Array,
  trust: Trust,
  runtime: Runtime = portableRuntime,
): Promise<VerifiedCheckpoint> {
  const steps = planCheckpoint(input, trust);
  const outcomes = await Promise.all(
    steps.plan.known.map(({ check }) => check && runtime.checkSignature(check)),
  );
  return steps.settle(settleNote(steps.plan, outcomes));
}

export interface CheckpointPlan {
  readonly plan: NotePlan;
  readonly settle: (note: VerifiedNote) => VerifiedCheckpoint;
}

/** {@link verifyCheckpoint} without its cryptography, for callers that check signatures synchronously. */
export function planCheckpoint(input: string | Uint8Array, trust: Trust): CheckpointPlan {
  const policy = policyOf(trust);
  const note = parseNote(input);
  const checkpoint = parseCheckpoint(note.text);
  const { origin } = checkpoint;
  const expected = trust.origin;
  // A log's key speaks for the origin of its name (tlog-policy, "Defining a log"), unless the caller pairs the two.
  const paired = 'vkey' in trust && expected !== undefined;
  const logs = policy.logs.filter(({ key }) => paired || key.name === origin);
  if ((expected !== undefined && expected !== origin) || (policy.logs.length > 0 && logs.length === 0)) {
    throw new LogError(
      'unknown-origin',
      `The checkpoint is of "${origin.slice(0, 100)}", a log that is not accepted.`,
      {
        origin,
      },
    );
  }
  const keys = [...logs, ...policy.witnesses].map(({ key }) => key);
  const settle = (verified: VerifiedNote) => ({
    ...checkpoint,
    text: note.text,
    logKeys: requireLog(
      verified.signatures,
      logs.map(({ key }) => key),
    ),
    cosignatures: requireQuorum(verified.signatures, policy),
  });
  return { plan: planNote(note, keys), settle };
}

function requireLog(signatures: readonly VerifiedSignature[], logs: readonly VerifierKey[]): VerifierKey[] {
  const signed = logs.filter((log) => signatures.some(({ key }) => isSameSigner(key, log)));
  if (signed.length === 0 && logs.length > 0) {
    throw new LogError('no-accepted-signature', 'No accepted key of the log signed the checkpoint.');
  }
  return signed;
}

function requireQuorum(signatures: readonly VerifiedSignature[], policy: Policy): Cosignature[] {
  const cosigned = new Set<PolicyWitness>();
  const cosignatures = policy.witnesses.flatMap((witness) =>
    signatures.flatMap(({ key, timestamp }) => {
      if (timestamp === undefined || !isSameSigner(key, witness.key)) return [];
      cosigned.add(witness);
      return [{ witness: witness.name, key, timestamp }];
    }),
  );
  const { quorum } = policy;
  if (!quorumMet(quorum, cosigned)) {
    const name = quorum.kind === 'none' ? 'none' : quorum.name;
    throw new LogError('quorum-not-met', `The cosignatures do not make up the quorum "${name}".`, {
      cosignatures: cosignatures.length,
    });
  }
  return cosignatures;
}
