/** Why a model file, a set of facts or a question was refused. */
export type ExplainErrorCode =
  // the file as a file
  | 'too-large'
  | 'not-utf8'
  | 'syntax'
  | 'duplicate-key'
  | 'too-deep'
  | 'unknown-format'
  // the model that the file describes
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-type'
  | 'bad-name'
  | 'bad-decimal'
  | 'out-of-limits'
  | 'unknown-fact'
  | 'unused-fact'
  | 'duplicate-id'
  | 'missing-segment'
  | 'unreachable-segment'
  | 'missing-value'
  | 'bad-transform'
  | 'bad-outcome'
  | 'bad-tree'
  | 'bad-graph'
  | 'unsupported'
  // the facts of one case
  | 'fact-missing'
  | 'fact-unknown'
  | 'fact-type'
  | 'fact-range'
  // rows of numbers
  | 'bad-rows'
  // a question to the model
  | 'no-cover'
  | 'bad-question'
  // rules and models behind an address
  | 'rules-failed'
  | 'not-replayed'
  | 'not-allowed'
  | 'unreachable'
  | 'bad-answer'
  | 'worker-failed'
  // a broken promise of this library, never the caller's doing
  | 'not-additive';

/**
 * Refusal by this package.
 *
 * `path` is the place inside the file (`segments.urban.characteristics[3].coefficient`) or the name of the fact;
 * `message` says what is wrong, where, and how to mend it.
 */
export class ExplainError extends Error {
  readonly code: ExplainErrorCode;
  readonly path: string;
  private readonly what: string;

  constructor(code: ExplainErrorCode, path: string, message: string) {
    super(path === '' ? message : `${path}: ${message}`);
    this.name = 'ExplainError';
    this.code = code;
    this.path = path;
    this.what = message;
  }

  /** The same refusal with the name of the file in front of its place: `rows.csv, line 3, column age`. */
  inFile(name: string): ExplainError {
    return new ExplainError(this.code, this.path === '' ? name : `${name}, ${this.path}`, this.what);
  }
}
