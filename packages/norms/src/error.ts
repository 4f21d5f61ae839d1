/**
 * What is wrong with a pack, a case file or a question put to the engine.
 *
 * - *pack files*: `unreadable`, `malformed`, `missing`, `unknown-field`, `wrong-type`, `wrong-value`, `duplicate`, `dangling`;
 * - *questions*: `no-such-rule`, `wrong-kind`, `not-in-force`, `out-of-range`, `incomplete`.
 */
export type NormErrorCode =
  | 'unreadable'
  | 'malformed'
  | 'missing'
  | 'unknown-field'
  | 'wrong-type'
  | 'wrong-value'
  | 'duplicate'
  | 'dangling'
  | 'no-such-rule'
  | 'wrong-kind'
  | 'not-in-force'
  | 'out-of-range'
  | 'incomplete';

/** One fault: what, where, how to mend. `file` is the name given at loading, `line` counts from 1 when known. */
export interface Problem {
  readonly code: NormErrorCode;
  readonly file: string;
  readonly path: string;
  readonly line?: number;
  readonly what: string;
  readonly mend: string;
}

/** A problem as one line: `packs/ma/rules.yaml:12 rules[3].article: must be text; write "11" in quotes`. */
export function tellProblem(problem: Problem): string {
  const place = [problem.file, problem.line === undefined ? '' : `:${problem.line}`].join('');
  const where = [place, problem.path].filter((part) => part !== '').join(' ');
  return `${where === '' ? '' : `${where}: `}${problem.what}; ${problem.mend}`;
}

/** The one error of this package. It carries the first problem's fields and, in `problems`, all that were found. */
export class NormError extends Error {
  readonly code: NormErrorCode;
  readonly file: string;
  readonly path: string;
  readonly what: string;
  readonly mend: string;
  readonly problems: readonly Problem[];

  constructor(first: Problem, ...others: readonly Problem[]) {
    const all = [first, ...others];
    super(all.map(tellProblem).join('\n'));
    this.name = 'NormError';
    this.code = first.code;
    this.file = first.file;
    this.path = first.path;
    this.what = first.what;
    this.mend = first.mend;
    this.problems = all;
  }
}

/** An error about a question put to the engine rather than about a file. */
export function badQuestion(code: NormErrorCode, path: string, what: string, mend: string): NormError {
  return new NormError({ code, file: '', path, what, mend });
}
