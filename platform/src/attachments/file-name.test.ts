import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { attachmentHeader, shownName } from './file-name.ts';
import type { FileType } from './file-type.ts';
import { NAME_MOST } from './limits.ts';

const CASES: readonly (readonly [sent: string, type: FileType, shown: string])[] = [
  ['fiche de paie.pdf', 'pdf', 'fiche de paie.pdf'],
  ['شهادة العمل.PDF', 'pdf', 'شهادة العمل.pdf'],
  ['photo.JPEG', 'jpeg', 'photo.jpeg'],
  ['IMG_2031.HEIC', 'jpeg', 'IMG_2031.HEIC.jpg'],
  ['payslip.exe', 'pdf', 'payslip.exe.pdf'],
  ['payslip.pdf.exe', 'pdf', 'payslip.pdf.exe.pdf'],
  ['../../etc/passwd', 'png', 'passwd.png'],
  ['C:\\Users\\f\\scan.png', 'png', 'scan.png'],
  ['..', 'pdf', 'file.pdf'],
  ['', 'pdf', 'file.pdf'],
  ['.pdf', 'pdf', 'file.pdf'],
  ['\u202efdp.exe', 'pdf', 'fdp.exe.pdf'],
  ['pay\u202exe.fdp', 'pdf', 'payxe.fdp.pdf'],
  ['a\u0000b\r\nc\u2028d\u200b.pdf', 'pdf', 'abcd.pdf'],
  ['a"b<c>|?*:.pdf', 'pdf', 'a_b_c_____.pdf'],
  ['   spaces   between  .png', 'png', 'spaces between.png'],
  [`${'é'.repeat(300)}.pdf`, 'pdf', `${'é'.repeat(96)}.pdf`],
  [`${'😀'.repeat(300)}.png`, 'png', `${'😀'.repeat(96)}.png`],
  ['\ud800.webp', 'webp', 'file.webp'],
  ['e\u0301tat.pdf', 'pdf', '\u00e9tat.pdf'],
];
for (const [sent, type, shown] of CASES) {
  test(`${JSON.stringify(sent.slice(0, 30))} is shown as ${JSON.stringify(shown.slice(0, 30))}`, () => {
    assert.equal(shownName(sent, type), shown);
  });
}

test('whatever a name is, what is shown is no path, turns no text round and has an extension of its type', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (sent) => {
      const shown = shownName(sent, 'jpeg');
      assert.match(shown, /^[^./\\\p{C}<>:"|?*][^/\\\p{C}<>:"|?*]*\.(?:jpg|jpeg|jfif)$/u);
      assert.ok(Array.from(shown).length <= NAME_MOST);
      assert.match(
        attachmentHeader(shown),
        /^attachment; filename="[ !#$&-[\]-~]*"; filename\*=UTF-8''[\w.~!$&+^`|%-]+$/,
      );
      assert.equal(decodeURIComponent(attachmentHeader(shown).split("UTF-8''")[1] ?? ''), shown);
    }),
    { numRuns: 60 },
  );
});
