import { ExplainError } from '../error.ts';

/**
 * The part of the ZEN expression language that files from outside may use: comparisons, arithmetic, intervals, `and`,
 * `or`, `not`, `in`, `? :`, and the pure functions below. No closures, no templates, no objects, nothing that depends on
 * the day or on chance: the same facts must give the same answer when a case is replayed.
 */
export interface CheckedExpression {
  /** Paths that are read (`person.age`), without `$`. */
  readonly names: readonly string[];
  /** How many times longer than the longest text it reads the result can be, 1 for anything but text that is joined. */
  readonly growth: number;
}

const FUNCTIONS = new Set(
  'abs floor ceil round trunc min max sum avg median len contains startsWith endsWith upper lower trim number string bool isNumeric'.split(
    ' ',
  ),
);
const WORDS = new Set(['and', 'or', 'not', 'in', 'true', 'false', 'null']);
const TOKEN =
  /\s+|("[^"\\]*"|'[^'\\]*')|([0-9][0-9_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(\$?[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*|\$(?:\.[A-Za-z_]\w*)*)|(==|!=|<=|>=|&&|\|\||\?\?|\.\.|[-+*/%^<>!?:()[\],])/y;
const MAX_LENGTH = 1_000;
const NUMERIC = new Set(['*', '/', '-', '%', '^']);

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'word' | 'function' | 'mark';
  readonly text: string;
}

/**
 * Checks one cell or expression.
 * @param path where it stands, for errors
 * @throws {ExplainError} `unsupported`, `syntax`, `out-of-limits`
 */
export function checkExpression(source: string, path: string): CheckedExpression {
  const tokens = tokensOf(source, path);
  const brackets: { readonly mark: string; readonly call: boolean }[] = [];
  tokens.forEach(({ text }, at) => {
    if (text === '(' || text === '[') {
      brackets.push({ mark: text, call: tokens[at - 1]?.kind === 'function' });
      if (text === '[' && !mayOpenList(tokens, at))
        refuse(path, source, 'a list stands where a value is expected');
    }
    if (text === ')' || text === ']') {
      if (brackets.pop() === undefined) fail(path, source, 'a bracket is closed that was not opened');
    }
    if (text === '..' && (brackets.length === 0 || brackets.some(({ call }) => call)))
      refuse(path, source, 'an interval is for comparing only');
  });
  if (brackets.length > 0) fail(path, source, 'a bracket is not closed');
  const joins = tokens.some(({ text }) => text === '+');
  const names = tokens.flatMap(({ kind, text }, at) => (kind === 'name' ? [{ text, at }] : []));
  const joined = names.filter(
    ({ at }) => !NUMERIC.has(tokens[at - 1]?.text ?? '') && !NUMERIC.has(tokens[at + 1]?.text ?? ''),
  );
  return {
    names: [...new Set(names.map(({ text }) => text.replace(/^\$\.?/, '')).filter((name) => name !== ''))],
    growth: joins ? Math.max(1, joined.length) + 1 : 1,
  };
}

function tokensOf(source: string, path: string): Token[] {
  if (source.length > MAX_LENGTH)
    throw new ExplainError(
      'out-of-limits',
      path,
      `has more than ${MAX_LENGTH} characters; part it into steps`,
    );
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) return refuse(path, source, `"${source.slice(at, at + 12)}" is not understood`);
    const [, text, number, name, mark] = match;
    if (text !== undefined) tokens.push({ kind: 'text', text });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else if (name !== undefined)
      tokens.push(named(name, /^\s*\(/.test(source.slice(TOKEN.lastIndex)), path, source));
  }
  if (tokens.length === 0) fail(path, source, 'is empty');
  return tokens;
}

function named(text: string, called: boolean, path: string, source: string): Token {
  if (WORDS.has(text)) return { kind: 'word', text };
  if (called) {
    if (!FUNCTIONS.has(text)) refuse(path, source, `the function "${text}" is not allowed`);
    return { kind: 'function', text };
  }
  if (text.startsWith('$') && text !== '$' && !text.startsWith('$.'))
    refuse(path, source, `"${text}" reads what other nodes did; pass it on as a field`);
  return { kind: 'name', text };
}

/** A list may be compared with (`x in [1, 2]`, a cell `[1..5]`) or handed to a function, never be a result. */
function mayOpenList(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (before === undefined) return tokens.slice(at).some(({ text }) => text === '..');
  return (
    before.text === 'in' ||
    before.text === 'or' ||
    before.text === 'and' ||
    before.text === '(' ||
    before.text === ','
  );
}

function refuse(path: string, source: string, what: string): never {
  throw new ExplainError(
    'unsupported',
    path,
    `${what} in ${JSON.stringify(source.slice(0, 80))}; rewrite the rule without it`,
  );
}

function fail(path: string, source: string, what: string): never {
  throw new ExplainError('syntax', path, `${what} in ${JSON.stringify(source.slice(0, 80))}`);
}
