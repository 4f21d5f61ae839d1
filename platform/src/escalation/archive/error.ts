/**
 * - `broken`: something in the archive is not what was issued; `file` names it;
 * - `untrusted`: the archive was not issued under the key that was given;
 * - `malformed`: not such an archive.
 */
export type BundleErrorCode = 'broken' | 'untrusted' | 'malformed';

/** Why an archive does not verify. `file` is the path in the archive, or the place in its bytes. */
export class BundleError extends Error {
  readonly code: BundleErrorCode;
  readonly file: string;

  constructor(code: BundleErrorCode, file: string, what: string, options?: ErrorOptions) {
    super(what, options);
    this.name = 'BundleError';
    this.code = code;
    this.file = file;
  }
}
