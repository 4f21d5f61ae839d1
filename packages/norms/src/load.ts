import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { NormError } from './error.ts';
import type { Pack } from './pack.ts';
import { readPack } from './read/pack.ts';
import type { SourceFile } from './read/source.ts';

/** The `.yaml` and `.json` files under `dir`, by name, with paths relative to it. NormError `unreadable` when it cannot be read. */
export function readFolder(dir: string): SourceFile[] {
  try {
    if (!statSync(dir).isDirectory()) throw new Error('it is not a folder');
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(yaml|json)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => ({ name: relative(dir, path), text: readFileSync(path, 'utf8') }));
  } catch (error) {
    throw new NormError({
      code: 'unreadable',
      file: dir,
      path: '',
      what: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      mend: 'give the folder of a pack, the one that holds pack.yaml',
    });
  }
}

/**
 * A pack, from its folder or from files already read; more files (an operator's lunar dates of a new year) may follow.
 *
 * Nothing is accepted in part: every fault found is told in one NormError and no pack comes out.
 */
export function loadPack(from: string | readonly SourceFile[], more: readonly SourceFile[] = []): Pack {
  return readPack([...(typeof from === 'string' ? readFolder(from) : from), ...more]);
}

/** The folder of a pack that comes with this package: `bundledPack('ma')`. */
export function bundledPack(id: string): string {
  return join(import.meta.dirname, '..', 'packs', id);
}
