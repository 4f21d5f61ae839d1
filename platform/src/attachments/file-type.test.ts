import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { jpeg, objectStream, pdf, png, pngText, webp, zipEnd } from '../../test/files-to-attach.ts';
import { examineFile } from './file-type.ts';

const b = (text: string) => Buffer.from(text, 'latin1');
const cut = (bytes: Uint8Array, from: number, to?: number) => bytes.subarray(from, to);
const changed = (bytes: Buffer, at: number, value: number) => {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] = value;
  return copy;
};
const SCRIPT = '<< /Type /Action /S /JavaScript /JS (app.alert\\(1\\)) >>';

/** What each file is, and nothing else decides: neither its name nor what the sender says. */
const CASES: readonly (readonly [what: string, bytes: Uint8Array, is: string])[] = [
  ['a PDF', pdf(), 'pdf'],
  ['a PDF 2.0', pdf([], '2.0'), 'pdf'],
  ['a PDF with spaces at its end', Buffer.concat([pdf(), b('\r\n\0\0')]), 'pdf'],
  ['a PDF with compressed objects', pdf([objectStream('1 0 << /Type /Annot >>')]), 'pdf'],
  ['a PDF that opens at a page', pdf(['<< /OpenAction [3 0 R /Fit] >>']), 'pdf'],
  ['a PDF that speaks of JavaScript', pdf(['(JavaScript and /JavaScriptures)']), 'pdf'],
  ['a PDF whose owner forbids printing', pdf(['<< /Encrypt 5 0 R >>', objectStream('', b('sealed'))]), 'pdf'],
  ['a JPEG', jpeg(), 'jpeg'],
  ['a JPEG with a comment', jpeg({ comment: 'x <x:xmpmeta> y' }), 'jpeg'],
  ['a JPEG with a film behind it', jpeg({ behind: b('\0\0\0\x18ftypmp42') }), 'jpeg'],
  ['a JPEG with a second one behind it', jpeg({ behind: jpeg() }), 'jpeg'],
  ['a PNG', png(), 'png'],
  [
    'a PNG that states 4 billion pixels a side: it is never decoded',
    png({ width: 0xffffffff, height: 0xffffffff }),
    'png',
  ],
  ['a PNG with a text', png({ more: [pngText('a < b')] }), 'png'],
  ['a WebP', webp(), 'webp'],

  ['nothing', b(''), 'empty'],
  ['text', b('Fiche de paie, mars 2026'), 'notAccepted'],
  ['HTML', b('<!doctype html><script>alert(1)</script>'), 'notAccepted'],
  ['SVG', b('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'notAccepted'],
  ['SVG with an XML head', b('<?xml version="1.0"?><svg/>'), 'notAccepted'],
  ['a shell script', b('#!/bin/sh\nrm -rf /\n'), 'notAccepted'],
  ['a program of Windows', b('MZ\x90\0\x03\0\0\0'), 'notAccepted'],
  ['a program of Linux', b('\x7fELF\x02\x01\x01\0'), 'notAccepted'],
  ['a ZIP archive, also a Word document', b('PK\x03\x04\x14\0\x06\0'), 'notAccepted'],
  ['an old Word document', b('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'notAccepted'],
  ['a GIF', b('GIF89a\x01\0\x01\0;'), 'notAccepted'],
  ['a TIFF', b('II*\0\x08\0\0\0'), 'notAccepted'],
  ['a photo in HEIC', b('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'heic'],
  ['a photo in AVIF', b('\0\0\0\x18ftypavif\0\0\0\0mif1'), 'heic'],
  ['a film', b('\0\0\0\x18ftypmp42\0\0\0\0'), 'notAccepted'],
  ['a PDF behind something else', Buffer.concat([b('#!/bin/sh\n'), pdf()]), 'notAccepted'],

  ['the beginning of a PDF', b('%PDF-1.7\n'), 'damaged'],
  ['a PDF that ends early', cut(pdf(), 0, -20), 'damaged'],
  ['a PDF with something behind it', Buffer.concat([pdf(), b('MZ')]), 'damaged'],
  [
    'a PDF whose reference leads nowhere',
    b(
      pdf()
        .toString('latin1')
        .replace(/startxref\n\d+/, 'startxref\n7'),
    ),
    'damaged',
  ],
  ['a PDF whose compressed objects cannot be read', pdf([objectStream('', b('not zlib'))]), 'damaged'],
  [
    'a PDF whose objects swell to 64 MB',
    pdf([objectStream('', deflateSync(Buffer.alloc(64 << 20)))]),
    'damaged',
  ],
  ['the beginning of a JPEG', b('\xff\xd8\xff\xe0'), 'damaged'],
  ['a JPEG that ends early', cut(jpeg(), 0, -2), 'damaged'],
  ['a JPEG with a segment of no length', changed(jpeg(), 5, 0), 'damaged'],
  ['a JPEG without a picture', b('\xff\xd8\xff\xd9'), 'damaged'],
  ['the signature of a PNG', cut(png(), 0, 8), 'damaged'],
  ['a PNG with a changed byte', changed(png(), 20, 9), 'damaged'],
  ['a PNG with a chunk longer than the file', changed(png(), 8, 0x7f), 'damaged'],
  ['a PNG without its end', cut(png(), 0, -12), 'damaged'],
  ['a PNG with something behind it', Buffer.concat([png(), b('x')]), 'damaged'],
  ['a WebP of another length', webp(b('behind it')), 'damaged'],
  ['a WebP without a picture', b('RIFF\x0c\0\0\0WEBPEXIF\0\0\0\0'), 'damaged'],

  ['a PDF with a script', pdf([SCRIPT]), 'active'],
  [
    'a PDF with a script whose name is disguised',
    pdf([SCRIPT.replace('/JavaScript', '/J#61vaScript')]),
    'active',
  ],
  ['a PDF with a script in a compressed object', pdf([objectStream(`1 0 ${SCRIPT}`)]), 'active'],
  [
    'a PDF with that stream disguised',
    pdf([b(objectStream(`1 0 ${SCRIPT}`).toString('latin1').replace('ObjStm', 'Obj#53tm'))]),
    'active',
  ],
  ['a PDF that starts a program', pdf(['<< /S /Launch /F (cmd.exe) >>']), 'active'],
  ['a PDF with a file inside', pdf(['<< /Type /Filespec /EF << >> /EmbeddedFiles 9 0 R >>']), 'active'],
  ['a PDF that is a page of HTML too', pdf(['<script>alert(1)</script>']), 'active'],
  [
    'a PDF that is an archive too',
    b(
      pdf()
        .toString('latin1')
        .replace('startxref', `% ${zipEnd().toString('latin1')}\nstartxref`),
    ),
    'active',
  ],
  ['a JPEG that is an archive too', jpeg({ behind: zipEnd('note') }), 'active'],
  ['a JPEG that is a PDF too', jpeg({ comment: '%PDF-1.4' }), 'active'],
  ['a JPEG with HTML in its comment', jpeg({ comment: '*/<ScRiPt>alert(1)</script>' }), 'active'],
  ['a JPEG with PHP behind it', jpeg({ behind: b('<?php system($_GET[0]); __HALT_COMPILER();') }), 'active'],
  ['a PNG with a frame of HTML', png({ more: [pngText('<iframe src=//evil>')] }), 'active'],
];

for (const [what, bytes, is] of CASES) {
  test(`${what}: ${is}`, () => {
    const found = examineFile(bytes);
    assert.equal('type' in found ? found.type : found.fault, is);
  });
}

test('every beginning of every accepted file is looked at without an error, and is not accepted', () => {
  for (const whole of [pdf([objectStream('1 0 <<>>')]), jpeg(), png(), webp()]) {
    for (let n = 0; n < whole.length - 8; n++)
      assert.ok('fault' in examineFile(whole.subarray(0, n)), String(n));
  }
});
