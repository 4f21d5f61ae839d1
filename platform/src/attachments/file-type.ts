import { isJpeg, isPng, isWebp, jpegFault, pngFault, webpFault } from './images.ts';
import { isPdf, pdfFault } from './pdf.ts';

/** What may be handed in. Its type is fixed here, whatever a name or a header says. */
export type FileType = 'pdf' | 'jpeg' | 'png' | 'webp';

/**
 * - `empty`: no bytes;
 * - `heic`: a photo in the format of some phones that most desks cannot open;
 * - `notAccepted`: none of the accepted types;
 * - `damaged`: it begins like one of them, and is not one as a whole;
 * - `active`: it carries a program or another file inside.
 */
export type ContentFault = 'empty' | 'heic' | 'notAccepted' | 'damaged' | 'active';

export interface TypeFacts {
  readonly mime: string;
  /** The extension that a file is given back with. */
  readonly extension: string;
  /** Others that its name may keep. */
  readonly also: readonly string[];
}

export const FILE_TYPES: Readonly<Record<FileType, TypeFacts>> = {
  pdf: { mime: 'application/pdf', extension: 'pdf', also: [] },
  jpeg: { mime: 'image/jpeg', extension: 'jpg', also: ['jpeg', 'jfif'] },
  png: { mime: 'image/png', extension: 'png', also: [] },
  webp: { mime: 'image/webp', extension: 'webp', also: [] },
};

export const isFileType = (value: unknown): value is FileType =>
  typeof value === 'string' && Object.hasOwn(FILE_TYPES, value);

const FAULTS: readonly (readonly [
  FileType,
  (b: Buffer) => boolean,
  (b: Buffer) => ContentFault | undefined,
])[] = [
  ['pdf', isPdf, pdfFault],
  ['jpeg', isJpeg, jpegFault],
  ['png', isPng, pngFault],
  ['webp', isWebp, webpFault],
];

/**
 * Says what a file is, from its bytes alone: the signature at its beginning, and the structure as a whole. Nothing is ever
 * decoded, so that an image of any dimensions costs what its bytes cost. A file that is two things at once (an archive behind a
 * picture, a page of HTML inside a PDF) is `active`.
 */
export function examineFile(content: Uint8Array): { type: FileType } | { fault: ContentFault } {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.length === 0) return { fault: 'empty' };
  const found = FAULTS.find(([, is]) => is(bytes));
  if (found === undefined) return { fault: isHeic(bytes) ? 'heic' : 'notAccepted' };
  const [type, , faultOf] = found;
  const fault = faultOf(bytes) ?? secondNature(bytes, type);
  return fault === undefined ? { type } : { fault };
}

/** ISO base media file (ISO/IEC 14496-12) with a brand of HEIF (ISO/IEC 23008-12). */
function isHeic(bytes: Buffer): boolean {
  return /^ftyp(?:hei[cxmsv]|hev[cxmsv]|mif[12]|msf1|avif|avis)/.test(bytes.toString('latin1', 4, 16));
}

/** The longest end record of a ZIP archive: 22 bytes and a comment (APPNOTE 6.3.10, section 4.3.16). */
const ZIP_END_MOST = 22 + 65_535;
/** Readers of PDF accept its header within the first 1,024 bytes (ISO 32000-1, annex H, note 13). */
const PDF_HEADER_WITHIN = 1_024;
const MARKUP = /<(?:script|html|iframe|\?php|!doctype)/i;

function secondNature(bytes: Buffer, type: FileType): ContentFault | undefined {
  const archive = bytes
    .subarray(Math.max(0, bytes.length - ZIP_END_MOST))
    .includes('PK\x05\x06', 0, 'latin1');
  const pdf = type !== 'pdf' && bytes.subarray(0, PDF_HEADER_WITHIN).includes('%PDF-', 0, 'latin1');
  return archive || pdf || MARKUP.test(bytes.toString('latin1')) ? 'active' : undefined;
}
