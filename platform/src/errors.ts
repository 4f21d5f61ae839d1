/**
 * Everything that can go wrong and that a caller can mend or must know.
 *
 * `invalid-*`, `unknown-*` and `not-allowed` change nothing. `conflict` means that somebody else was faster.
 */
export type PlatformErrorCode =
  | 'invalid-request'
  | 'invalid-input'
  | 'invalid-model'
  | 'invalid-record'
  | 'too-large'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'not-live'
  | 'suspended'
  | 'stale-version'
  | 'idempotency-reused'
  | 'conflict'
  | 'held'
  | 'rate-limited'
  | 'person-required'
  | 'not-competent'
  | 'not-certified'
  | 'not-independent'
  | 'reasons-insufficient'
  | 'erased'
  | 'altered-record'
  | 'unchecked-explanation'
  | 'writer-held'
  | 'fenced'
  | 'store-unavailable';

const STATUS: Record<PlatformErrorCode, number> = {
  'invalid-request': 400,
  'invalid-input': 422,
  'invalid-model': 422,
  'invalid-record': 422,
  'too-large': 413,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'not-live': 409,
  suspended: 409,
  'stale-version': 409,
  'idempotency-reused': 422,
  conflict: 409,
  held: 409,
  'rate-limited': 429,
  'person-required': 409,
  'not-competent': 403,
  'not-certified': 403,
  'not-independent': 403,
  'reasons-insufficient': 422,
  erased: 410,
  'altered-record': 500,
  'unchecked-explanation': 500,
  'writer-held': 503,
  fenced: 503,
  'store-unavailable': 503,
};

export interface ErrorDetails {
  /** Where: a JSON pointer, a field, a file. Never a person's data. */
  readonly where?: string;
  /** How to mend it, as an instruction. */
  readonly mend?: string;
  /** Several faults of one request, each with its place. */
  readonly faults?: readonly { readonly where: string; readonly what: string }[];
  readonly cause?: unknown;
  /** Seconds after which a retry makes sense (`rate-limited`, `store-unavailable`). */
  readonly retryAfter?: number;
}

export class PlatformError extends Error {
  readonly code: PlatformErrorCode;
  readonly status: number;
  readonly details: ErrorDetails;

  constructor(code: PlatformErrorCode, what: string, details: ErrorDetails = {}) {
    super(what, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'PlatformError';
    this.code = code;
    this.status = STATUS[code];
    this.details = details;
  }
}
