/**
 * What went wrong. The kind (see {@link LogErrorKind}) follows from the code:
 *
 * - *malformed*: the bytes are not what their specification describes; nothing can be said about them.
 * - *untrusted*: the bytes are well formed, but nobody we accept vouches for them.
 * - *broken*: somebody we accept is named, and the proof or signature does not hold. Keep the bytes: it may be evidence.
 * - *unsupported*: this runtime lacks the algorithm; check elsewhere (a server, a newer browser).
 * - *refused*: another party, or another writer, said no; the message says what to do.
 * - *misuse*: the caller passed something that cannot be meant.
 */
export type LogErrorCode =
  | 'malformed-base64'
  | 'malformed-note'
  | 'malformed-key'
  | 'malformed-checkpoint'
  | 'malformed-proof'
  | 'malformed-path'
  | 'malformed-tile'
  | 'malformed-bundle'
  | 'malformed-json'
  | 'malformed-entry'
  | 'malformed-receipt'
  | 'malformed-policy'
  | 'malformed-request'
  | 'malformed-response'
  | 'no-accepted-signature'
  | 'unknown-origin'
  | 'quorum-not-met'
  | 'bad-signature'
  | 'bad-inclusion-proof'
  | 'bad-consistency-proof'
  | 'bad-root'
  | 'bad-tile'
  | 'bad-entry'
  | 'bad-commitment'
  | 'bad-chain'
  | 'unsupported-algorithm'
  | 'witness-refused'
  | 'witness-ahead'
  | 'witness-disagrees'
  | 'log-conflict'
  | 'log-closed'
  | 'invalid-argument';

export type LogErrorKind = 'malformed' | 'untrusted' | 'broken' | 'unsupported' | 'refused' | 'misuse';

const UNTRUSTED: readonly LogErrorCode[] = ['no-accepted-signature', 'unknown-origin', 'quorum-not-met'];
const REFUSED: readonly LogErrorCode[] = [
  'witness-refused',
  'witness-ahead',
  'witness-disagrees',
  'log-conflict',
  'log-closed',
];

/** The kind of a code; see {@link LogErrorCode}. */
export function kindOf(code: LogErrorCode): LogErrorKind {
  if (code.startsWith('malformed-')) return 'malformed';
  if (code.startsWith('bad-')) return 'broken';
  if (UNTRUSTED.includes(code)) return 'untrusted';
  if (REFUSED.includes(code)) return 'refused';
  return code === 'unsupported-algorithm' ? 'unsupported' : 'misuse';
}

/** The one error of this package. `details` holds only public values (sizes, names, positions), safe to log. */
export class LogError extends Error {
  readonly code: LogErrorCode;
  readonly kind: LogErrorKind;
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(code: LogErrorCode, message: string, details: Record<string, string | number | boolean> = {}) {
    super(message);
    this.name = 'LogError';
    this.code = code;
    this.kind = kindOf(code);
    this.details = details;
  }
}
