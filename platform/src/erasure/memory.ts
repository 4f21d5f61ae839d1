import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PlatformError } from '../errors.ts';
import { syncFolder } from '../vault/secret-file.ts';

export const MEMORY_FILE = 'erased.jsonl';

const erased = z.object({
  authority_id: z.string(),
  case_id: z.string(),
  system_id: z.string(),
  requested_at: z.string(),
  requested_by: z.string(),
  archive_outcome: z.enum(['eliminate', 'transferred']),
  archive_instrument: z.string(),
  archive_day: z.string(),
  erased_at: z.string(),
  confirmed_by: z.string(),
  backups_until: z.string(),
});

/** An erasure as the store has it, without when it was carried out. No person's data: identifiers are random. */
export type RememberedErasure = z.infer<typeof erased>;

/**
 * The erasures that a machine remembers outside its store, beside its fence: an older backup of store and keys then brings no
 * erased case back. One line of JSON each. Unlike the fence it is good in any copy: keep copies elsewhere.
 */
export class ErasureMemory {
  readonly file: string;
  readonly #known = new Map<string, RememberedErasure>();

  /** Reads what is remembered in a folder; lines that are torn or foreign are left out and counted. */
  constructor(folder: string) {
    this.file = join(folder, MEMORY_FILE);
    this.learn(this.file);
  }

  /** Lines of the file that say nothing. */
  unreadable = 0;

  get all(): readonly RememberedErasure[] {
    return [...this.#known.values()];
  }

  has(authorityId: string, caseId: string): boolean {
    return this.#known.has(`${authorityId}/${caseId}`);
  }

  /** Adds what it does not know yet. Durable when it returns. Throws `store-unavailable`. */
  remember(rows: readonly RememberedErasure[]): void {
    const fresh = rows.filter((row) => !this.has(row.authority_id, row.case_id));
    if (fresh.length === 0) return;
    try {
      this.#append(fresh);
    } catch (cause) {
      throw new PlatformError('store-unavailable', 'The list of what was erased could not be written.', {
        where: this.file,
        mend: 'Check the disk that holds the fence; the rest of the erasure is done when it can be.',
        retryAfter: 60,
        cause,
      });
    }
    for (const row of fresh) this.#known.set(`${row.authority_id}/${row.case_id}`, row);
  }

  #append(fresh: readonly RememberedErasure[]): void {
    const folder = dirname(this.file);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = !existsSync(this.file);
    const fd = openSync(this.file, 'a+', 0o600);
    try {
      const lines = fresh.map((row) => JSON.stringify(erased.parse(row)));
      const text = `${endsWhole(fd) ? '' : '\n'}${lines.join('\n')}\n`;
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    if (made) syncFolder(folder);
  }

  /** Takes in a copy of such a file, in memory alone. */
  learn(file: string): void {
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (line === '') continue;
      const read = erased.safeParse(parsed(line));
      if (read.success) this.#known.set(`${read.data.authority_id}/${read.data.case_id}`, read.data);
      else this.unreadable++;
    }
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Whether the file ends with a whole line: a crash may have torn the last one. */
function endsWhole(fd: number): boolean {
  const { size } = fstatSync(fd);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1);
  return last[0] === 0x0a;
}
