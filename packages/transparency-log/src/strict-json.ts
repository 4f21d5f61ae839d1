import { type JsonValue, MAX_JSON_DEPTH } from './canonical-json.ts';
import { LogError } from './error.ts';

/**
 * Parses JSON (RFC 8259) from outside and refuses what two readers could understand differently: a name given twice in
 * one object (after escapes), lone surrogates, numbers beyond double precision's range, deep nesting.
 * Throws `malformed-json`.
 */
export function parseStrictJson(text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    // The engine's message quotes the text, which may be personal: it stays out.
    throw new LogError('malformed-json', 'The text is not JSON (RFC 8259).');
  }
  checkNames(text);
  return value;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/** One pass over text that is already known to be JSON. */
function checkNames(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let previous = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined);
      if (open.length > MAX_JSON_DEPTH)
        throw new LogError('malformed-json', `More than ${MAX_JSON_DEPTH} levels deep.`);
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token.startsWith('"')) {
      const string = JSON.parse(token) as string;
      if (!string.isWellFormed()) throw new LogError('malformed-json', 'A string holds a lone surrogate.');
      const names = open.at(-1);
      if (names !== undefined && (previous === '{' || previous === ',')) {
        if (names.has(string))
          throw new LogError('malformed-json', `The name "${string.slice(0, 40)}" is given twice.`);
        names.add(string);
      }
    } else if (!/^[:,]|true|false|null$/.test(token) && !Number.isFinite(Number(token))) {
      throw new LogError('malformed-json', `The number ${token.slice(0, 40)} is out of range.`);
    }
    previous = token;
  }
}
