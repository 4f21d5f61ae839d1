/** What can go wrong in the pages' shared parts. Every one is a fault of the program, never of a visitor. */
export type WebErrorCode =
  | 'missing-message'
  | 'missing-argument'
  | 'bad-argument'
  | 'bad-message'
  | 'not-attested'
  | 'bad-number'
  | 'bad-date'
  | 'no-site'
  | 'unknown-asset';

/** The one error of `web/`: its code says the kind, its message what, where and how to mend. */
export class WebError extends Error {
  override readonly name = 'WebError';
  readonly code: WebErrorCode;

  constructor(code: WebErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
