import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlatformError } from '../errors.ts';
import { migrations } from '../rooms.ts';
import type { DemonstrationAccess } from './table.ts';

const FORM = 'taalil-demonstration/1';

interface AccessFile {
  readonly form: typeof FORM;
  /** The tables as the version that made the demonstration declares them. */
  readonly tables: string;
  readonly worlds: readonly DemonstrationAccess[];
}

/** A change of any room's tables changes it: a demonstration is made anew rather than brought up to date. */
function tablesOfThisVersion(): string {
  const hash = createHash('sha256');
  for (const { id, up } of migrations) hash.update(`${id}\n${up}\n`);
  return hash.digest('hex');
}

/** Remembers what to open, and which version's tables the demonstration has. */
export function writeAccessFile(file: string, worlds: readonly DemonstrationAccess[]): void {
  const kept: AccessFile = { form: FORM, tables: tablesOfThisVersion(), worlds };
  writeFileSync(file, `${JSON.stringify(kept, undefined, 2)}\n`, { mode: 0o600 });
}

/**
 * What to open in a finished demonstration. Throws `store-unavailable`, with what to do, where another version made it:
 * nothing is opened, changed or deleted.
 */
export function readAccessFile(file: string): readonly DemonstrationAccess[] {
  const kept = parsed(readFileSync(file, 'utf8'));
  if (kept?.form === FORM && kept.tables === tablesOfThisVersion() && Array.isArray(kept.worlds))
    return kept.worlds;
  const folder = dirname(file);
  throw new PlatformError(
    'store-unavailable',
    `${folder} holds a demonstration that another version of Taalil made.`,
    {
      where: file,
      mend: `All in it is invented. Delete the folder and start again (rm -r "${folder}"), or set TAALIL_DATA to another folder: the demonstration is then made anew.`,
    },
  );
}

function parsed(text: string): Partial<AccessFile> | null {
  try {
    return JSON.parse(text) as Partial<AccessFile> | null;
  } catch {
    return null;
  }
}
