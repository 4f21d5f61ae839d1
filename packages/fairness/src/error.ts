/**
 * What was wrong with a file, an option or a call.
 *
 * - *files*: `no-file`, `remote`, `unreadable`, `broken-line`, `truncated`, `empty`;
 * - *columns*: `missing-column`, `all-null`, `one-group`, `too-many-groups`, `too-many-cells`, `positive-absent`,
 *   `bad-count`, `bad-weight`, `bad-score`;
 * - *options and calls*: `bad-option`, `bad-input`.
 */
export type FairnessErrorCode =
  | 'no-file'
  | 'remote'
  | 'unreadable'
  | 'broken-line'
  | 'truncated'
  | 'empty'
  | 'missing-column'
  | 'all-null'
  | 'one-group'
  | 'too-many-groups'
  | 'too-many-cells'
  | 'positive-absent'
  | 'bad-count'
  | 'bad-weight'
  | 'bad-score'
  | 'bad-option'
  | 'bad-input';

/** The one error of this package: what is wrong, where, and how to mend it. */
export class FairnessError extends Error {
  readonly code: FairnessErrorCode;
  readonly what: string;
  readonly where: string | undefined;
  readonly mend: string;

  constructor(code: FairnessErrorCode, what: string, { where, mend }: { where?: string; mend: string }) {
    super(`${where === undefined ? '' : `${where}: `}${what}. ${mend}`);
    this.name = 'FairnessError';
    this.code = code;
    this.what = what;
    this.where = where;
    this.mend = mend;
  }
}

/** Refuses counts that are no counts: `successes` of `total`, both finite, 0 ≤ successes ≤ total. */
export function checkCounts(successes: number, total: number): void {
  if (Number.isFinite(total) && successes >= 0 && successes <= total) return;
  throw new FairnessError('bad-input', `${successes} of ${total} is no rate`, {
    mend: 'Give counts with 0 ≤ successes ≤ total',
  });
}
