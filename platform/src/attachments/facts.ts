import type { JsonValue } from '@taalil/transparency-log';
import type { CaseEvent } from '../cases/events.ts';
import { FILE_TYPES, type FileType } from './file-type.ts';

/** A file as an event of its case commits to it: the receipt that opens this proves which file was handed in, and when. */
export interface FileFacts {
  /** `fil_…` */
  readonly file: string;
  /** As it is shown; personal, like everything sealed in a case. */
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
}

/** A file that was handed in with a request, with what became of it. */
export interface HandedFile extends FileFacts {
  readonly reviewId: string;
  readonly at: string;
  /** An agent at the counter took it in. */
  readonly atCounter: boolean;
  /** When it was taken back: its bytes are gone. */
  readonly withdrawnAt: string | undefined;
}

/** The fact `files` of an event; nothing where there are none. */
export function filesFact(files: readonly FileFacts[]): Readonly<Record<string, JsonValue>> {
  if (files.length === 0) return {};
  return { files: files.map(({ file, name, type, bytes, sha256 }) => ({ file, name, type, bytes, sha256 })) };
}

/** Every file of a case that was ever handed in, in the order of its life. */
export function handedFiles(life: readonly CaseEvent[]): HandedFile[] {
  const withdrawn = new Map(
    life.filter((e) => e.type === 'file-withdrawn').map((e) => [e.facts.file as string, e.at]),
  );
  return life.flatMap(({ facts, at }) => {
    const files = (facts.files ?? []) as unknown as readonly FileFacts[];
    if (!Array.isArray(files)) return [];
    const by = (facts.by ?? facts.filed_by ?? null) as { readonly staff?: string } | null;
    return files.map((file) => ({
      ...file,
      reviewId: facts.review as string,
      at,
      atCounter: by?.staff !== undefined,
      withdrawnAt: withdrawn.get(file.file),
    }));
  });
}

/** Where a file stands in an archive: never its name. */
export function archivePath({ file, type }: Pick<FileFacts, 'file' | 'type'>): string {
  return `files/${file}.${FILE_TYPES[type].extension}`;
}
