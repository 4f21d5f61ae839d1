import { globSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Catalogue, isCatalogue } from './messages.ts';

export interface CatalogueEntry {
  /** The room it belongs to: the first folder under `src`, else `platform`. */
  readonly room: string;
  readonly file: string;
  readonly catalogue: Catalogue;
}

const SOURCE = dirname(dirname(fileURLToPath(import.meta.url)));

/** Imports every catalogue exported by a `messages*.ts` of a room, in the order of their paths. */
export async function loadCatalogues(): Promise<readonly CatalogueEntry[]> {
  const files = globSync('**/messages*.{ts,js}', {
    cwd: SOURCE,
    exclude: ['**/*.test.*', '**/*.d.ts'],
  }).sort();
  const entries: CatalogueEntry[] = [];
  for (const file of files) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(SOURCE, file)).href);
    for (const value of Object.values(exported)) {
      if (isCatalogue(value)) entries.push({ room: roomOf(file), file, catalogue: value });
    }
  }
  return entries;
}

function roomOf(file: string): string {
  const [room, ...rest] = file.split(sep);
  return room && rest.length > 0 ? room : 'platform';
}

/** How far Tamazight has come. Shares are of all messages, as decimal strings with four digits. */
export interface Coverage {
  readonly messages: number;
  /** Written from attested terms, awaiting review by a native speaker. */
  readonly drafts: number;
  /** Shown in Arabic until somebody is commissioned to write them. */
  readonly toBeCommissioned: number;
  readonly draftShare: string;
  readonly byRoom: Readonly<Record<string, { readonly drafts: number; readonly toBeCommissioned: number }>>;
}

/** Counts drafts and texts to be commissioned, for `taalil languages`. */
export function coverage(entries: readonly Pick<CatalogueEntry, 'room' | 'catalogue'>[]): Coverage {
  const byRoom: Record<string, { drafts: number; toBeCommissioned: number }> = {};
  for (const { room, catalogue } of entries) {
    byRoom[room] ??= { drafts: 0, toBeCommissioned: 0 };
    const count = byRoom[room];
    for (const message of Object.values(catalogue.messages)) {
      if (message.zgh.kind === 'draft') count.drafts += 1;
      else count.toBeCommissioned += 1;
    }
  }
  const drafts = Object.values(byRoom).reduce((sum, room) => sum + room.drafts, 0);
  const missing = Object.values(byRoom).reduce((sum, room) => sum + room.toBeCommissioned, 0);
  const messages = drafts + missing;
  return {
    messages,
    drafts,
    toBeCommissioned: missing,
    draftShare: (messages === 0 ? 0 : drafts / messages).toFixed(4),
    byRoom,
  };
}
