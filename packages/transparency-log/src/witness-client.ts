import { asText, parseDecimal } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { LogError } from './error.ts';
import { formatNote, type Note, type NoteSignature, parseNote, parseSignatureLines } from './note.ts';
import { portableRuntime, type Runtime } from './runtime.ts';
import { hex8, type VerifierKey } from './verifier-key.ts';
import { verifyNote } from './verify-note.ts';
import { formatAddCheckpoint } from './witness-request.ts';

/** What came back over HTTP. */
export interface WitnessAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

export interface Submission {
  /** The checkpoint signed by the log. */
  readonly note: string;
  /** Keys of the witness that is asked. */
  readonly keys: readonly VerifierKey[];
  /** Size the witness is believed to have; 0 when not known. */
  readonly oldSize: number;
  /** Consistency proof from a smaller size to the checkpoint's; empty from 0. */
  readonly prove: (size1: number, size2: number) => Promise<readonly Uint8Array[]>;
  /** Posts a body to the witness's add-checkpoint. Times out on its own and throws when there is no answer. */
  readonly post: (body: string) => Promise<WitnessAnswer>;
  readonly runtime?: Runtime;
}

/**
 * Asks a witness to cosign (C2SP tlog-witness, "add-checkpoint", the client's side), going back once or twice when it
 * answers 409 with the size it has. Returns its cosignatures, all of them verified; lines of unknown keys are dropped.
 *
 * Throws `witness-ahead` when it knows a larger tree than this checkpoint (another submission was faster; or this log has
 * been set back, then stop signing: `details.size`), `witness-disagrees` (it has another root of this very size: one of the
 * two has forked), `witness-refused` (`details.status`), `bad-signature`,
 * `no-accepted-signature`, `malformed-response`, and whatever `post` and `prove` throw.
 */
export async function requestCosignatures(submission: Submission): Promise<NoteSignature[]> {
  const { note, keys, prove, post, runtime = portableRuntime } = submission;
  const parsed = parseNote(note);
  const { size } = parseCheckpoint(parsed.text);
  let oldSize = submission.oldSize;
  for (let attempt = 0; attempt < 3; attempt++) {
    if (oldSize > size) {
      throw new LogError(
        'witness-ahead',
        `The witness has cosigned size ${oldSize}, the checkpoint is of ${size}.`,
        {
          size: oldSize,
        },
      );
    }
    const proof = oldSize === 0 ? [] : await prove(oldSize, size);
    const answer = await post(formatAddCheckpoint({ oldSize, proof, note }));
    if (answer.status === 200) return readCosignatures(answer.body, parsed.text, keys, runtime);
    const sizeTold = answer.status === 409 && answer.contentType === SIZE_TYPE;
    // Another root of this very size: 422, and a 409 that tells no other size where a witness keeps to tlog-witness v1.0.0.
    if (oldSize === size && (answer.status === 422 || (answer.status === 409 && !sizeTold))) {
      throw disagrees(size);
    }
    if (answer.status !== 409) throw refused(answer);
    const recorded = readConflict(answer);
    if (recorded === oldSize && oldSize === size) throw disagrees(size);
    oldSize = recorded;
  }
  throw new LogError('witness-refused', 'The witness answered 409 three times.', { status: 409 });
}

/** Body of 200 (C2SP tlog-witness, "add-checkpoint"): signature lines over the checkpoint text; keeps those of `keys`, each verified. */
export async function readCosignatures(
  body: string | Uint8Array,
  text: string,
  keys: readonly VerifierKey[],
  runtime: Runtime = portableRuntime,
): Promise<NoteSignature[]> {
  const lines = asResponse(() => parseSignatureLines(asText(body, 'malformed-response')));
  const { ignored } = await verifyNote({ text, signatures: lines }, keys, runtime);
  return lines.filter((line) => !ignored.includes(line));
}

const SIZE_TYPE = 'text/x.tlog.size';

function disagrees(size: number): LogError {
  return new LogError('witness-disagrees', `The witness has another root for size ${size}.`, { size });
}

function readConflict({ contentType, body }: WitnessAnswer): number {
  const text = asText(body, 'malformed-response');
  if (contentType !== SIZE_TYPE || !text.endsWith('\n')) {
    throw new LogError(
      'malformed-response',
      'A 409 of a witness must be text/x.tlog.size: a decimal and a newline.',
    );
  }
  return parseDecimal(text.slice(0, -1), 'malformed-response', 'recorded size');
}

function refused({ status, body }: WitnessAnswer): LogError {
  const why = typeof body === 'string' ? body.slice(0, 200).trim() : '';
  return new LogError('witness-refused', `The witness answered ${status}${why === '' ? '' : `: ${why}`}.`, {
    status,
  });
}

function asResponse<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new LogError(
      'malformed-response',
      `The witness's answer is no signature lines: ${(error as Error).message}`,
    );
  }
}

/**
 * Adds signature lines to a signed note (signed-note, "Signatures"); a line by a key that is there already replaces the older one, so a checkpoint
 * holds one cosignature a key.
 */
export function addSignatures(note: string | Note, added: readonly NoteSignature[]): string {
  const { text, signatures } = typeof note === 'string' ? parseNote(note) : note;
  const lines = new Map<string, NoteSignature>();
  for (const line of [...signatures, ...added]) lines.set(`${hex8(line.keyId)} ${line.name}`, line);
  return formatNote({ text, signatures: [...lines.values()] });
}
