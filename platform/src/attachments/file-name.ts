import { FILE_TYPES, type FileType } from './file-type.ts';
import { NAME_MOST } from './limits.ts';

/**
 * A file's name as it is shown and given back: never a path, on no system. Folders, control and format characters (among them
 * those that turn the direction of text round, Unicode TR #36, 3.2) and what file systems forbid are taken out, and its extension
 * is one of its type. `fallback` names a file whose name has nothing left.
 */
export function shownName(sent: string, type: FileType, fallback = 'file'): string {
  const { extension, also } = FILE_TYPES[type];
  const clean = cleanName(sent);
  const dot = clean.lastIndexOf('.');
  const own = dot < 0 ? '' : clean.slice(dot + 1).toLowerCase();
  const kept = own === extension || also.includes(own);
  const ending = kept ? own : extension;
  const stem = trimmed(kept ? clean.slice(0, dot) : clean);
  const short = trimmed(
    Array.from(stem)
      .slice(0, NAME_MOST - ending.length - 1)
      .join(''),
  );
  return `${short === '' ? fallback : short}.${ending}`;
}

/** A name as it was sent, without folders and what must not be shown. */
export function cleanName(sent: string): string {
  const last = sent.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  return last
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .trim();
}

const trimmed = (text: string) => text.replace(/^[. ]+|[. ]+$/g, '');

/** `Content-Disposition` for a download: a name in ASCII for old browsers, and the name itself (RFC 6266, RFC 8187). */
export function attachmentHeader(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const extended = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`;
}
