import { crc32, deflateSync } from 'node:zlib';

const bytes = (...parts: (string | Uint8Array | readonly number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

/** A PDF of one empty page; `objects` are written into it as they are, from object 4 on. */
export function pdf(objects: readonly (string | Buffer)[] = [], version = '1.7'): Buffer {
  const all = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    ...objects,
  ];
  let out = bytes(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`);
  const places: number[] = [];
  for (const [i, object] of all.entries()) {
    places.push(out.length);
    out = bytes(out, `${i + 1} 0 obj\n`, object, '\nendobj\n');
  }
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const head = `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${rows}`;
  return bytes(
    out,
    head,
    `trailer << /Size ${all.length + 1} /Root 1 0 R >>\nstartxref\n${out.length}\n%%EOF\n`,
  );
}

/** An object stream (ISO 32000-1, 7.5.7) that holds this text. */
export function objectStream(text: string, filled: Buffer = deflateSync(Buffer.from(text))): Buffer {
  return bytes(
    `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${filled.length} >>\nstream\n`,
    filled,
    '\nendstream',
  );
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = bytes(type, data);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return bytes(length, body, sum);
}

/** A PNG of one grey pixel, whatever size it states; `more` are chunks before the end. */
export function png({ width = 1, height = 1, more = [] as readonly Buffer[] } = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return bytes(
    [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
    chunk('IHDR', head),
    ...more,
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  );
}
export const pngText = (text: string) => chunk('tEXt', bytes('Comment\0', text));

const segment = (marker: number, data: Uint8Array | string) => {
  const body = bytes(data);
  return bytes([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255], body);
};

/** The segments of a JPEG of one grey block; `comment` and what follows its end as given. */
export function jpeg({ comment = '', behind = Buffer.alloc(0) as Buffer, size = 0 } = {}): Buffer {
  return bytes(
    [0xff, 0xd8],
    segment(0xe0, bytes('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0])),
    comment === '' ? [] : segment(0xfe, comment),
    segment(0xdb, bytes([0], Buffer.alloc(64, 16))),
    segment(0xc0, bytes([8, 0, 8, 0, 8, 1, 1, 0x11, 0])),
    segment(0xc4, bytes([0x00, 1], Buffer.alloc(15), [0])),
    segment(0xc4, bytes([0x10, 1], Buffer.alloc(15), [0])),
    segment(0xda, bytes([1, 1, 0, 0, 63, 0])),
    [0x7f],
    Buffer.alloc(size, 0x55),
    [0xff, 0x00, 0xff, 0xd0, 0x3f, 0xff, 0xd9],
    behind,
  );
}

/** A lossless WebP picture as its container states it. */
export function webp(behind: Buffer = Buffer.alloc(0)): Buffer {
  const data = bytes([0x2f, 0, 0, 0, 0, 0x88, 0x88, 0x08]);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32LE(4 + 8 + data.length, 0);
  sizes.writeUInt32LE(data.length, 4);
  return bytes('RIFF', sizes.subarray(0, 4), 'WEBPVP8L', sizes.subarray(4), data, behind);
}

/** An empty ZIP archive, or one whose end record is all there is of it. */
export const zipEnd = (comment = '') =>
  bytes('PK\x05\x06', Buffer.alloc(16), [comment.length & 255, comment.length >> 8], comment);

/** The sendable form of some files, fields first, as a browser writes it. */
export function formWith(
  fields: Readonly<Record<string, string>>,
  files: readonly { name: string; bytes: Uint8Array; type?: string }[],
  field = 'files',
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) {
    form.append(field, new Blob([new Uint8Array(file.bytes)], { type: file.type ?? '' }), file.name);
  }
  return form;
}
