import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { NormError } from '../error.ts';
import { Field, type Origin } from './field.ts';

/** One file of a pack: its name, for messages, and its YAML or JSON text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

const MAX_CHARACTERS = 2_000_000;

function refuseLong(file: SourceFile): void {
  if (file.text.length > MAX_CHARACTERS) {
    throw new NormError({
      code: 'malformed',
      file: file.name,
      path: '',
      what: `has more than ${MAX_CHARACTERS} characters`,
      mend: 'split it into several files of the same pack',
    });
  }
}

/** The value of a `.json` file that a pack names. */
export function readJson(file: SourceFile): Field {
  refuseLong(file);
  try {
    return new Field(JSON.parse(file.text), [], { file: file.name, lineOf: () => undefined });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new NormError({
      code: 'malformed',
      file: file.name,
      path: '',
      what: `is not JSON: ${error.message}`,
      mend: 'give the file as its publisher wrote it',
    });
  }
}

/**
 * The document of a file. YAML 1.2 core schema: a date stays text, duplicate keys are refused; aliases and custom tags
 * too, because packs come from outside and are read by jurists.
 */
export function readSource(file: SourceFile): Field {
  refuseLong(file);
  const lines = new LineCounter();
  const document = parseDocument(file.text, {
    lineCounter: lines,
    schema: 'core',
    resolveKnownTags: false,
    uniqueKeys: true,
    strict: true,
  });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) {
    throw new NormError({
      code: 'malformed',
      file: file.name,
      path: '',
      line: lines.linePos(fault.pos[0]).line,
      what: `is not readable YAML: ${fault.message.split('\n')[0] ?? ''}`,
      mend: 'mend the line; mind indentation, and quote texts that hold ": " or begin with a sign',
    });
  }
  const origin: Origin = {
    file: file.name,
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const node: unknown = document.getIn(path.slice(0, length), true);
        const parent: unknown = document.getIn(path.slice(0, length - 1), true);
        if (isMap(parent)) {
          const key = parent.items.find(
            (item) => isScalar(item.key) && item.key.value === path[length - 1],
          )?.key;
          if (isScalar(key) && key.range) return lines.linePos(key.range[0]).line;
        }
        const range = (node as { range?: readonly number[] | null } | undefined)?.range;
        if (range?.[0] !== undefined) return lines.linePos(range[0]).line;
      }
      return undefined;
    },
  };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new NormError({
      code: 'malformed',
      file: file.name,
      path: '',
      what: 'uses aliases ("*name")',
      mend: 'write the text out in each place',
    });
  }
  return new Field(value, [], origin);
}
