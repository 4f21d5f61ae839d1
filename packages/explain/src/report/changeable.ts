import { ExplainError } from '../error.ts';

/** One entry of a list such as `age:up,income`. */
export interface NamedChange {
  readonly name: string;
  readonly direction?: 'up' | 'down';
}

/**
 * Reads which features or facts may change: names parted by commas, each with `:up` or `:down` where it may only rise or fall.
 * @throws {ExplainError} `bad-question` for an unknown or repeated name or another direction
 */
export function readChangeable(names: readonly string[], list: string): NamedChange[] {
  const known = new Set(names);
  const found = new Map<string, NamedChange>();
  for (const entry of list.split(',').map((part) => part.trim())) {
    const [, bare = '', way] = known.has(entry)
      ? [entry, entry]
      : (/^(.*?)(?::([a-z]*))?$/.exec(entry) ?? []);
    if (!known.has(bare)) refuse(`"${entry.slice(0, 60)}" is not a feature of the model`);
    if (found.has(bare)) refuse(`"${bare}" is listed twice`);
    if (way !== undefined && way !== 'up' && way !== 'down')
      refuse(`"${entry.slice(0, 60)}": the direction is up or down`);
    found.set(bare, way === undefined ? { name: bare } : { name: bare, direction: way as 'up' | 'down' });
  }
  return [...found.values()];
}

function refuse(what: string): never {
  throw new ExplainError('bad-question', 'changeable', what);
}
